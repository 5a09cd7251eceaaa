"""What a run was made of and how it did, as Markdown for the model card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from nisba_service.evaluation.ner import NerScores, ner_table
from nisba_service.evaluation.tables import Row, number
from training.tagger.corpus import Count
from training.tagger.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Report:
    """`vectors`: where the word vectors are from, in words."""

    recipe: Recipe
    counts: tuple[Count, ...]
    vectors: str
    dev: NerScores

    @property
    def f1(self) -> float | None:
        """F1 on the development file, span and type; None if nothing was to be found."""
        return self.dev.all.f1


def markdown(report: Report) -> str:
    """Return the page: data, recipe, figures."""
    return "\n".join(
        [
            f"# {report.recipe.language.value}: facts of the run",
            "",
            *_table(("data", "licence", "sentences", "tokens", "names", "copies"), _data(report)),
            "",
            f"Word vectors: {report.vectors}.",
            "",
            *_table(("recipe", ""), _recipe(report.recipe)),
            "",
            "On the development files, which also chose the model:",
            "",
            *_table(ner_table(report.dev).header, ner_table(report.dev).rows),
            "",
        ]
    )


def summary(report: Report) -> str:
    """Return the figures in a line."""
    types = ", ".join(f"{s.type.value} {number(s.agreement.f1)}" for s in report.dev.types)
    return f"F1 on the development file {number(report.f1)} ({types})"


def _data(report: Report) -> Iterator[Row]:
    for count in report.counts:
        sizes = (count.sentences, count.tokens, count.names, count.source.copies)
        yield count.source.title, count.source.licence, *map(str, sizes)


def _recipe(recipe: Recipe) -> Iterator[Row]:
    for field in fields(recipe):
        yield field.name, str(getattr(recipe, field.name))


def _table(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield _line(header)
    yield _line(tuple("---" for _ in header))
    for row in rows:
        yield _line(row)


def _line(row: Row) -> str:
    return f"| {' | '.join(row)} |"
