"""Pairs made of questions: what a labelled list does not hold.

`mine_pairs` pairs a query with its right candidate and with near misses; `short_pairs` pairs full
names with one of their parts, as the press shortens them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from nisba_service.names.align import part_agreement
from nisba_service.names.judge import ScriptPair, script_pair
from nisba_service.names.measure import FEATURES
from nisba_service.names.parse import ParsedName, Role, parse
from training.names.tasks import Pair, Question, measure_names

_PERSONS = frozenset({"T1/per_full_a2l", "T1/per_full_l2a", "T2/per_lat"})
# The best of those that are wrong, how many of them are taken, and how many for short names.
_NEAR, _TAKEN, _SHORT = 12, 2, 4
# How alike the last parts of two names must be for one to be short for the other.
_ALIKE = 0.75
# A press spelling that covers less of every stored name is another name (Zarqawi by birth).
_MIN_COVER = 0.6


def mine_pairs(asked: Sequence[Question]) -> list[Pair]:
    """Return pairs from questions: the right candidate, and two of the best that are wrong.

    A candidate that sounds the same as the query or as the right one may be right too: left out.
    """
    rng = random.Random(3)
    found: dict[tuple[str, str], Pair] = {}
    for question in asked:
        right = _surest(question)
        if not right:
            continue
        known = {_bones(question.key), _bones(question.candidates[right[0]])}
        wrong = [
            i
            for i in np.flatnonzero(~question.right)[:_NEAR].tolist()
            if _bones(question.candidates[i]) not in known
        ]
        for i in right + rng.sample(wrong, min(_TAKEN, len(wrong))):
            pair = Pair(
                key=question.key,
                other=question.candidates[i],
                scripts=ScriptPair(int(question.scripts[i])),
                features=question.features[i],
                is_match=bool(question.right[i]),
                source=question.task,
            )
            found[pair.key, pair.other] = pair
    return list(found.values())


def short_pairs(asked: Sequence[Question]) -> list[Pair]:
    """Return pairs of a full name and its last part, as the press shortens names of persons.

    It stands for the right person (Aruri, Saleh al-Arouri) and for nobody whose parts are all
    others; a word that many names have stands for no place (Lebanon, South Lebanon). The first part
    alone (Saleh) stands for nobody; nor is a full name borne out by a stored last name alone: who
    is known by it is stored in full too, and others share it (Omar Barghouti).
    """
    found: dict[tuple[str, str], Pair] = {}
    for question in asked:
        for left, right, is_match in _shortened(question):
            found[left.text, right.text] = Pair(
                key=question.key,
                other=right.text,
                scripts=script_pair(left.script, right.script),
                features=measure_names(left, [right])[0],
                is_match=is_match,
                source="short",
            )
    return list(found.values())


def _shortened(question: Question) -> Iterator[tuple[ParsedName, ParsedName, bool]]:
    right = _surest(question)
    parts = parse(question.key).parts
    if question.task == "gazetteer" or not right or len(parts) < 2:
        return
    first, last = parts[0], parts[-1]
    is_person = question.task in _PERSONS
    if not is_person and last.role is not Role.KIND:
        return
    for i in (*right, *np.flatnonzero(~question.right)[:_SHORT].tolist()):
        other = parse(question.candidates[i])
        shares = [part_agreement(last, part).share for part in other.parts]
        is_right = bool(question.right[i])
        if len(shares) < 2 or (shares[-1] < _ALIKE if is_right else max(shares) > _ALIKE):
            continue
        short, given = parse(last.marked), parse(first.marked)
        yield short, other, is_right and is_person
        yield given, other, False
        yield other, short, False


def _surest(question: Question) -> list[int]:
    """Return the right candidate that is spelt most like the query; none if none is like it."""
    share = (
        question.features[:, FEATURES.index("short_cover")]
        + 0.001 * question.features[:, FEATURES.index("long_cover")]
    )
    right = np.flatnonzero(question.right)
    if not len(right):
        return []
    best = int(right[np.argmax(share[right])])
    return [best] if question.task != "gazetteer" or share[best] > _MIN_COVER else []


def _bones(name: str) -> str:
    return "".join(part.skeleton for part in parse(name).parts)
