"""Which other names of a document may say whom a name denotes, and which of them a mention can see.

Rami Hamdallah … Hamdallah          a longer form, by the family name
Saddam Hussein … Saddam             a longer form, by the given name
Abu Mazen … Abbas                   another name of the same entity
Rapid Support Forces (RSF)          a definition in the text
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nisba_service.linking.groups import NameGroup
from nisba_service.names.compare import part_similarity
from nisba_service.names.parse import Part, Role, parse
from nisba_service.names.types import EntityType

# Aruri and Arouri are one part; Amir and Omar are not, though their consonants agree.
SAME_PART = 0.8
# A text made to hold thousands of names that end alike must not take quadratic time.
EXAMINED = 64

_Parts = tuple[Part, ...]


class Bond(StrEnum):
    """Why a name may say whom another one denotes."""

    FAMILY = "family"
    GIVEN = "given"
    SAME = "same"
    DEFINED = "defined"


@dataclass(frozen=True, slots=True)
class Tie:
    """A name that may say whom another one denotes: the index of its group, and why.

    `since` is the first mention that a definition holds for.
    """

    group: int
    bond: Bond
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A tie as one mention sees it: `mention` is the one of the other name that it refers to."""

    tie: Tie
    mention: int


def longer_forms(groups: Sequence[NameGroup], settled: Sequence[bool]) -> list[list[Tie]]:
    """Return, for each group, its ties to the groups whose names are longer forms of its own.

    A short name is the beginning or the end of its longer form: "Hamdallah" or "Rami" of "Rami
    Hamdallah", but not "Abdullah" of "Ramadan Abdullah Shallah". Only people share names as parts
    of names, so an organisation or place that the gazetteer has by this name has no longer form:
    "Fatah" is not short for "Fatah al-Islam".

    Args:
        groups: the names of a document.
        settled: whether the gazetteer has each name exactly.
    """
    parts = [_telling_parts(group.name) for group in groups]
    edges = _Edges(parts)
    found: list[list[Tie]] = []
    for group, own, is_settled in zip(groups, parts, settled, strict=True):
        ties = []
        if not is_settled or group.type is EntityType.PERSON:
            for longer in edges.candidates(own):
                bond = _bond(own, parts[longer])
                if bond is not None and _may_agree(group.type, groups[longer].type):
                    ties.append(Tie(longer, bond))
        found.append(ties)
    return found


def references(
    mention: int, ties: Iterable[Tie], groups: Sequence[NameGroup], headline: int
) -> tuple[Reference, ...]:
    """Return what a mention refers to, the nearest first.

    A mention refers to what has been named before it. "Barghouti" after "Mustafa Barghouti" is he,
    whoever is named later; after "Marwan Barghouti" too, it may be either. The headline alone, the
    first `headline` mentions, refers to what follows.
    """
    before, after = [], []
    for tie in ties:
        mentions = groups[tie.group].mentions
        place = bisect_left(mentions, mention)
        if place > 0:
            before.append(Reference(tie, mentions[place - 1]))
        elif tie.bond is Bond.DEFINED and tie.since is not None and mention >= tie.since:
            before.append(Reference(tie, mentions[0]))
        elif mention < headline:
            after.append(Reference(tie, mentions[0]))
    if before:
        return tuple(sorted(before, key=lambda reference: -reference.mention))
    return tuple(sorted(after, key=lambda reference: reference.mention))


def name_length(group: NameGroup) -> int:
    """Return the number of telling parts of a group's name: a longer form has more."""
    return len(_telling_parts(group.name))


class _Edges:
    """The names of a document by the consonants of their first and of their last part."""

    def __init__(self, parts: Sequence[_Parts]) -> None:
        self._first: dict[str, list[int]] = defaultdict(list)
        self._last: dict[str, list[int]] = defaultdict(list)
        for index, own in enumerate(parts):
            if len(own) > 1:
                self._first[own[0].skeleton].append(index)
                self._last[own[-1].skeleton].append(index)

    def candidates(self, short: _Parts) -> Iterator[int]:
        """Yield at most 2 × EXAMINED names that begin or end as this one does, each once."""
        if short:
            first = self._first.get(short[0].skeleton, ())[:EXAMINED]
            last = self._last.get(short[-1].skeleton, ())[:EXAMINED]
            yield from dict.fromkeys((*first, *last))


def _telling_parts(name: str) -> _Parts:
    return tuple(part for part in parse(name).parts if part.role is not Role.FILLER)


def _may_agree(left: EntityType | None, right: EntityType | None) -> bool:
    return left is right or left is None or right is None


def _bond(short: _Parts, long: _Parts) -> Bond | None:
    if len(short) >= len(long):
        return None
    if _are_same(short, long[-len(short) :]):
        return Bond.FAMILY
    beginning = long[: len(short)]
    is_given = _are_same(short, beginning) and _are_alike(short, beginning)
    return Bond.GIVEN if is_given else None


def _are_same(left: _Parts, right: _Parts) -> bool:
    return all(part_similarity(*pair) >= SAME_PART for pair in zip(left, right, strict=True))


def _are_alike(left: _Parts, right: _Parts) -> bool:
    """Say whether parts of one script have the same letters: بشير is not the given name بشار."""
    return all(
        a.text == b.text or a.text.isascii() is not b.text.isascii()
        for a, b in zip(left, right, strict=True)
    )
