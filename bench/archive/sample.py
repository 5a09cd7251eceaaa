"""How much of what articles name is found: links of a sample beside the truth."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bench.archive.articles import Articles
from nisba_service.archive import tables
from nisba_service.names.types import Language

Spans = set[tuple[int, int]]


def found(links: Path, articles: Articles, documents: int) -> tuple[float, ...]:
    """Return the share of all names that are mentions with exactly their span, by language.

    Args:
        links: a dataset of links to the articles from 0 up to `documents`, those excluded.
    """
    linked = _linked(links)
    hits = dict.fromkeys(Language, 0)
    names = dict.fromkeys(Language, 0)
    for article in articles.made(0, documents):
        language = article.document.language or Language.EN
        truth = {(span.start, span.end) for span in article.spans}
        hits[language] += len(truth & linked[article.document.id])
        names[language] += len(truth)
    return tuple(hits[language] / max(1, names[language]) for language in Language)


def _linked(links: Path) -> dict[str, Spans]:
    spans: dict[str, Spans] = defaultdict(set)
    for path in sorted(links.glob("part-*")):
        table = tables.read(path, tables.LINKS, ["document_id", "start", "end"])
        columns = (table.column(name).to_pylist() for name in table.column_names)
        for id, start, end in zip(*columns, strict=True):
            spans[id].add((start, end))
    return spans
