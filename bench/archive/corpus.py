"""Archives whose articles are tagged by the truth: a hundred thousand take a minute, not an hour.

The commands find what `nisba archive tag` would have left, but for what the tagger would have
missed: sample.py says how much that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.archive.articles import Articles
from bench.archive.cast import Cast, Size
from bench.archive.generate import write_articles
from nisba_service.archive.description import at_work, create
from nisba_service.archive.engines.local import LocalEngine
from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.limit import RejectLimit
from nisba_service.archive.progress import Unwatched
from nisba_service.archive.tag_worker import TagSetup, TagWorker
from nisba_service.archive.tagging_run import TakeIn, tag
from nisba_service.settings import bundled
from nisba_service.tagging.model import Document, TaggedSpan


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a seed about a cast of a size."""

    seed: int
    size: Size = field(default=Size())

    @property
    def articles(self) -> Articles:
        """The articles; makes the cast."""
        return Articles(Cast.of(self.seed, self.size), self.seed)

    def write(self, path: Path, documents: int) -> None:
        """Write the first articles as JSON Lines."""
        write_articles(path, self.articles.made(0, documents))

    def build(self, archive: Path, documents: int, workers: int) -> None:
        """Make an archive of the first articles, tagged by the truth, beside their file."""
        path = archive.with_suffix(".jsonl")
        self.write(path, documents)
        inputs = TakeIn([str(path)], Columns(), RejectLimit.parse("0"))
        setup = TruthSetup(self, TagSetup.of(bundled("models")).model_version)
        made = create(archive)
        with at_work(made, "bench"):
            tag(made, inputs, setup, LocalEngine(workers), Unwatched())


@dataclass(frozen=True, slots=True)
class TruthSetup:
    """Tags the articles of a seed with what they name. In the place of the setup of a tagger."""

    corpus: Corpus
    model_version: str

    def worker(self) -> TagWorker:
        """Make the cast."""
        return TagWorker(TruthTagger(self.corpus.articles))


class TruthTagger:
    """A DocumentTagger of articles, which it writes again to know what they name."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def tag(self, documents: Sequence[Document]) -> list[tuple[TaggedSpan, ...]]:
        """Return what each document names."""
        return [self._spans(document) for document in documents]

    def _spans(self, document: Document) -> tuple[TaggedSpan, ...]:
        article = self._articles.article(int(document.id.removeprefix("art-")))
        assert article.document.text == document.text, f"{document.id} is of another seed"
        return article.tagged
