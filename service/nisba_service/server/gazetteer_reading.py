"""GazetteerService, reading: each call takes one engine, validates, looks up and converts."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import grpc

from nisba.v1 import entity_pb2
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.errors import EntityNotFound, FieldInvalid
from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.gazetteer.store.model import Revision
from nisba_service.gazetteer.store.store import Store
from nisba_service.linking.model import Provenance
from nisba_service.server import (
    calls,
    convert,
    convert_records,
    convert_requests,
    convert_revisions,
    limits,
    page_token,
    validate,
)
from nisba_service.server.convert_requests import View
from nisba_service.server.engine import Engine
from nisba_service.server.house import House
from nisba_service.server.search import search
from nisba_service.server.work import Lookup

Context = grpc.aio.ServicerContext[Any, Any]


class GazetteerReading:
    """The calls that read one state of the gazetteer."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def GetGazetteer(
        self, request: pb.GetGazetteerRequest, context: Context
    ) -> pb.GetGazetteerResponse:
        """Say what is served."""
        live = self._house.live
        return pb.GetGazetteerResponse(
            gazetteer=convert.gazetteer(live.current.catalogue, live.following)
        )

    async def GetEntity(
        self, request: pb.GetEntityRequest, context: Context
    ) -> pb.GetEntityResponse:
        """Return one entity."""
        view = convert_requests.read_view(request.view, default=View.FULL)
        entity_id = validate.entity_id(request.id, "id")
        revision = validate.revision(request.revision, "revision")
        if view is View.RECORD or revision:
            return await self._house.store.read(
                lambda store: _stored_entity(store, entity_id, view, revision)
            )
        engine = self._house.live.current
        [entity] = _found(engine.gazetteer, [entity_id], "id")
        return pb.GetEntityResponse(
            entity=convert.entity(entity, full=view is View.FULL), provenance=_provenance(engine)
        )

    async def BatchGetEntities(
        self, request: pb.BatchGetEntitiesRequest, context: Context
    ) -> pb.BatchGetEntitiesResponse:
        """Return several entities, or none."""
        view = convert_requests.read_view(request.view, default=View.FULL)
        ids = validate.items(request.ids, "ids", limits.IDS)
        checked = [validate.entity_id(value, f"ids[{i}]") for i, value in enumerate(ids)]
        if view is View.RECORD:
            return await self._house.store.read(lambda store: _stored_entities(store, checked))
        engine = self._house.live.current
        entities = _found(engine.gazetteer, checked, "ids")
        return pb.BatchGetEntitiesResponse(
            entities=await asyncio.to_thread(_converted, entities, view),
            provenance=_provenance(engine),
        )

    async def ListEntities(
        self, request: pb.ListEntitiesRequest, context: Context
    ) -> pb.ListEntitiesResponse:
        """Return a page of entities."""
        type = convert_requests.read_type(request.type, "type")
        view = _of_engine(convert_requests.read_view(request.view, default=View.BASIC))
        size = validate.page_size(request.page_size, "page_size", limits.LIST_PAGE)
        engine = self._house.live.current
        listing = page_token.Listing(engine.gazetteer.version, str(request.type), view.value)
        after = page_token.decode(request.page_token, listing)
        page = engine.catalogue.page(type, after, size)
        calls.current().facts.entities += len(page.entities)
        return pb.ListEntitiesResponse(
            entities=await asyncio.to_thread(_converted, page.entities, view),
            next_page_token=page_token.encode(listing, page.last_id) if page.more else "",
            provenance=_provenance(engine),
        )

    async def SearchEntities(
        self, request: pb.SearchEntitiesRequest, context: Context
    ) -> pb.SearchEntitiesResponse:
        """Return the entities that best agree with a name."""
        query = validate.text(request.query, "query", limits.NAME)
        type = convert_requests.read_type(request.type, "type")
        view = _of_engine(convert_requests.read_view(request.view, default=View.BASIC))
        size = validate.page_size(request.page_size, "page_size", limits.SEARCH_PAGE)
        engine = self._house.live.current
        lookup = Lookup(lambda: search(engine, query, type, size))
        [matches] = await self._house.lookups.submit([lookup], context.time_remaining())
        if isinstance(matches, Exception):
            raise matches
        calls.current().facts.entities += len(matches)
        entities = engine.gazetteer.entities
        return pb.SearchEntitiesResponse(
            results=[
                convert.search_result(match, entities[match.entity_id], full=view is View.FULL)
                for match in matches
            ],
            provenance=_provenance(engine),
        )


def _stored_entity(store: Store, entity_id: str, view: View, number: int) -> pb.GetEntityResponse:
    """Read an entity of one revision, by default the newest, from the store."""
    revision = store.revision(number) if number else store.head()
    [entity] = _stored(store, {"id": entity_id}, view, revision)
    return pb.GetEntityResponse(entity=entity, provenance=convert_revisions.provenance(revision))


def _stored_entities(store: Store, ids: Sequence[str]) -> pb.BatchGetEntitiesResponse:
    """Read the newest records of several entities from the store."""
    revision = store.head()
    fields = {f"ids[{i}]": entity_id for i, entity_id in enumerate(ids)}
    return pb.BatchGetEntitiesResponse(
        entities=_stored(store, fields, View.RECORD, revision),
        provenance=convert_revisions.provenance(revision),
    )


def _stored(
    store: Store, ids: Mapping[str, str], view: View, revision: Revision
) -> list[entity_pb2.Entity]:
    """Return the entities at the fields of a request, or raise EntityNotFound with the missing."""
    found = {id: _read(store, id, view, revision.number) for id in dict.fromkeys(ids.values())}
    missing = tuple(id for id, entity in found.items() if entity is None)
    if missing:
        raise EntityNotFound(next(iter(ids)), missing)
    calls.current().facts.entities += len(ids)
    return [entity for id in ids.values() if (entity := found[id]) is not None]


def _read(store: Store, entity_id: str, view: View, number: int) -> entity_pb2.Entity | None:
    stored = store.stored(entity_id, number)
    if stored is not None and stored.merged_into is not None:
        stored = store.stored(stored.merged_into, number)
    return None if stored is None else convert_records.stored_entity(stored, view)


def _found(gazetteer: Gazetteer, ids: list[str], field: str) -> list[Entity]:
    found = {entity_id: gazetteer.find(entity_id) for entity_id in ids}
    missing = tuple(entity_id for entity_id, entity in found.items() if entity is None)
    if missing:
        raise EntityNotFound(field, missing)
    calls.current().facts.entities += len(ids)
    return [entity for entity_id in ids if (entity := found[entity_id]) is not None]


def _of_engine(view: View) -> View:
    if view is View.RECORD:
        raise FieldInvalid("view", "must be BASIC or FULL here", limit="BASIC, FULL")
    return view


def _provenance(engine: Engine) -> entity_pb2.Provenance:
    return convert.provenance(
        Provenance(engine.gazetteer.version, gazetteer_revision=engine.revision)
    )


def _converted(entities: list[Entity], view: View) -> list[entity_pb2.Entity]:
    return [convert.entity(entity, full=view is View.FULL) for entity in entities]
