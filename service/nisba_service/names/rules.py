"""Rules that stand above the learned models: what too few examples show, and everybody knows."""

from __future__ import annotations

from enum import StrEnum

from rapidfuzz import fuzz

from nisba_service.names.parse import ParsedName, Role

# The longest acronym for which one letter makes another name: IAF and IOF, but HAMAS and Hammas.
_ACRONYM_LETTERS = 3
# A letter in five may differ in names of scripts that the service does not read.
_FOREIGN_RATIO = 0.8
# What a pair that breaks a rule can reach at most.
CAP = 0.1
# What a rule adds to a score, or takes from it: what lies between the best and the worst candidate.
SETTLED = 20.0


# What a pair that one makes the initials of the other reaches at least.
ACRONYM_FLOOR = 0.6


class Rule(StrEnum):
    """A rule that a pair can break."""

    NUMBERS_DIFFER = "the numbers in the names differ"  # March 8 Alliance, March 14 Alliance
    ACRONYMS_DIFFER = "the acronyms differ"  # IAF, IOF


def broken_rule(left: ParsedName, right: ParsedName) -> Rule | None:
    """Return the rule that a pair of names breaks, or None."""
    if left.plain == right.plain:
        return None
    numbers = _numbers(left)
    if numbers and _numbers(right) not in (numbers, set()):
        return Rule.NUMBERS_DIFFER
    if len(left.parts) == len(right.parts) == 1 and (_is_acronym(left) or _is_acronym(right)):
        return Rule.ACRONYMS_DIFFER
    return None


def is_acronym_of(left: ParsedName, right: ParsedName) -> bool:
    """Return whether one name is written as the initials of the other: PLO."""
    if len(left.parts) > len(right.parts):
        left, right = right, left
    if len(left.parts) != 1 or not left.text.isupper():
        return False
    initials = [part.text[0] for part in right.parts if part.role is not Role.FILLER]
    return len(initials) > 1 and left.plain == "".join(initials)


def foreign_similarity(left: ParsedName, right: ParsedName) -> float:
    """Return how likely names of other scripts are one: by their letters as they are."""
    if not left.plain or not right.plain:
        return 0.0
    ratio = fuzz.ratio(left.plain, right.plain) / 100
    return max(0.0, (ratio - _FOREIGN_RATIO) / (1 - _FOREIGN_RATIO))


def _numbers(name: ParsedName) -> set[str]:
    return {part.text for part in name.parts if part.text[0].isdigit()}


def _is_acronym(name: ParsedName) -> bool:
    letters = name.text.strip().replace(".", "")
    return (
        len(letters) <= _ACRONYM_LETTERS
        and letters.isascii()
        and letters.isupper()
        and name.parts[0].role is not Role.INITIAL
    )
