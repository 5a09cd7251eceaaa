"""How well the parts of two names agree, and how much of either name has a counterpart.

A part without a counterpart is *missing* where the other name has none to spare, which says little
(Saleh al-Arouri, Arouri); it is *different* where the other name has one in its place, which says
much (Hatem al-Tikriti, Hatem al-Dulaimi).
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from nisba_service.names import words
from nisba_service.names.align import Alignment
from nisba_service.names.parse import Part, Role

COVERAGE = (
    # The parts that have a counterpart.
    "matched_odds", "matched_share", "least_share", "least_odds", "least_skeleton", "common",
    "kinds", "initials", "swapped",
    # How much of either name they cover.
    "short_cover", "long_cover", "missing_left", "missing_right", "missing_both", "different",
    "length_ratio", "count_gap", "longest",
)  # fmt: skip

# A word for a kind of thing, a kunya's Abu and a title identify less than a name does.
_KIND_WEIGHT = 0.5
_TITLE_WEIGHT = 0.15
_SMALLEST_WEIGHT = 0.3
_COMMON_WORTH = 0.6
_TITLE, _KIND, _INITIAL = Role.TITLE, Role.KIND, Role.INITIAL  # an enum looks its members up slowly
_NOT_NAMES = (_KIND, _TITLE)
# Where no part has a counterpart, the worst of them counts as good as this.
_NO_LEAST_ODDS = 5.0


def coverage(alignment: Alignment, crosses: bool) -> tuple[float, ...]:
    """Return the values of COVERAGE for two names of one script, or of two (`crosses`)."""
    left_weights = [_weight(part, crosses) for part in alignment.left]
    right_weights = [_weight(part, crosses) for part in alignment.right]
    return (
        *_matched(alignment, left_weights, right_weights),
        *_covered(alignment, left_weights, right_weights),
    )


def _weight(part: Part, crosses: bool) -> float:
    spelling = part.spelling
    weight = spelling.best_cross if crosses else spelling.best_same
    role = part.role
    if role is _TITLE:
        weight *= _TITLE_WEIGHT
    elif role is _KIND or part.text in words.PARENT_FORMS:
        weight *= _KIND_WEIGHT
    return weight + _SMALLEST_WEIGHT


def _matched(
    alignment: Alignment, left_weights: list[float], right_weights: list[float]
) -> tuple[float, ...]:
    weight = agreeing = common = kinds = odds = 0.0
    initials = 0
    least_odds = _NO_LEAST_ODDS
    least_share = least_skeleton = 1.0
    order = []
    for i, found in enumerate(alignment.agreements):
        if found is None:
            continue
        j = alignment.of_left[i]
        part, other = alignment.left[i], alignment.right[j]
        order.append(j)
        both = left_weights[i] + right_weights[j]
        weight += both
        agreeing += both * found.share
        if part.role is _KIND:
            kinds += both
        worth = found.log_odds
        if part.skeleton in words.COMMON_SKELETONS:
            common += both
            worth *= _COMMON_WORTH
        odds += worth
        least_odds = min(least_odds, worth)
        if part.role is _INITIAL or other.role is _INITIAL:
            initials += 1
            continue
        least_share = min(least_share, found.share)
        if part.skeleton != other.skeleton and not part.meaning:
            ratio = fuzz.ratio(part.skeleton, other.skeleton) / 100
            least_skeleton = min(least_skeleton, ratio)
    return (
        odds / 10,
        agreeing / weight if weight else 0.0,
        least_share if order else 0.0,
        least_odds / 5,
        least_skeleton if order else 0.0,
        common / weight if weight else 0.0,
        kinds / weight if weight else 0.0,
        float(initials),
        float(len(order) > 1 and order != sorted(order)),
    )


def _covered(
    alignment: Alignment, left_weights: list[float], right_weights: list[float]
) -> tuple[float, ...]:
    left_total, right_total = sum(left_weights), sum(right_weights)
    left_cover = right_cover = left_missing = right_missing = 0.0
    of_left = alignment.of_left
    for i, found in enumerate(alignment.agreements):
        if found is None:
            left_missing += left_weights[i]
        else:
            share = found.share
            left_cover += share * left_weights[i]
            right_cover += share * right_weights[of_left[i]]
    for j, i in enumerate(alignment.of_right):
        if i < 0:
            right_missing += right_weights[j]
    covers = (left_cover / left_total, right_cover / right_total)
    short, long = covers if left_total < right_total else covers[::-1]
    missing = left_missing / left_total, right_missing / right_total
    counts = len(left_weights), len(right_weights)
    return (
        short,
        long,
        *missing,
        min(missing),
        _different(alignment.left_alone, alignment.right_alone),
        min(left_total, right_total) / max(left_total, right_total),
        abs(counts[0] - counts[1]) / sum(counts),
        max(left_total, right_total) / 30,
    )


def _different(left: Sequence[Part], right: Sequence[Part]) -> float:
    if not left or not right:
        return 0.0
    return float(min(_count_names(left), _count_names(right), 2))


def _count_names(parts: Sequence[Part]) -> int:
    return len([part for part in parts if part.role not in _NOT_NAMES])
