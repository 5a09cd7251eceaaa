"""The curators' own form in: JSON Lines, compressed or not, and YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from nisba_service.errors import Problem
from nisba_service.gazetteer.exchange.drafts import Item, Reject, drafted, reject
from nisba_service.gazetteer.exchange.sources import LINE_LIMIT, TOO_LONG, Line
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.source import Place, SourceRecord


def read_jsonl(path: str, lines: Iterable[Line]) -> Iterator[Item]:
    """Yield the entities of lines, each a record in JSON."""
    for number, line in lines:
        place = Place(path, number)
        if len(line) > LINE_LIMIT:
            yield reject(place, TOO_LONG, line)
        else:
            yield from drafted(SourceRecord(place, line), line)


def read_yaml(path: Path) -> Iterator[Item]:
    """Yield the entities of a folder of YAML files, or of one."""
    for source in read_records(path):
        if isinstance(source, Problem):
            yield Reject(Place(source.path, source.line), source.message, "")
        else:
            yield from drafted(source, str(source.content))
