"""The formats that are read, told by a file's name and first line, and the reader of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.csv_read import TableForm, read_csv
from nisba_service.gazetteer.exchange.drafts import Item, Tally
from nisba_service.gazetteer.exchange.ftm_read import read_ftm
from nisba_service.gazetteer.exchange.own_read import read_jsonl, read_yaml
from nisba_service.gazetteer.exchange.sources import Source
from nisba_service.gazetteer.exchange.wikidata_read import read_wikidata
from nisba_service.gazetteer.exchange.wikidata_tables import CLASSES
from nisba_service.names.types import EntityType


class Form(StrEnum):
    """A format that is read."""

    FTM = "ftm"
    WIKIDATA = "wikidata"
    CSV = "csv"
    JSONL = "jsonl"
    YAML = "yaml"


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file.

    Attributes:
        form: its format.
        table: how its columns are to be read, if it is a table.
        classes: the type of the instances of each class, if it is from Wikidata.
    """

    form: Form
    table: TableForm = field(default_factory=TableForm)
    classes: Mapping[str, EntityType] = field(default_factory=lambda: CLASSES)


_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst"})
_SUFFIXES = {".csv": Form.CSV, ".tsv": Form.CSV, ".yaml": Form.YAML, ".yml": Form.YAML}
# Of JSON, the first line tells: each format has keys that the others have not.
_KEYS = {
    Form.FTM: (b'"schema"',),
    Form.WIKIDATA: (b'"labels"', b'"claims"', b'"entities"'),
    Form.JSONL: (b'"names"', b'"merged_into"'),
}
# An array, or a document laid out over several lines: only Wikidata writes these.
_WIKIDATA_STARTS = frozenset({b"[", b"{"})


def form_of(source: Source) -> Form:
    """Return the format of a file. Raises ExchangeError if it is none of those we read."""
    path = source.path
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() not in _COMPRESSED]
    if path.is_dir():
        return Form.YAML
    if suffixes and suffixes[-1] in _SUFFIXES:
        return _SUFFIXES[suffixes[-1]]
    for _, line in islice(source.lines(), 1):
        if line in _WIKIDATA_STARTS:
            return Form.WIKIDATA
        for form, keys in _KEYS.items():
            if any(key in line for key in keys):
                return form
    raise ExchangeError(f"{path}: what is it? Say --from {', '.join(Form)}")


def read(source: Source, reading: Reading, tally: Tally) -> Iterator[Item]:
    """Yield what a file holds, one item at a time.

    Raises ExchangeError where the file as a whole cannot be read.
    """
    path = str(source.path)
    if reading.form is Form.YAML:
        _refuse_compressed(source.path)
        yield from read_yaml(source.path)
    elif reading.form is Form.CSV:
        with source.content() as content:
            yield from read_csv(path, content, reading.table, tally)
    elif reading.form is Form.FTM:
        yield from read_ftm(path, source.lines(), tally)
    elif reading.form is Form.WIKIDATA:
        yield from read_wikidata(path, source.lines(), reading.classes, tally)
    else:
        yield from read_jsonl(path, source.lines())


def _refuse_compressed(path: Path) -> None:
    if path.suffix.lower() in _COMPRESSED:
        raise ExchangeError(f"{path}: YAML is read uncompressed only; JSON Lines need not be")
