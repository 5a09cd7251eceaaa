"""A few mentions of each thing that is shown, in their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.context import Context
from nisba_service.archive.report.facts import Example
from nisba_service.archive.report.tally import Row, joined
from nisba_service.archive.texts import Texts


class Samples:
    """The first mentions of each wanted key, one a document; no row is kept once a key has enough.

    A row must have `document_id`, `start`, `end` and `date` besides the keys.
    """

    def __init__(self, texts: Texts, keys: Sequence[str], wanted: Iterable[str], each: int) -> None:
        self._texts = texts
        self._keys = keys
        self._each = each
        self._open = set(wanted)
        self._rows: dict[str, list[Row]] = {key: [] for key in self._open}
        self._examples: dict[str, list[Example]] = {key: [] for key in self._open}

    def look(self, shard: int, rows: pa.Table) -> None:
        """Take samples of a shard's rows; their texts are read. Raises ArchiveDamaged."""
        taken = list(self._taken(rows))
        if not taken:
            return
        texts = self._texts.of(shard, {row["document_id"] for _, row in taken})
        for key, row in taken:
            context = Context.of(texts[row["document_id"]], row["start"], row["end"])
            self._examples[key].append(Example(row["document_id"], row["date"], context))

    def rows(self, key: str) -> Sequence[Row]:
        """Return the rows that were taken."""
        return self._rows[key]

    def examples(self, key: str) -> tuple[Example, ...]:
        """Return the same mentions in their texts."""
        return tuple(self._examples[key])

    def _taken(self, rows: pa.Table) -> Iterable[tuple[str, Row]]:
        keys = joined(rows, self._keys)
        places = pc.indices_nonzero(pc.is_in(keys, pa.array(sorted(self._open), pa.string())))
        for place, key in zip(places.to_pylist(), keys.take(places).to_pylist(), strict=True):
            if key in self._open:
                row = rows.slice(place, 1).to_pylist()[0]
                if self._is_new(key, row):
                    self._rows[key].append(row)
                    yield key, row
                if len(self._rows[key]) == self._each:
                    self._open.remove(key)

    def _is_new(self, key: str, row: Row) -> bool:
        return all(row["document_id"] != other["document_id"] for other in self._rows[key])
