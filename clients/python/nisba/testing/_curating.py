"""The fake's GazetteerService, for curators: reads requests, asks the history, renders answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import grpc

from nisba import _curation_to_proto as render
from nisba import _to_proto
from nisba._curation_model import (
    CreateEntity,
    DeleteEntity,
    Edit,
    MergeEntities,
    NewName,
    UpdateEntity,
)
from nisba._model import Entity, Provenance
from nisba._results import entity_of
from nisba.testing._answering import Receive, answer, document, page
from nisba.testing._book import PROVENANCE, Book
from nisba.testing._calls import Call
from nisba.testing._history import History, check_etag, check_unreferenced
from nisba.testing._preview import preview
from nisba.v1 import entity_pb2
from nisba.v1 import gazetteer_service_pb2 as pb

_TICK = 0.2  # seconds between looks at whether a watcher is still there


class Curating:
    """The calls of curators. What is asked is noted before it is answered."""

    def __init__(self, book: Book, receive: Receive, new_names: Sequence[NewName]) -> None:
        self._book = book
        self._receive = receive
        self._history = History(book)
        self._new_names = new_names

    def CreateEntity(  # noqa: N802 - gRPC's name
        self, request: pb.CreateEntityRequest, context: grpc.ServicerContext
    ) -> pb.CreateEntityResponse:
        """Add an entity."""
        entity = _entity(request)

        def respond() -> pb.CreateEntityResponse:
            self._note("create_entity", (entity.id,), request.reason)
            made = self._edit([CreateEntity(entity)], request)
            return pb.CreateEntityResponse(
                entity=self._rendered(entity.id, entity), revision=made, provenance=self._served()
            )

        return answer(context, respond)

    def UpdateEntity(  # noqa: N802 - gRPC's name
        self, request: pb.UpdateEntityRequest, context: grpc.ServicerContext
    ) -> pb.UpdateEntityResponse:
        """Change some fields of an entity."""
        entity = _entity(request)
        fields = tuple(request.update_mask.paths) or None

        def respond() -> pb.UpdateEntityResponse:
            self._note("update_entity", (entity.id,), request.reason)
            made = self._edit([UpdateEntity(entity, fields)], request)
            return pb.UpdateEntityResponse(
                entity=self._rendered(entity.id, entity), revision=made, provenance=self._served()
            )

        return answer(context, respond)

    def DeleteEntity(  # noqa: N802 - gRPC's name
        self, request: pb.DeleteEntityRequest, context: grpc.ServicerContext
    ) -> pb.DeleteEntityResponse:
        """Remove an entity."""

        def respond() -> pb.DeleteEntityResponse:
            self._note("delete_entity", (request.id,), request.reason)
            state = self._history.state(self._history.newest)
            check_etag(state, request.id, request.etag)
            if not request.cascade:
                check_unreferenced(state, request.id)
            made = self._edit([DeleteEntity(request.id)], request)
            return pb.DeleteEntityResponse(revision=made, provenance=self._served())

        return answer(context, respond)

    def MergeEntities(  # noqa: N802 - gRPC's name
        self, request: pb.MergeEntitiesRequest, context: grpc.ServicerContext
    ) -> pb.MergeEntitiesResponse:
        """Make one entity of several."""
        into = request.target_id

        def respond() -> pb.MergeEntitiesResponse:
            self._note("merge_entities", (*request.source_ids, into), request.reason)
            check_etag(self._history.state(self._history.newest), into, request.target_etag)
            made = self._edit([MergeEntities(tuple(request.source_ids), into)], request)
            return pb.MergeEntitiesResponse(
                entity=_to_proto.entity(self._book.get([into])[0]),
                revision=made,
                provenance=self._served(),
            )

        return answer(context, respond)

    def ImportEntities(  # noqa: N802 - gRPC's name
        self, request_iterator: Iterator[pb.ImportEntitiesRequest], context: grpc.ServicerContext
    ) -> pb.ImportEntitiesResponse:
        """Add and replace any number of entities."""
        options = next(request_iterator).options
        entities = [
            entity_of(entity, Provenance())
            for request in request_iterator
            for entity in request.batch.entities
        ]

        def respond() -> pb.ImportEntitiesResponse:
            self._note("import_entities", tuple(e.id for e in entities), options.reason)
            known = self._history.state(self._history.newest).entities
            create_only = options.mode == pb.IMPORT_MODE_CREATE
            edits: list[Edit] = [
                UpdateEntity(entity, ["*"])
                if entity.id in known and not create_only
                else CreateEntity(entity)
                for entity in entities
            ]
            made = self._edit(edits, options)
            return pb.ImportEntitiesResponse(revision=made, provenance=self._served())

        return answer(context, respond)

    def ListRevisions(  # noqa: N802 - gRPC's name
        self, request: pb.ListRevisionsRequest, context: grpc.ServicerContext
    ) -> pb.ListRevisionsResponse:
        """Return a page of revisions, newest first."""

        def respond() -> pb.ListRevisionsResponse:
            self._note("list_revisions", (request.entity_id,) if request.entity_id else ())
            shown, token = page(self._history.touching(request.entity_id), request)
            return pb.ListRevisionsResponse(
                revisions=map(render.revision, shown), next_page_token=token
            )

        return answer(context, respond)

    def DiffRevisions(  # noqa: N802 - gRPC's name
        self, request: pb.DiffRevisionsRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.DiffRevisionsResponse]:
        """Say how two revisions differ."""

        def respond() -> pb.DiffRevisionsResponse:
            self._note("diff_revisions")
            to = request.to_revision or self._history.newest
            changes = self._history.diff(request.from_revision, to)
            return pb.DiffRevisionsResponse(changes=map(render.change, changes))

        yield answer(context, respond)

    def RollBack(  # noqa: N802 - gRPC's name
        self, request: pb.RollBackRequest, context: grpc.ServicerContext
    ) -> pb.RollBackResponse:
        """Return to an old revision by a new one."""

        def respond() -> pb.RollBackResponse:
            self._note("roll_back", reason=request.reason)
            write = not request.validate_only
            revision = self._history.roll_back(request.revision, request.reason, write=write)
            return pb.RollBackResponse(
                revision=render.revision(revision), provenance=self._served()
            )

        return answer(context, respond)

    def WatchGazetteer(  # noqa: N802 - gRPC's name
        self, request: pb.WatchGazetteerRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.WatchGazetteerResponse]:
        """Send every revision in order."""
        answer(context, lambda: self._note("watch"))
        seen = request.after_revision or self._history.newest - 1
        while context.is_active():
            self._history.wait_beyond(seen, _TICK)
            while seen < self._history.newest:
                seen += 1
                revision = self._history.revision(seen)
                yield pb.WatchGazetteerResponse(revision=render.revision(revision))

    def PreviewChange(  # noqa: N802 - gRPC's name
        self, request: pb.PreviewChangeRequest, context: grpc.ServicerContext
    ) -> pb.PreviewChangeResponse:
        """Say what would be linked differently after some edits."""
        documents = tuple(map(document, request.documents))

        def respond() -> pb.PreviewChangeResponse:
            self._receive(Call("preview", documents=documents))
            edits = [_edit(edit) for edit in request.edits]
            return render.preview(preview(self._book, self._history, edits, documents))

        return answer(context, respond)

    def ListNewNames(  # noqa: N802 - gRPC's name
        self, request: pb.ListNewNamesRequest, context: grpc.ServicerContext
    ) -> pb.ListNewNamesResponse:
        """Return a page of the new names that were ordered, most often met first."""

        def respond() -> pb.ListNewNamesResponse:
            self._note("list_new_names")
            names = [
                message
                for message in map(render.new_name, self._new_names)
                if request.type in (0, message.type)
            ]
            names.sort(key=lambda name: -name.mention_count)
            shown, token = page(names, request)
            return pb.ListNewNamesResponse(new_names=shown, next_page_token=token)

        return answer(context, respond)

    def _note(self, method: str, entity_ids: tuple[str, ...] = (), reason: str = "") -> None:
        self._receive(Call(method, entity_ids=entity_ids, reason=reason))

    def _edit(
        self,
        edits: Sequence[Edit],
        request: pb.CreateEntityRequest
        | pb.UpdateEntityRequest
        | pb.DeleteEntityRequest
        | pb.MergeEntitiesRequest
        | pb.ImportOptions,
    ) -> pb.Revision:
        write = not request.validate_only
        return render.revision(self._history.edit(edits, request.reason, write=write))

    def _rendered(self, entity_id: str, otherwise: Entity) -> entity_pb2.Entity:
        known = self._history.state(self._history.newest).entities
        return _to_proto.entity(known.get(entity_id, otherwise))

    def _served(self) -> entity_pb2.Provenance:
        served = replace(PROVENANCE, gazetteer_revision=self._history.newest)
        return _to_proto.provenance(served)


def _entity(request: pb.CreateEntityRequest | pb.UpdateEntityRequest | pb.EntityUpdate) -> Entity:
    return entity_of(request.entity, Provenance())


def _edit(edit: pb.Edit) -> Edit:
    match edit.WhichOneof("edit"):
        case "create":
            return CreateEntity(entity_of(edit.create, Provenance()))
        case "update":
            return UpdateEntity(_entity(edit.update), tuple(edit.update.update_mask.paths) or None)
        case "delete_id":
            return DeleteEntity(edit.delete_id)
        case _:
            return MergeEntities(tuple(edit.merge.source_ids), edit.merge.target_id)
