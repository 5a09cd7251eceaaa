"""Why two names are, or are not, one: for a person to read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nisba_service.names.align import Aligner, Alignment, telling_parts
from nisba_service.names.parse import ParsedName, Part, Role
from nisba_service.names.rules import Rule, broken_rule, is_acronym_of
from nisba_service.names.spelling import Agreement

# Isolates keep Arabic in its place within a left-to-right line.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_SURE = 0.9


class Verdict(StrEnum):
    """What became of a part."""

    SAME = "same"
    SAME_MEANING = "same meaning"
    MATCHED = "matched"
    WEAKER = "weaker match"
    INITIAL = "initial"
    MISSING = "missing"
    DIFFERENT = "different"


class Ground(StrEnum):
    """What speaks for or against a pair where no rule is broken."""

    NO_PARTS = "a name has no letters"
    IDENTICAL = "identical after normalisation"
    ACRONYM = "one is the initials of the other"
    DIFFERENT_PART = "a part of each has no counterpart in the other"
    MISSING_PART = "the shorter name is part of the longer one"
    ALL_PARTS = "every part has a counterpart"


@dataclass(frozen=True, slots=True)
class AlignedPart:
    """A part of each name, as normalised, and how it compares; "" where there is none."""

    left: str
    right: str
    verdict: Verdict
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two names, their normal forms, their alignment part by part, and the rule that fired."""

    left: str
    right: str
    left_normal: str
    right_normal: str
    parts: tuple[AlignedPart, ...]
    rule: Rule | Ground
    probability: float

    def __str__(self) -> str:
        """Return plain text of several lines, safe for names in both directions."""
        lines = [
            f"{_isolated(self.left)} = {_isolated(self.right)}? "
            f"{self.probability:.1%}: {self.rule}",
            f"  normal forms: {_isolated(self.left_normal)} / {_isolated(self.right_normal)}",
        ]
        lines += [
            f"  {_isolated(part.left or '-')} / {_isolated(part.right or '-')}: "
            f"{part.verdict}, {part.share:.0%}"
            for part in self.parts
        ]
        return "\n".join(lines)


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{text}{_END_ISOLATE}"


def explain(left: ParsedName, right: ParsedName, probability: float) -> Explanation:
    """Explain the comparison of two names that came to this probability."""
    parts: tuple[AlignedPart, ...] = ()
    rule: Rule | Ground = Ground.NO_PARTS
    if left.parts and right.parts:
        alignment = Aligner(telling_parts(left)).align(telling_parts(right))
        parts = _aligned_parts(alignment)
        rule = broken_rule(left, right) or _ground(left, right, parts)
    return Explanation(
        left=left.text,
        right=right.text,
        left_normal=left.plain,
        right_normal=right.plain,
        parts=parts,
        rule=rule,
        probability=probability,
    )


def _aligned_parts(alignment: Alignment) -> tuple[AlignedPart, ...]:
    both_have_spare = min(alignment.of_left) < 0 and min(alignment.of_right) < 0
    alone = Verdict.DIFFERENT if both_have_spare else Verdict.MISSING
    found = []
    for part, agreement, place in zip(
        alignment.left, alignment.agreements, alignment.of_left, strict=True
    ):
        if agreement is None:
            found.append(AlignedPart(part.text, "", alone, 0.0))
        else:
            other = alignment.right[place]
            verdict = _verdict(part, other, agreement)
            found.append(AlignedPart(part.text, other.text, verdict, agreement.share))
    for part, place in zip(alignment.right, alignment.of_right, strict=True):
        if place < 0:
            found.append(AlignedPart("", part.text, alone, 0.0))
    return tuple(found)


def _verdict(left: Part, right: Part, agreement: Agreement) -> Verdict:
    if left.text == right.text:
        return Verdict.SAME
    if left.meaning and left.meaning == right.meaning:
        return Verdict.SAME_MEANING
    if Role.INITIAL in (left.role, right.role):
        return Verdict.INITIAL
    return Verdict.MATCHED if agreement.share >= _SURE else Verdict.WEAKER


def _ground(left: ParsedName, right: ParsedName, parts: tuple[AlignedPart, ...]) -> Ground:
    if left.plain == right.plain:
        return Ground.IDENTICAL
    if is_acronym_of(left, right):
        return Ground.ACRONYM
    verdicts = {part.verdict for part in parts}
    if Verdict.DIFFERENT in verdicts:
        return Ground.DIFFERENT_PART
    return Ground.MISSING_PART if Verdict.MISSING in verdicts else Ground.ALL_PARTS
