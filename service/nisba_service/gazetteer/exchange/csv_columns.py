"""Which column of a table holds what: the words of `--map`, and the columns that we write."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.model import NameKind
from nisba_service.names.types import Language

SEPARATOR = "|"
"""Between the values of one cell: a character that few names hold."""

ESCAPE = "\\"
"""Before a separator that is part of a value."""

ASSIGNMENT = "="
"""Between the words of one value: member_of=org:hamas."""

PRIMARY = "name"
_KINDS = {PRIMARY: NameKind.PRIMARY, "alias": NameKind.VARIANT} | {
    kind.value: kind for kind in NameKind
}
_LANGUAGES: dict[str, Language | None] = {"": None} | {code.value: code for code in Language}
PLAIN = ("id", "type", "description", "wikidata", "notes", "merged_into", "not_names")
KEYED = ("other_ids", "relations")
_KEYED_COLUMN = re.compile(r"(other_ids|relations):(\S+)")

NAMES = tuple(
    f"{PRIMARY if kind is NameKind.PRIMARY else kind.value}_{language}"
    for kind in NameKind
    for language in Language
)
WRITTEN = ("id", "type", *NAMES, "description", "wikidata", *KEYED, *PLAIN[4:])
"""The columns of our own tables, which are read back without a map."""


@dataclass(frozen=True, slots=True)
class NameColumn:
    """What the names of a column are; language None: by their script."""

    kind: NameKind
    language: Language | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, and what it holds.

    Attributes:
        header: as the table has it.
        target: a key of a record, for example `description`.
        key: within other_ids the system, within relations the relation; empty: in each value.
        names: if it holds names, their kind.
    """

    header: str
    target: str
    key: str = ""
    names: NameColumn | None = None


def parse_map(maps: Iterable[str]) -> list[Column]:
    """Return the columns that TARGET=HEADER,… names; quotation marks enclose a header with a comma.

    Raises:
        ExchangeError: a target that there is not, or a pair without `=`.
    """
    columns = []
    for pair in (pair for text in maps for pair in next(csv.reader([text]), [])):
        target, equals, header = pair.partition("=")
        if not equals or not header.strip():
            raise ExchangeError(f'--map: "{pair}" must be TARGET=COLUMN, for example name_ar=الاسم')
        columns.append(column(target.strip(), header.strip()))
    return columns


def own_columns(headers: Sequence[str]) -> list[Column]:
    """Return the columns of a table whose headers are our own words; others are left out."""
    return [c for header in headers if (c := _column(header, header)) is not None]


def column(target: str, header: str) -> Column:
    """Return what `target` stands for. Raises ExchangeError if it is no word of ours."""
    found = _column(target, header)
    if found is None:
        known = [*PLAIN, *KEYED, *_KINDS, *NAMES]
        nearest = difflib.get_close_matches(target, known, n=1)
        hint = f"did you mean {nearest[0]}?" if nearest else f"it must be one of {', '.join(known)}"
        raise ExchangeError(f'--map: "{target}" is not known; {hint}')
    return found


def _column(target: str, header: str) -> Column | None:
    keyed = _KEYED_COLUMN.fullmatch(target)
    if keyed is not None:
        return Column(header, keyed[1], key=keyed[2])
    if target in PLAIN or target in KEYED:
        return Column(header, target)
    kind, _, language = target.partition("_")
    if kind not in _KINDS or language not in _LANGUAGES:
        return None
    return Column(header, "names", names=NameColumn(_KINDS[kind], _LANGUAGES[language]))
