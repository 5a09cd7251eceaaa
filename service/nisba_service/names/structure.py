"""Where two names differ, and what the parts are that do."""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.names import words
from nisba_service.names.align import Alignment
from nisba_service.names.parse import Part, Role

STRUCTURE = (
    # Where the differences are.
    "first_share", "last_share", "first_differs", "last_differs", "first_missing", "last_missing",
    "shifted", "single", "one_each",
    # What the parts are.
    "kind_differs", "kind_missing", "legal_differs", "kunya_differs", "father_differs",
    "title_differs", "acronym",
)  # fmt: skip


def structure(alignment: Alignment) -> tuple[float, ...]:
    """Return the values of STRUCTURE."""
    return (*_ends(alignment), *_kinds(alignment))


def _ends(alignment: Alignment) -> tuple[float, ...]:
    of_left, of_right = alignment.of_left, alignment.of_right
    fewest, most = sorted((len(of_left), len(of_right)))
    several = fewest > 1
    left_first, right_first = of_left[0] < 0, of_right[0] < 0
    left_last, right_last = of_left[-1] < 0, of_right[-1] < 0
    return (
        alignment.first.share,
        alignment.last.share,
        float(several and left_first and right_first),
        float(several and left_last and right_last),
        float(left_first != right_first),
        float(left_last != right_last),
        float(several and _is_shifted(alignment)),
        float(fewest == 1 and most > 1),
        float(most == 1),
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
    for i, part in enumerate(parts):
        if part.role is not Role.TITLE:
            return i
    return 0


def _kinds(alignment: Alignment) -> tuple[float, ...]:
    left, right = alignment.left_alone, alignment.right_alone
    if not left and not right:  # most often: nothing is missing
        return (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    left_roles, right_roles = [p.role for p in left], [p.role for p in right]
    left_kinds, right_kinds = left_roles.count(Role.KIND), right_roles.count(Role.KIND)
    left_legal, right_legal = _count_legal(left), _count_legal(right)
    return (
        float(left_kinds > 0 and right_kinds > 0),
        float((left_kinds > left_legal) != (right_kinds > right_legal)),
        float((left_legal > 0) != (right_legal > 0)),
        float(_has_parent(left) != _has_parent(right)),
        float(Role.FATHER in left_roles and Role.FATHER in right_roles),
        float((Role.TITLE in left_roles) != (Role.TITLE in right_roles)),
        float(_is_acronym(alignment.left, alignment.right)),
    )


def _count_legal(parts: Sequence[Part]) -> int:
    return len([part for part in parts if part.meaning in words.LEGAL_FORMS])


def _has_parent(parts: Sequence[Part]) -> bool:
    return not words.PARENT_FORMS.isdisjoint([part.text for part in parts])


def _is_acronym(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Return whether one name is the initials of the other: PLO."""
    short, long = (left, right) if len(left) < len(right) else (right, left)
    if len(short) != 1 or len(long) < 2 or len(short[0].text) != len(long):
        return False
    return short[0].text == "".join([part.text[0] for part in long])
