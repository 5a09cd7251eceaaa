"""What is measured between two aligned names: the features that the models of `judge` weigh.

First the names as one word each, then what their parts have in common (`coverage`), then where they
differ and what the parts are that do (`structure`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from nisba_service.names.align import Alignment, telling_parts
from nisba_service.names.coverage import COVERAGE, coverage
from nisba_service.names.parse import ParsedName, Part, Role
from nisba_service.names.spelling import agreement
from nisba_service.names.structure import STRUCTURE, structure

WHOLE = (
    # Letter by letter, with the learned weights: "log-odds" in tens, and the share of the best.
    "whole_odds", "whole_share",
    # Of the coarse sounds: as they begin, in order, one within the other, consonants, vowels.
    "heard", "heard_ratio", "heard_within", "skeleton", "skeleton_ratio", "vowels",
    # Of the letters as they are, where the script is one.
    "plain_ratio", "text_ratio", "exact",
    # What the parts do not show: Tamim bin Hamad, Tamim Hamad; Hasan, Hassan; al-Masri, Masri.
    "fathers_differ", "doubled_differ", "article_differs", "number_differs",
)  # fmt: skip

FEATURES = (*WHOLE, *COVERAGE, *STRUCTURE)


class Subject(NamedTuple):
    """A name as it is measured: what is computed once however often it is compared.

    A tuple, since a query makes dozens of them. `parts` are those that tell something.
    """

    name: ParsedName
    parts: Sequence[Part]
    heard: str
    skeleton: str
    vowels: str
    lowered: str
    numbers: frozenset[str]
    fathers: int
    doubled: int


def subject(name: ParsedName) -> Subject:
    """Return a name ready to be measured."""
    parts = telling_parts(name)
    heard = "".join([part.sounds for part in parts])
    return Subject(
        name=name,
        parts=parts,
        heard=heard,
        skeleton="".join([part.skeleton for part in parts]),
        vowels="".join([part.vowels for part in parts]),
        lowered=name.text.lower(),
        numbers=frozenset([part.text for part in parts if part.text[0].isdigit()]),
        fathers=[part.role for part in parts].count(Role.FATHER),
        doubled=sum([part.doubled for part in name.parts]),
    )


def measure(left: Subject, right: Subject, alignment: Alignment) -> list[float]:
    """Return the values of FEATURES, in order; most are in [0, 1]."""
    crosses = left.name.script is not right.name.script
    return [
        *_whole(left, right, crosses),
        *coverage(alignment, crosses),
        *structure(alignment),
    ]


def _whole(left: Subject, right: Subject, crosses: bool) -> tuple[float, ...]:
    whole = agreement(left.name.joined, right.name.joined)
    return (
        whole.log_odds / 10,
        whole.share,
        JaroWinkler.similarity(left.heard, right.heard),
        fuzz.ratio(left.heard, right.heard) / 100,
        fuzz.partial_ratio(left.heard, right.heard) / 100,
        float(left.skeleton == right.skeleton),
        fuzz.ratio(left.skeleton, right.skeleton) / 100,
        fuzz.ratio(left.vowels, right.vowels) / 100,
        0.0 if crosses else fuzz.ratio(left.name.plain, right.name.plain) / 100,
        0.0 if crosses else fuzz.ratio(left.lowered, right.lowered) / 100,
        float(left.name.plain == right.name.plain),
        min(abs(left.fathers - right.fathers), 2) / 2,
        0.0 if crosses else min(abs(left.doubled - right.doubled), 2) / 2,
        min(abs(left.name.articles - right.name.articles), 2) / 2,
        float(left.numbers != right.numbers),
    )
