"""Words that one spelling writes as one and another as two: Akhundzada, Akhund Zada; Allahdad.

Reach for `rejoined` before parts are compared one by one: it writes together, in either name, what
the other name has as one word. Abd, God's name and -ed-Din are joined by `parse` already, since
they are known words; here the two names tell one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from nisba_service.names.parse import Part, Role, part_of
from nisba_service.names.spelling import agreement, join

# Skeletons may differ by one consonant, if there are enough: Ahmadinezhad, أحمدي نجاد.
_MIN_BONES, _MAX_DISTANCE = 3, 1
# The words in one must agree with the other's word well, and better than either of them alone.
_MIN_SHARE = 0.7
_MIN_GAIN = 0.1
_JOINABLE = (Role.NAME, Role.KUNYA, Role.FATHER)


def rejoined(left: Sequence[Part], right: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """Return the parts of both names, those in one that the other writes as one."""
    return _joined_as(left, right), _joined_as(right, left)


def _joined_as(parts: Sequence[Part], whole: Sequence[Part]) -> Sequence[Part]:
    """Return parts with the first two in a row in one that a word of `whole` has as one."""
    if len(parts) < 2:
        return parts
    longest = max([len(word.skeleton) for word in whole]) + _MAX_DISTANCE
    for i, (first, second) in enumerate(pairwise(parts)):
        size = len(first.skeleton) + len(second.skeleton)
        if size > longest:  # as nearly always: two words are longer than one
            continue
        for word in whole:
            if (
                abs(len(word.skeleton) - size) <= _MAX_DISTANCE
                and _may_be(first, second, word)
                and _are(first, second, word)
            ):
                return [*parts[:i], _in_one(first, second), *parts[i + 2 :]]
    return parts


def _may_be(first: Part, second: Part, word: Part) -> bool:
    """Return whether it is worth to compare letters: nearly always not."""
    return (
        word.sounds[:1] == first.sounds[:1]
        and len(word.skeleton) >= _MIN_BONES
        and first.role in _JOINABLE
        and second.role in _JOINABLE
        and Levenshtein.distance(
            first.skeleton + second.skeleton, word.skeleton, score_cutoff=_MAX_DISTANCE
        )
        <= _MAX_DISTANCE
    )


def _are(first: Part, second: Part, word: Part) -> bool:
    both = join((first.spelling, second.spelling))
    share = agreement(both, word.spelling).share
    alone = max(agreement(part.spelling, word.spelling).share for part in (first, second))
    return share >= _MIN_SHARE and share >= alone + _MIN_GAIN


def _in_one(first: Part, second: Part) -> Part:
    return part_of(first.marked + second.marked, first.role)
