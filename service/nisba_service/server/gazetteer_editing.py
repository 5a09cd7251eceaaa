"""GazetteerService, editing: each call makes one revision, and is answered once it is served."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

import grpc

from nisba.v1 import entity_pb2
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.errors import EditError, EtagConflict
from nisba_service.gazetteer.store.model import (
    Change,
    ChangeCounts,
    Edit,
    Note,
    Put,
    Stored,
)
from nisba_service.gazetteer.store.store import Store
from nisba_service.linking.model import Provenance
from nisba_service.server import (
    calls,
    convert,
    convert_records,
    convert_revisions,
    edits,
    imports,
    validate,
)
from nisba_service.server.house import House

_SERVED_SECONDS: Final = 60.0
"""How long the answer to an edit waits for the edit to be served. It is written by then."""

_FOR_THE_ANSWER: Final = 0.2
"""Of a caller's time, in seconds, that is left to send the answer."""

_ATTEMPTS: Final = 5
"""Of an update without etag, where others change the same entity at the same time."""

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True, slots=True)
class _Written:
    """What an edit made: the revision for the caller, and what is stored of the entity now."""

    revision: pb.Revision
    stored: Stored | None

    @property
    def entity(self) -> entity_pb2.Entity | None:
        return None if self.stored is None else convert_records.record(self.stored)


class GazetteerEditing:
    """The calls that write to the store."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def CreateEntity(
        self, request: pb.CreateEntityRequest, context: Context
    ) -> pb.CreateEntityResponse:
        """Add an entity."""
        written = await self._edit(lambda _: edits.read_create(request), request, context)
        return pb.CreateEntityResponse(
            entity=written.entity, revision=written.revision, provenance=self._provenance()
        )

    async def UpdateEntity(
        self, request: pb.UpdateEntityRequest, context: Context
    ) -> pb.UpdateEntityResponse:
        """Change some fields of an entity."""

        def update(store: Store) -> Put:
            return edits.read_put(store, request)

        attempts = 1 if request.entity.etag else _ATTEMPTS
        written = await self._edit(update, request, context, attempts)
        return pb.UpdateEntityResponse(
            entity=written.entity, revision=written.revision, provenance=self._provenance()
        )

    async def DeleteEntity(
        self, request: pb.DeleteEntityRequest, context: Context
    ) -> pb.DeleteEntityResponse:
        """Remove an entity."""
        written = await self._edit(lambda _: edits.read_delete(request), request, context)
        return pb.DeleteEntityResponse(revision=written.revision, provenance=self._provenance())

    async def MergeEntities(
        self, request: pb.MergeEntitiesRequest, context: Context
    ) -> pb.MergeEntitiesResponse:
        """Make one entity of several."""
        written = await self._edit(lambda _: edits.read_merge(request), request, context)
        return pb.MergeEntitiesResponse(
            entity=written.entity, revision=written.revision, provenance=self._provenance()
        )

    async def ImportEntities(
        self, requests: AsyncIterator[pb.ImportEntitiesRequest], context: Context
    ) -> pb.ImportEntitiesResponse:
        """Add and replace any number of entities in one revision."""
        with imports.Spool() as spool:
            options = await imports.receive(requests, spool)
            note = _note(options.reason)

            def write(store: Store) -> pb.Revision:
                return imports.write(store, spool, options, note)

            revision = await self._house.store.write(write)
        calls.current().facts.entities += spool.count
        await self._served(revision.number, context)
        return pb.ImportEntitiesResponse(revision=revision, provenance=self._provenance())

    async def RollBack(self, request: pb.RollBackRequest, context: Context) -> pb.RollBackResponse:
        """Return to an old revision by a new one."""
        number = validate.required_revision(request.revision, "revision")
        note = _note(request.reason)

        def roll_back(store: Store) -> pb.Revision:
            if request.validate_only:
                return _rolled_back(store, number)
            return convert_revisions.revision(store.roll_back(number, note))

        revision = await self._house.store.write(roll_back)
        await self._served(revision.number, context)
        return pb.RollBackResponse(revision=revision, provenance=self._provenance())

    async def _edit(
        self,
        make: Callable[[Store], Edit],
        request: pb.CreateEntityRequest
        | pb.UpdateEntityRequest
        | pb.DeleteEntityRequest
        | pb.MergeEntitiesRequest,
        context: Context,
        attempts: int = 1,
    ) -> _Written:
        """Make one edit, or only check it, and return what came of it once it is served."""
        note = _note(request.reason)

        def write(store: Store) -> _Written:
            if request.validate_only:
                return _check(store, make(store), note)
            return _commit(store, make, note, attempts)

        written = await self._house.store.write(write)
        calls.current().facts.entities += 1
        await self._served(written.revision.number, context)
        return written

    async def _served(self, number: int, context: Context) -> None:
        """Wait until this server serves the revision: whoever wrote it may read it now."""
        remaining = context.time_remaining()
        most = _SERVED_SECONDS if remaining is None else remaining - _FOR_THE_ANSWER
        with suppress(TimeoutError):
            await asyncio.wait_for(self._house.live.reach(number), max(0.0, most))

    def _provenance(self) -> entity_pb2.Provenance:
        engine = self._house.live.current
        return convert.provenance(
            Provenance(engine.gazetteer.version, gazetteer_revision=engine.revision)
        )


def _note(reason: str) -> Note:
    return Note(calls.current().principal.name, validate.reason(reason))


def _commit(store: Store, make: Callable[[Store], Edit], note: Note, attempts: int) -> _Written:
    """Commit an edit; where another was quicker, make it anew from what there is then."""
    for attempt in range(1, attempts + 1):
        edit = make(store)
        try:
            revision = store.commit([edit], note)
        except EtagConflict:
            if attempt == attempts:
                raise
        except EditError as error:
            raise edits.refusal(store, edit, note, error) from None
        else:
            stored = store.stored(edits.changed_id(edit), revision.number)
            return _Written(convert_revisions.revision(revision), stored)
    raise AssertionError("the last attempt returns or raises; this is a bug")


def _check(store: Store, edit: Edit, note: Note) -> _Written:
    preview = store.check([edit], note)
    if preview.revision is None:
        raise edits.refusal(store, edit, note, EditError(preview.problems))
    entity_id = edits.changed_id(edit)
    after = next((c.after for c in preview.changes if c.entity_id == entity_id), None)
    return _Written(convert_revisions.unwritten(preview.revision), after)


def _rolled_back(store: Store, number: int) -> pb.Revision:
    """Return the revision that a roll-back would make."""
    changes = Counter(map(_kind, store.diff(store.head().number, number)))
    counts = ChangeCounts(changes["created"], changes["updated"], changes["removed"])
    return convert_revisions.unwritten(replace(store.revision(number), changes=counts))


def _kind(change: Change) -> str:
    match _is_entity(change.before), _is_entity(change.after):
        case False, True:
            return "created"
        case True, True:
            return "updated"
        case True, False:
            return "removed"
        case _:
            return "redirect"  # no entity before nor after: not counted


def _is_entity(stored: Stored | None) -> bool:
    return stored is not None and stored.record is not None
