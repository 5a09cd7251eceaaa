"""Which part of one name is which part of the other. Every part of both is accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nisba_service.names.parse import ParsedName, Part, Role
from nisba_service.names.rejoin import rejoined
from nisba_service.names.spelling import Agreement, agreement

# Parts that agree less are not one: Tikriti and Dulaimi, but not Aruri and Arouri.
_MIN_SHARE = 0.5
# By a name of its own: the look-up in an enum costs as much as the comparison.
_INITIAL_ROLE = Role.INITIAL
# Of equals, the one that stands nearer is meant: Ali Hasan Ali.
_DISTANCE = 0.02
# An initial may stand for a part that begins with it (J. Kushner), and says little.
_INITIAL = Agreement(0.5, 0.8)
_OTHER_INITIAL = Agreement(-1.0, 0.0)


class Alignment(NamedTuple):
    """Two names part by part. A tuple, since a query makes dozens of them.

    Attributes:
        left, right: the parts compared; fillers (of, the) are left out.
        of_left: for each left part the place of its counterpart in `right`, or -1.
        of_right: the same the other way.
        agreements: of each left part with its counterpart; None without one.
        left_alone, right_alone: the parts without counterparts.
        first, last: agreement of the first parts, and of the last ones, counterparts or not.
    """

    left: Sequence[Part]
    right: Sequence[Part]
    of_left: Sequence[int]
    of_right: Sequence[int]
    agreements: Sequence[Agreement | None]
    left_alone: Sequence[Part]
    right_alone: Sequence[Part]
    first: Agreement
    last: Agreement


def telling_parts(name: ParsedName) -> Sequence[Part]:
    """Return the parts that tell something: all but fillers, unless there is nothing else."""
    return [part for part in name.parts if part.role is not Role.FILLER] or name.parts


def part_agreement(left: Part, right: Part) -> Agreement:
    """Return how well two parts agree: by their letters, or by what they mean."""
    if left.text == right.text or (left.meaning and left.meaning == right.meaning):
        return Agreement(left.spelling.best_same - 2 * left.spelling.alone_same, 1.0)
    if left.role is _INITIAL_ROLE or right.role is _INITIAL_ROLE:
        return _INITIAL if left.sounds[:1] == right.sounds[:1] else _OTHER_INITIAL
    return agreement(left.spelling, right.spelling)


class Aligner:
    """Aligns the telling parts of one name with those of many, and remembers how parts agreed."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._left = parts
        self._known: dict[tuple[str, str], Agreement] = {}

    def align(self, parts: Sequence[Part]) -> Alignment:
        """Align with the telling parts of another name. Both must have parts."""
        left, right = rejoined(self._left, parts)
        of_left = [-1] * len(left)
        of_right = [-1] * len(right)
        agreements: list[Agreement | None] = [None] * len(left)
        for _, i, j, found in self._likely_pairs(left, right):
            if of_left[i] < 0 and of_right[j] < 0:
                of_left[i], of_right[j] = j, i
                agreements[i] = found
        return Alignment(
            left=left,
            right=right,
            of_left=of_left,
            of_right=of_right,
            agreements=agreements,
            left_alone=[part for part, j in zip(left, of_left, strict=True) if j < 0],
            right_alone=[part for part, i in zip(right, of_right, strict=True) if i < 0],
            first=self._known[left[0].marked, right[0].marked],
            last=self._known[left[-1].marked, right[-1].marked],
        )

    def _likely_pairs(
        self, left: Sequence[Part], right: Sequence[Part]
    ) -> list[tuple[float, int, int, Agreement]]:
        distance = _DISTANCE / (len(left) + len(right))
        known = self._known
        pairs = []
        for i, part in enumerate(left):
            for j, other in enumerate(right):
                # Looked up here, not by a call: this is where a comparison spends its time.
                key = part.marked, other.marked
                found = known.get(key)
                if found is None:
                    found = known[key] = part_agreement(part, other)
                if found.share >= _MIN_SHARE:
                    pairs.append((found.share - distance * abs(i - j), i, j, found))
        pairs.sort(reverse=True)
        return pairs
