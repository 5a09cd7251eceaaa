"""Rules that stand above the learned models: what too few examples show, and everybody knows."""

from __future__ import annotations

from enum import StrEnum

from nisba_service.names.parse import ParsedName, Role

# The longest acronym for which one letter makes another name: IAF and IOF, but HAMAS and Hammas.
_ACRONYM_LETTERS = 3
# What a pair that breaks a rule can reach at most.
CAP = 0.1


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
