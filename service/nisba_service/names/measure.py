"""What is measured between two aligned names: the features that the model of `judge` weighs.

A part without a counterpart is *missing* where the other name has none to spare, which says little
(Saleh al-Arouri, Arouri); it is *different* where the other name has one in its place, which says
much (Hatem al-Tikriti, Hatem al-Dulaimi).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from nisba_service.names import words
from nisba_service.names.align import Alignment, telling_parts
from nisba_service.names.parse import ParsedName, Part, Role
from nisba_service.names.spelling import Agreement, agreement

FEATURES = (
    # The names as one word each.
    "whole_odds", "whole_share", "heard", "skeleton", "plain_ratio", "text_ratio", "exact",
    # The parts that have a counterpart.
    "matched_odds", "matched_share", "least_share", "least_odds", "common", "kinds",
    "initials", "swapped",
    # How much of either name they cover.
    "short_cover", "long_cover", "missing_left", "missing_right", "missing_both", "different",
    "length_ratio", "count_gap", "longest",
    # Where the differences are.
    "first_share", "last_share", "first_differs", "last_differs", "first_missing", "last_missing",
    "shifted", "single", "one_each",
    # What the parts are.
    "kind_differs", "kind_missing", "legal_differs", "number_differs", "kunya_differs",
    "father_differs", "title_differs", "article_differs", "acronym",
)  # fmt: skip

# A word for a kind of thing, a kunya's Abu and a title identify less than a name does.
_KIND_WEIGHT = 0.5
_TITLE_WEIGHT = 0.15
_SMALLEST_WEIGHT = 0.3
_COMMON_WORTH = 0.6
_NOT_NAMES = (Role.KIND, Role.TITLE)


@dataclass(frozen=True, slots=True)
class Subject:
    """A name as it is measured: what is computed once however often it is compared."""

    name: ParsedName
    heard: str
    skeleton: str
    lowered: str
    numbers: frozenset[str]


def subject(name: ParsedName) -> Subject:
    """Return a name ready to be measured."""
    parts = telling_parts(name)
    return Subject(
        name=name,
        heard="".join([part.sounds for part in parts]),
        skeleton="".join([part.skeleton for part in parts]),
        lowered=name.text.lower(),
        numbers=frozenset([part.text for part in parts if part.text[0].isdigit()]),
    )


def measure(left: Subject, right: Subject, alignment: Alignment) -> list[float]:
    """Return the values of FEATURES, in order; most are in [0, 1]."""
    crosses = left.name.script is not right.name.script
    left_weights = [_weight(part, crosses) for part in alignment.left]
    right_weights = [_weight(part, crosses) for part in alignment.right]
    return [
        *_whole(left, right, crosses),
        *_matched(alignment, left_weights, right_weights),
        *_covered(alignment, left_weights, right_weights),
        *_ends(alignment),
        *_kinds(left, right, alignment),
    ]


def _weight(part: Part, crosses: bool) -> float:
    spelling = part.spelling
    weight = spelling.best_cross if crosses else spelling.best_same
    if part.role is Role.TITLE:
        weight *= _TITLE_WEIGHT
    elif part.role is Role.KIND or part.text in words.PARENT_FORMS:
        weight *= _KIND_WEIGHT
    return weight + _SMALLEST_WEIGHT


def _whole(left: Subject, right: Subject, crosses: bool) -> tuple[float, ...]:
    whole = agreement(left.name.joined, right.name.joined)
    return (
        whole.log_odds / 10,
        whole.share,
        JaroWinkler.similarity(left.heard, right.heard),
        float(left.skeleton == right.skeleton),
        0.0 if crosses else fuzz.ratio(left.name.plain, right.name.plain) / 100,
        0.0 if crosses else fuzz.ratio(left.lowered, right.lowered) / 100,
        float(left.name.plain == right.name.plain),
    )


def _matched(
    alignment: Alignment, left_weights: list[float], right_weights: list[float]
) -> tuple[float, ...]:
    weight = agreeing = common = kinds = odds = 0.0
    initials = 0
    least = Agreement(5.0, 1.0)
    least_share = 1.0
    order = []
    for i, part in enumerate(alignment.left):
        found = alignment.agreements[i]
        if found is None:
            continue
        j = alignment.of_left[i]
        order.append(j)
        both = left_weights[i] + right_weights[j]
        weight += both
        agreeing += both * found.share
        if part.role is Role.KIND:
            kinds += both
        worth = found.log_odds
        if part.skeleton in words.COMMON_SKELETONS:
            common += both
            worth *= _COMMON_WORTH
        odds += worth
        if worth < least.log_odds:
            least = Agreement(worth, found.share)
        if Role.INITIAL in (part.role, alignment.right[j].role):
            initials += 1
        else:
            least_share = min(least_share, found.share)
    return (
        odds / 10,
        agreeing / weight if weight else 0.0,
        least_share if order else 0.0,
        least.log_odds / 5,
        common / weight if weight else 0.0,
        kinds / weight if weight else 0.0,
        float(initials),
        float(order != sorted(order)),
    )


def _covered(
    alignment: Alignment, left_weights: list[float], right_weights: list[float]
) -> tuple[float, ...]:
    left_total, right_total = sum(left_weights), sum(right_weights)
    left_cover = right_cover = left_missing = right_missing = 0.0
    for i, found in enumerate(alignment.agreements):
        if found is None:
            left_missing += left_weights[i]
        else:
            left_cover += found.share * left_weights[i]
            right_cover += found.share * right_weights[alignment.of_left[i]]
    for j, i in enumerate(alignment.of_right):
        if i < 0:
            right_missing += right_weights[j]
    covers = (left_cover / left_total, right_cover / right_total)
    short, long = covers if left_total < right_total else covers[::-1]
    missing = left_missing / left_total, right_missing / right_total
    counts = len(alignment.left), len(alignment.right)
    return (
        short,
        long,
        *missing,
        min(missing),
        float(min(_count_names(alignment.left_alone), _count_names(alignment.right_alone), 2)),
        min(left_total, right_total) / max(left_total, right_total),
        abs(counts[0] - counts[1]) / sum(counts),
        max(left_total, right_total) / 30,
    )


def _count_names(parts: Sequence[Part]) -> int:
    return len([part for part in parts if part.role not in _NOT_NAMES])


def _ends(alignment: Alignment) -> tuple[float, ...]:
    of_left, of_right = alignment.of_left, alignment.of_right
    counts = len(of_left), len(of_right)
    several = min(counts) > 1
    return (
        alignment.first.share,
        alignment.last.share,
        float(several and of_left[0] < 0 and of_right[0] < 0),
        float(several and of_left[-1] < 0 and of_right[-1] < 0),
        float((of_left[0] < 0) != (of_right[0] < 0)),
        float((of_left[-1] < 0) != (of_right[-1] < 0)),
        float(_is_shifted(alignment)),
        float(min(counts) == 1 and max(counts) > 1),
        float(counts == (1, 1)),
    )


def _is_shifted(alignment: Alignment) -> bool:
    """Return whether one name is the other without its given name: most often the father's."""
    left, right = _first_name(alignment.left), _first_name(alignment.right)
    left_count, right_count = len(alignment.left) - left, len(alignment.right) - right
    if min(left_count, right_count) < 2 or left_count == right_count:
        return False
    if left_count < right_count:
        return alignment.of_left[left] == right + 1 and alignment.of_right[right] < 0
    return alignment.of_right[right] == left + 1 and alignment.of_left[left] < 0


def _first_name(parts: Sequence[Part]) -> int:
    return next((i for i, part in enumerate(parts) if part.role is not Role.TITLE), 0)


def _kinds(left: Subject, right: Subject, alignment: Alignment) -> tuple[float, ...]:
    missing = alignment.left_alone, alignment.right_alone
    kinds = [[part for part in parts if part.role is Role.KIND] for parts in missing]
    legal = [[part for part in parts if part.meaning in words.LEGAL_FORMS] for parts in kinds]
    return (
        float(bool(kinds[0]) and bool(kinds[1])),
        float((len(kinds[0]) > len(legal[0])) != (len(kinds[1]) > len(legal[1]))),
        float(bool(legal[0]) != bool(legal[1])),
        float(left.numbers != right.numbers),
        float(_has_parent(missing[0]) != _has_parent(missing[1])),
        float(_has(missing[0], Role.FATHER) and _has(missing[1], Role.FATHER)),
        float(_has(missing[0], Role.TITLE) != _has(missing[1], Role.TITLE)),
        min(abs(left.name.articles - right.name.articles), 2) / 2,
        float(_is_acronym(alignment.left, alignment.right)),
    )


def _has(parts: Sequence[Part], role: Role) -> bool:
    return role in [part.role for part in parts]


def _has_parent(parts: Sequence[Part]) -> bool:
    return not words.PARENT_FORMS.isdisjoint([part.text for part in parts])


def _is_acronym(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Return whether one name is the initials of the other: PLO."""
    short, long = (left, right) if len(left) < len(right) else (right, left)
    if len(short) != 1 or len(long) < 2 or len(short[0].text) != len(long):
        return False
    return short[0].text == "".join([part.text[0] for part in long])
