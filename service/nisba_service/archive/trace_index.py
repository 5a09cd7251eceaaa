"""The traces of a shard in one file: from a question to the documents that asked it.

An uncompressed Arrow IPC file of one row, a list in each column, mapped into memory when opened: to
look a question up costs some pages of the file, not the file. Equal traces make equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pyarrow as pa

from nisba_service.archive.questions import Kind, key
from nisba_service.archive.trace import Trace
from nisba_service.errors import ArchiveDamaged
from nisba_service.gazetteer.index_arrays import Keyed, Numbers, Rows
from nisba_service.gazetteer.index_reach import Queries, Reads, StoredChange, reads_of

MOST_DOCUMENTS = 1 << 16
"""Documents of a shard, which have numbers of 16 bits here."""


@dataclass(frozen=True, slots=True)
class TraceIndex:
    """The traces of one shard, whose documents are numbered from 0.

    Attributes:
        counted: how many documents there are, as an array of one number.
        questions: the documents by the keys of their questions.
        names: the names that they asked for, in order, UTF-8.
        answers: of each name, the digest of the answer.
        reads: of each name, what it reads of an index of names.
    """

    counted: Numbers
    questions: Keyed
    names: Rows
    answers: Numbers
    reads: Queries

    @classmethod
    def of(cls, traces: Sequence[Trace]) -> TraceIndex:
        """Return the index of the traces of a shard, one for each document, in order."""
        assert len(traces) <= MOST_DOCUMENTS, "a shard has fewer documents. This is a bug."
        keys = np.array([key for trace in traces for key in trace.keys], np.uint64)
        counts = [len(trace.keys) for trace in traces]
        names = dict(sorted(pair for trace in traces for pair in trace.names))
        questions = _questions(keys, np.repeat(np.arange(len(traces)), counts))
        return _made(questions, len(traces), names, {})

    def updated(self, traces: Mapping[int, Trace]) -> TraceIndex:
        """Return the index with other traces for some documents, equal to one made anew.

        The answers to what the other documents asked must still be those that it holds.
        """
        if not traces:
            return self
        owners, keys = self.questions.entries()
        kept = ~np.isin(owners, np.fromiter(traces, np.int64))
        again = np.repeat([*traces], [len(trace.keys) for trace in traces.values()])
        added = np.array([key for trace in traces.values() for key in trace.keys], np.uint64)
        questions = _questions(
            np.concatenate([keys[kept], added]), np.concatenate([owners[kept], again])
        )
        for row in map(questions.rows.row, np.searchsorted(questions.keys, added).tolist()):
            row.sort()
        gone = np.setdiff1d(keys[~kept], questions.keys)
        answers = {name: answer for trace in traces.values() for name, answer in trace.names}
        return replace(self._with_names(gone, answers), questions=questions)

    @property
    def documents(self) -> int:
        """The number of documents."""
        return int(self.counted[0])

    def asking(self, keys: Sequence[int]) -> tuple[Numbers, Numbers]:
        """Return the documents that asked any of some questions, and the place of each one's key.

        A document stands there once for each of the keys that it has.
        """
        return self.questions.several(np.array(keys, np.uint64))

    def asking_all(self, keys: Iterable[int]) -> set[int]:
        """Return the documents that asked all of some questions; there is at least one."""
        found = (set(self.asking([one])[0].tolist()) for one in keys)
        common = next(found)
        for documents in found:
            common &= documents
        return common

    def reached(self, change: StoredChange) -> list[tuple[str, int]]:
        """Return the names that a change of stored names may give another answer, with theirs."""
        numbers = self.reads.reached(change)
        answers = self.answers[numbers].tolist()
        return [(self.names.text(n), a) for n, a in zip(numbers.tolist(), answers, strict=True)]

    def table(self) -> pa.Table:
        """Return all as a table of one row."""
        return pa.table({path: _in_one_row(array) for path, array in _flat(self)})

    @classmethod
    def open(cls, path: Path) -> TraceIndex:
        """Map a file into memory. Raises OSError, ArchiveDamaged."""
        try:
            with pa.memory_map(str(path)) as source:
                table = pa.ipc.open_file(source).read_all()
            return cls.from_table(table)
        except (pa.ArrowInvalid, KeyError) as error:
            raise ArchiveDamaged(path, "no traces") from error

    @classmethod
    def from_table(cls, table: pa.Table) -> TraceIndex:
        """Return what a table of `table` holds, its arrays in place. Raises KeyError."""
        arrays = {
            name: column.chunk(0).values.to_numpy(zero_copy_only=True)
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
        made: TraceIndex = _deep(cls, arrays)
        return made

    def _with_names(self, gone: Numbers, answers: Mapping[str, int]) -> TraceIndex:
        """Return the index without the names whose questions are gone, and with other answers.

        Mostly the names are the same ones, so that what they read is too, which is most of a table.
        """
        texts = self._texts()
        known = dict(zip(texts, self.answers.tolist(), strict=True))
        if len(gone):
            own = np.array([key(Kind.NAME, text) for text in texts], np.uint64)
            for place in np.flatnonzero(np.isin(own, gone)).tolist():
                del known[texts[place]]
        names = {**known, **answers}
        if len(names) == len(known) == len(texts):
            return replace(self, answers=np.array([*names.values()], np.uint64))
        reads = dict(zip(texts, self.reads.reads(), strict=True))
        return _made(self.questions, self.documents, dict(sorted(names.items())), reads)

    def _texts(self) -> list[str]:
        content, starts = self.names.values.tobytes(), self.names.starts.tolist()
        return [content[start:end].decode() for start, end in pairwise(starts)]


def _questions(keys: Numbers, owners: Numbers) -> Keyed:
    """Return the table of entries, of which those of one key stay in order."""
    asked = Keyed.of(keys, owners.astype(np.uint16))
    return Keyed(asked.keys, Rows(asked.rows.values, asked.rows.starts.astype(np.int32)))


def _made(
    questions: Keyed, documents: int, names: Mapping[str, int], known: Mapping[str, Reads]
) -> TraceIndex:
    """Make an index of questions, and of names in order; of some the reads are known."""
    texts = [name.encode() for name in names]
    rows = Rows.of(
        np.frombuffer(b"".join(texts), np.uint8), np.array([len(t) for t in texts], np.int64)
    )
    return TraceIndex(
        counted=np.array([documents], np.int32),
        questions=questions,
        names=Rows(rows.values, rows.starts.astype(np.int32)),
        answers=np.array([*names.values()], np.uint64),
        reads=Queries.of([known.get(name) or reads_of(name) for name in names]),
    )


def _flat(node: Any, path: str = "") -> list[tuple[str, Numbers]]:
    """Return the arrays of nested dataclasses, each by the fields that lead to it."""
    if not is_dataclass(node):
        return [(path, node)]
    return [
        leaf
        for field in fields(node)
        for leaf in _flat(getattr(node, field.name), f"{path}.{field.name}".lstrip("."))
    ]


def _deep(cls: Any, arrays: Mapping[str, Numbers], path: str = "") -> Any:
    """Return nested dataclasses of the arrays that `_flat` has named. Raises KeyError."""
    types = _types(cls)
    if not types:
        return arrays[path]
    return cls(*[_deep(of, arrays, f"{path}.{name}".lstrip(".")) for name, of in types.items()])


@cache
def _types(cls: Any) -> dict[str, Any]:
    """Return the types of a dataclass's fields, in order; none of what is no dataclass."""
    if not is_dataclass(cls):
        return {}
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


def _in_one_row(array: Numbers) -> pa.Array:
    values = pa.array(np.ascontiguousarray(array))
    return pa.ListArray.from_arrays(pa.array([0, len(array)], pa.int32()), values)
