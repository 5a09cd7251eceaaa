"""A system and gold documents in, an evaluation out: for each language, and for all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.matching import Matched, match
from nisba_service.evaluation.mistakes import Mistake, mistakes
from nisba_service.evaluation.scores import Scores, score
from nisba_service.evaluation.systems import Answers, System
from nisba_service.names.types import Language

ALL = "all"


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one language ("en", "ar"), or of ALL.

    `spans_given` is None where the system cannot be told the spans.
    """

    name: str
    end_to_end: Scores
    spans_given: Scores | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A section for each language that the documents are in, then one for all; the mistakes made.

    `mistakes` are those made end to end.
    """

    sections: tuple[Section, ...]
    mistakes: tuple[Mistake, ...]


def evaluate(system: System, documents: Sequence[GoldDocument]) -> Evaluation:
    """Ask a system about documents and judge its answers."""
    found = _matched(documents, system.end_to_end(documents))
    told = system.spans_given(documents)
    given = None if told is None else _matched(documents, told)
    present = [language for language in Language if _of(language, found)]
    return Evaluation(
        sections=(
            *(
                _section(language, _of(language, found), given and _of(language, given))
                for language in present
            ),
            _section(ALL, found, given),
        ),
        mistakes=mistakes(found),
    )


def _matched(documents: Sequence[GoldDocument], answers: Answers) -> list[Matched]:
    return [match(document, given) for document, given in zip(documents, answers, strict=True)]


def _of(language: Language, matched: Sequence[Matched]) -> list[Matched]:
    return [document for document in matched if document.document.language is language]


def _section(name: str, found: Sequence[Matched], given: Sequence[Matched] | None) -> Section:
    return Section(str(name), score(found), None if given is None else score(given))
