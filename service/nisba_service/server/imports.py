"""An import: a stream of messages, gathered in a file, then written in one commit.

What is received waits on disk and not in an open transaction, which would keep every other curator
from writing for as long as a slow sender takes. Memory holds one message at a time.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import AsyncIterator, Iterator
from typing import IO, Final, Self

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.errors import EditError, FieldInvalid, FieldRequired, TooManyItems
from nisba_service.gazetteer.store.model import Create, Edit, Note, Put
from nisba_service.gazetteer.store.store import Store
from nisba_service.server import convert_records, convert_revisions, limits, validate
from nisba_service.server.errors import EditInvalid

_LENGTH: Final = struct.Struct("<I")

_IN_MEMORY: Final = 1 << 20
"""Bytes of an import that need no file."""


class Spool:
    """Batches of entities, written once and read in order as often as needed."""

    def __init__(self) -> None:
        self.count = 0
        # Closed in __exit__: this class is its context manager.
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, batch: pb.EntityBatch) -> None:
        """Write a batch."""
        data = batch.SerializeToString()
        self._file.write(_LENGTH.pack(len(data)))
        self._file.write(data)
        self.count += len(batch.entities)

    def __iter__(self) -> Iterator[pb.EntityBatch]:
        """Read the batches back."""
        self._file.seek(0)
        while header := self._file.read(_LENGTH.size):
            yield pb.EntityBatch.FromString(self._file.read(*_LENGTH.unpack(header)))


async def receive(
    requests: AsyncIterator[pb.ImportEntitiesRequest], spool: Spool
) -> pb.ImportOptions:
    """Spool the entities of a stream and return its options.

    A caller that goes away ends the stream just as one that is done: only the last message tells
    the two apart.

    Raises:
        FieldRequired, FieldInvalid, TooManyItems: a message is not what the contract says.
    """
    options: pb.ImportOptions | None = None
    end: pb.ImportEnd | None = None
    async for request in requests:
        content = request.WhichOneof("content")
        if end is not None:
            raise FieldInvalid("end", "must be in the last message alone")
        if options is None:
            options = _options(request, content)
        elif content == "batch":
            _spool(request.batch, spool)
        elif content == "end":
            end = request.end
        else:
            raise FieldInvalid("options", "must be in the first message alone")
    if options is None:
        raise FieldRequired("options", "must be in the first message")
    _check_end(end, spool.count)
    return options


def write(store: Store, spool: Spool, options: pb.ImportOptions, note: Note) -> pb.Revision:
    """Commit what was received, or only check it, and return the revision.

    Raises:
        EditInvalid: entities break rules; the first of them are named by their place, from 0.
        EtagConflict: an entity has changed since the caller read it.
    """
    try:
        if not options.validate_only:
            return convert_revisions.revision(store.commit(_edits(spool, options), note))
        preview = store.check(_edits(spool, options), note, limit=0)
    except EditError as error:
        raise _invalid(error) from None
    if preview.revision is None:
        raise _invalid(EditError(preview.problems))
    return convert_revisions.unwritten(preview.revision)


def _options(request: pb.ImportEntitiesRequest, content: str | None) -> pb.ImportOptions:
    if content != "options":
        raise FieldRequired("options", "must be in the first message")
    validate.reason(request.options.reason)
    if request.options.mode not in pb.ImportMode.values():
        raise FieldInvalid("options.mode", "must be a value of ImportMode")
    return request.options


def _check_end(end: pb.ImportEnd | None, count: int) -> None:
    if end is None:
        raise FieldRequired("end", "must be in the last message")
    if not count:
        raise FieldRequired("batch.entities", "must have 1 item at least")
    if end.entity_count != count:
        raise FieldInvalid("end.entity_count", f"must be the number of entities sent, {count}")


def _spool(batch: pb.EntityBatch, spool: Spool) -> None:
    validate.items(batch.entities, "batch.entities", limits.IMPORT_BATCH)
    if spool.count + len(batch.entities) > limits.IMPORTED:
        rule = f"an import must have at most {limits.IMPORTED} entities"
        raise TooManyItems("batch.entities", rule, limit=str(limits.IMPORTED))
    spool.add(batch)


def _edits(spool: Spool, options: pb.ImportOptions) -> Iterator[Edit]:
    place = 0
    for batch in spool:
        for message in batch.entities:
            record = convert_records.read_record(message, _field(place))
            if options.mode == pb.IMPORT_MODE_CREATE:
                yield Create(record)
            else:
                yield Put(record, etag=message.etag or None)
            place += 1


def _field(place: int) -> str:
    return f"entities[{place}]"


def _invalid(error: EditError) -> EditInvalid:
    return EditInvalid(
        [
            convert_records.violation(problem, _field(max(problem.line - 1, 0)))
            for problem in error.problems
        ]
    )
