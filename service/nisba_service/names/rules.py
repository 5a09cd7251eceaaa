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
# What it loses of its score: as much as lies between the best candidate and the worst.
BROKEN = 20.0


class Rule(StrEnum):
    """A rule that a pair can break."""

    NUMBERS_DIFFER = "the numbers in the names differ"  # March 8 Alliance, March 14 Alliance
    ACRONYMS_DIFFER = "the acronyms differ"  # IAF, IOF


def broken_rule(left: ParsedName, right: ParsedName) -> Rule | None:
    """Return the rule that a pair of names breaks, or None."""
    if left.plain == right.plain:
        return None
    left_numbers, right_numbers = _numbers(left), _numbers(right)
    if left_numbers and right_numbers and left_numbers != right_numbers:
        return Rule.NUMBERS_DIFFER
    if len(left.parts) == len(right.parts) == 1 and (_is_acronym(left) or _is_acronym(right)):
        return Rule.ACRONYMS_DIFFER
    return None


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
