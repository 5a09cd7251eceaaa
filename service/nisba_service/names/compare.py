"""Do two spellings bear out one name? Every part of both is accounted for.

Parts are aligned one to one. A part without a counterpart is *missing* if the other name has no
part left over, which says little (Saleh al-Arouri, Arouri); it is *different* if the other name has
a part in its place, which says much (Hatem al-Tikriti, Hatem al-Dulaimi).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from nisba_service.names.parse import ParsedName, Part, Role, parse

_SAME_PART = 0.62


@dataclass(frozen=True, slots=True)
class MatchFeatures:
    """What was measured between two names; all in [0, 1] unless said.

    Attributes:
        parts: mean similarity of the aligned parts, weighted by their length.
        joined: similarity of the names without their spaces.
        missing: share of the longer name's sounds that the shorter one leaves out.
        different: share of the sounds of both whose part is another one in the other name.
        swapped: whether the aligned parts stand in another order.
        cross_script: whether the scripts differ.
    """

    parts: float
    joined: float
    missing: float
    different: float
    swapped: float
    cross_script: float

    def items(self) -> tuple[tuple[str, float], ...]:
        """Return the features as (name, value), for showing."""
        return tuple((field.name, getattr(self, field.name)) for field in fields(self))


@dataclass(frozen=True, slots=True)
class Aligned:
    """A part of each name and how alike they are; None where a name has no counterpart."""

    left: Part | None
    right: Part | None
    similarity: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison of two names: the probability that they are spellings of one, and why."""

    left: ParsedName
    right: ParsedName
    probability: float
    features: MatchFeatures
    alignment: tuple[Aligned, ...]


def compare(left: str, right: str) -> Comparison:
    """Compare two names, in either script."""
    return compare_parsed(parse(left), parse(right))


def compare_parsed(left: ParsedName, right: ParsedName) -> Comparison:
    """Compare two parsed names."""
    alignment = _align(_telling(left), _telling(right))
    features = _measure(left, right, alignment)
    return Comparison(left, right, _probability(left, right, features), features, alignment)


def _telling(name: ParsedName) -> list[Part]:
    return [part for part in name.parts if part.role is not Role.FILLER] or list(name.parts)


def part_similarity(left: Part, right: Part) -> float:
    """Return how alike two parts are, in [0, 1]."""
    if left.text == right.text or (left.meaning and left.meaning == right.meaning):
        return 1.0
    if Role.INITIAL in (left.role, right.role):
        return 0.8 if left.sounds[:1] == right.sounds[:1] else 0.0
    heard = JaroWinkler.similarity(left.sounds, right.sounds)
    bones = fuzz.ratio(left.skeleton, right.skeleton) / 100
    return 0.5 * heard + 0.5 * bones


def _align(left: list[Part], right: list[Part]) -> tuple[Aligned, ...]:
    scored = sorted(
        (
            (part_similarity(a, b) - 0.01 * abs(i - j), i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
        ),
        reverse=True,
    )
    of_left: dict[int, int] = {}
    taken: set[int] = set()
    aligned = []
    for similarity, i, j in scored:
        if similarity < _SAME_PART:
            break
        if i not in of_left and j not in taken:
            of_left[i] = j
            taken.add(j)
            aligned.append((i, Aligned(left[i], right[j], similarity)))
    alone = [(i, Aligned(part, None, 0.0)) for i, part in enumerate(left) if i not in of_left]
    extra = [Aligned(None, part, 0.0) for j, part in enumerate(right) if j not in taken]
    ordered = sorted([*aligned, *alone], key=lambda item: item[0])
    return (*(pair for _, pair in ordered), *extra)


def _measure(left: ParsedName, right: ParsedName, alignment: tuple[Aligned, ...]) -> MatchFeatures:
    both = [a for a in alignment if a.left is not None and a.right is not None]
    left_only = sum(_weight(a.left) for a in alignment if a.right is None)
    right_only = sum(_weight(a.right) for a in alignment if a.left is None)
    shared = sum(_weight(a.left) + _weight(a.right) for a in both)
    total = shared + left_only + right_only or 1.0
    different = 2 * min(left_only, right_only)
    order = [right.parts.index(a.right) for a in both if a.right is not None]
    return MatchFeatures(
        parts=sum((_weight(a.left) + _weight(a.right)) * a.similarity for a in both)
        / (shared or 1.0),
        joined=fuzz.ratio(left.joined, right.joined) / 100,
        missing=(left_only + right_only - different) / total,
        different=different / total,
        swapped=float(order != sorted(order)),
        cross_script=float(left.script is not right.script),
    )


def _weight(part: Part | None) -> float:
    if part is None:
        return 0.0
    light = part.role is Role.KIND or part.text in ("abu", "umm")
    return (0.5 if light else 1.0) * (1 + len(part.skeleton))


def _probability(left: ParsedName, right: ParsedName, features: MatchFeatures) -> float:
    if not left.parts or not right.parts:
        return float(left.normal == right.normal)
    if left.normal == right.normal:
        return 0.995
    aligned = (
        14 * features.parts
        - 9.5
        - 9 * features.different
        - 4 * features.missing
        - 2 * features.swapped
    )
    whole = 20 * features.joined - 16
    return 1 / (1 + math.exp(-max(min(aligned, 6.0), min(whole, 4.0))))
