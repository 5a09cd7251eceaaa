"""GazetteerService: each call validates, looks up and converts; nothing else."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from typing import Any, Final

import grpc

from nisba.v1 import entity_pb2
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceServicer
from nisba_service.errors import EntityNotFound
from nisba_service.gazetteer.index import NameIndex, NameMatch
from nisba_service.gazetteer.model import Entity
from nisba_service.linking.model import Provenance
from nisba_service.names.types import EntityType
from nisba_service.server import calls, convert, limits, page_token, validate
from nisba_service.server.catalogue import Catalogue
from nisba_service.server.work import Lookup, Lookups

_RETRIEVED: Final = 10 * limits.SEARCH_PAGE.largest

Context = grpc.aio.ServicerContext[Any, Any]


class GazetteerService(GazetteerServiceServicer):
    """Reads one gazetteer."""

    def __init__(self, catalogue: Catalogue, index: NameIndex, lookups: Lookups) -> None:
        self._catalogue = catalogue
        self._entities = catalogue.gazetteer.entities
        self._index = index
        self._lookups = lookups

    async def GetGazetteer(
        self, request: pb.GetGazetteerRequest, context: Context
    ) -> pb.GetGazetteerResponse:
        """Say what is served."""
        return pb.GetGazetteerResponse(gazetteer=convert.gazetteer(self._catalogue))

    async def GetEntity(
        self, request: pb.GetEntityRequest, context: Context
    ) -> pb.GetEntityResponse:
        """Return one entity."""
        full = convert.read_wants_full(request.view, default=True)
        entity_id = validate.entity_id(request.id, "id")
        [entity] = self._found([entity_id], "id")
        return pb.GetEntityResponse(
            entity=convert.entity(entity, full=full), provenance=self._provenance()
        )

    async def BatchGetEntities(
        self, request: pb.BatchGetEntitiesRequest, context: Context
    ) -> pb.BatchGetEntitiesResponse:
        """Return several entities, or none."""
        full = convert.read_wants_full(request.view, default=True)
        ids = validate.items(request.ids, "ids", limits.IDS)
        checked = [validate.entity_id(value, f"ids[{i}]") for i, value in enumerate(ids)]
        entities = self._found(checked, "ids")
        return pb.BatchGetEntitiesResponse(
            entities=await asyncio.to_thread(_converted, entities, full),
            provenance=self._provenance(),
        )

    async def ListEntities(
        self, request: pb.ListEntitiesRequest, context: Context
    ) -> pb.ListEntitiesResponse:
        """Return a page of entities."""
        type = convert.read_type(request.type, "type")
        full = convert.read_wants_full(request.view, default=False)
        size = validate.page_size(request.page_size, "page_size", limits.LIST_PAGE)
        listing = page_token.Listing(
            self._catalogue.gazetteer.version, str(request.type), "full" if full else "basic"
        )
        after = page_token.decode(request.page_token, listing)
        page = self._catalogue.page(type, after, size)
        calls.current().facts.entities += len(page.entities)
        return pb.ListEntitiesResponse(
            entities=await asyncio.to_thread(_converted, page.entities, full),
            next_page_token=page_token.encode(listing, page.last_id) if page.more else "",
            provenance=self._provenance(),
        )

    async def SearchEntities(
        self, request: pb.SearchEntitiesRequest, context: Context
    ) -> pb.SearchEntitiesResponse:
        """Return the entities that best agree with a name."""
        query = validate.text(request.query, "query", limits.NAME)
        type = convert.read_type(request.type, "type")
        full = convert.read_wants_full(request.view, default=False)
        size = validate.page_size(request.page_size, "page_size", limits.SEARCH_PAGE)
        lookup = Lookup(lambda: self._search(query, type, size))
        [matches] = await self._lookups.submit([lookup], context.time_remaining())
        if isinstance(matches, Exception):
            raise matches
        calls.current().facts.entities += len(matches)
        return pb.SearchEntitiesResponse(
            results=[
                convert.search_result(match, self._entities[match.entity_id], full=full)
                for match in matches
            ],
            provenance=self._provenance(),
        )

    def _search(self, query: str, type: EntityType | None, size: int) -> list[NameMatch]:
        if type is None:
            return list(self._index.match(query, limit=size))
        # To the index a type is a hint, here it is a condition: look deeper, then leave out.
        matches = self._index.match(query, type=type, limit=_RETRIEVED)
        return [m for m in matches if self._entities[m.entity_id].type is type][:size]

    def _found(self, ids: list[str], field: str) -> list[Entity]:
        missing = tuple(dict.fromkeys(i for i in ids if i not in self._entities))
        if missing:
            raise EntityNotFound(field, missing)
        calls.current().facts.entities += len(ids)
        return [self._entities[i] for i in ids]

    def _provenance(self) -> entity_pb2.Provenance:
        return convert.provenance(Provenance(self._catalogue.gazetteer.version))


def _converted(entities: list[Entity], full: bool) -> list[entity_pb2.Entity]:
    return [convert.entity(entity, full=full) for entity in entities]
