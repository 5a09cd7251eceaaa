"""Which columns of an input hold the ID, the text, the date and the language of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nisba_service.archive.inputs.rows import Row
from nisba_service.archive.rejects import Place
from nisba_service.errors import InputError

# What the columns are called where nobody says; the first of them that is there is taken.
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "document_id", "doc_id"),
    "text": ("text", "body", "content"),
    "date": ("date", "published", "published_at"),
    "language": ("language", "lang"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns as the user names them; None: what they are called by default."""

    id: str | None = None
    text: str | None = None
    date: str | None = None
    language: str | None = None

    def row(self, values: Mapping[str, object], place: Place, default_id: str) -> Row:
        """Return a record as a row."""
        return Row(
            place,
            default_id,
            _first(values, self._names("id")),
            _first(values, self._names("text")),
            _first(values, self._names("date")),
            _first(values, self._names("language")),
        )

    def among(self, source: str, header: Sequence[str]) -> list[str]:
        """Return the columns of a table that are to be read.

        Raises InputError if a column that the user names is missing, or there is none with a text.
        """
        for field in DEFAULTS:
            named = getattr(self, field)
            if named is not None and named not in header:
                raise InputError(f"{source}: has no column {named!r}; it has {_listed(header)}")
        if not any(name in header for name in self._names("text")):
            raise InputError(
                f"{source}: which column is the text? Say --text-column; it has {_listed(header)}"
            )
        wanted = {name for field in DEFAULTS for name in self._names(field)}
        return [name for name in header if name in wanted]

    def _names(self, field: str) -> tuple[str, ...]:
        named = getattr(self, field)
        return DEFAULTS[field] if named is None else (named,)


def _first(values: Mapping[str, object], names: Sequence[str]) -> object:
    return next((values[name] for name in names if values.get(name) is not None), None)


def _listed(header: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in header[:20])
    return f"{shown}, …" if len(header) > 20 else shown or "no columns"
