"""What curators do, for threads. `_acuration` is its twin for asyncio: same methods, same order."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator
from typing import TypeVar

import grpc
from google.protobuf.message import Message

from nisba import _curation_requests as requests
from nisba import _curation_results as results
from nisba._base import BaseClient
from nisba._curation_model import (
    Edit,
    Edited,
    EntityChange,
    NewName,
    Preview,
    Revision,
)
from nisba._enums import EntityType
from nisba._error_mapping import error_of_call
from nisba._errors import NisbaError, Unavailable
from nisba._interruption import Interruption
from nisba._model import Document, Entity, Timing
from nisba._requests import Page, Paged, check_size, next_page
from nisba._telemetry import timing_of
from nisba.v1.gazetteer_service_pb2 import DiffRevisionsRequest
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub

Request = TypeVar("Request", bound=Message)
Response = TypeVar("Response", bound=Message)


class Curation(BaseClient):
    """The calls that edit the gazetteer, follow it and review it.

    The service must serve a store, and most calls need the role of a curator.
    """

    _gazetteer: GazetteerServiceStub

    def create_entity(
        self,
        entity: Entity,
        *,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Edited:
        """Add an entity, in a revision of its own.

        Args:
            entity: with its ID, which must never have been used.
            reason: why, for other curators.
            validate_only: check all, write nothing.
            timeout: seconds; None: the client's.

        Raises:
            Conflict: the ID is used, or was once.
            InvalidRequest: the entity breaks a rule; `field` says where.
        """
        request = requests.create_entity(entity, reason, validate_only)
        return results.edited(self._call(self._gazetteer.CreateEntity, request, timeout))

    def update_entity(
        self,
        entity: Entity,
        *,
        fields: Iterable[str] | None = None,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Edited:
        """Change some fields of an entity.

        Args:
            entity: its ID, and the new values. With its etag, as `get_entity` with
                `EntityView.RECORD` gives it, the edit fails if somebody else was quicker.
            fields: which to change, for example ["names"]; what is empty is cleared. None: those
                that are not empty. ["*"]: all.
            reason, validate_only, timeout: as in `create_entity`.

        Raises:
            Conflict: somebody else edited it meanwhile.
            NotFound: there is no such entity.
        """
        request = requests.update_entity(entity, fields, reason, validate_only)
        return results.edited(self._call(self._gazetteer.UpdateEntity, request, timeout))

    def delete_entity(
        self,
        entity_id: str,
        *,
        etag: str = "",
        cascade: bool = False,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Revision:
        """Remove an entity; its ID is never used again.

        Args:
            entity_id: of the entity.
            etag: its current one; empty: whatever it is.
            cascade: also remove the relations of others that point at it.
            reason, validate_only, timeout: as in `create_entity`.

        Raises:
            Conflict: relations of others point at it, or somebody else edited it meanwhile.
        """
        request = requests.delete_entity(entity_id, etag, cascade, reason, validate_only)
        return results.made(self._call(self._gazetteer.DeleteEntity, request, timeout))

    def merge_entities(
        self,
        source_ids: Iterable[str],
        *,
        into: str,
        etag: str = "",
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Edited:
        """Make one entity of several; the IDs of the others lead to it for ever.

        Args:
            source_ids: the others; what is known of them becomes known of the one that stays.
            into: ID of the one that stays.
            etag: its current one; empty: whatever it is.
            reason, validate_only, timeout: as in `create_entity`.
        """
        request = requests.merge_entities(source_ids, into, etag, reason, validate_only)
        return results.edited(self._call(self._gazetteer.MergeEntities, request, timeout))

    def import_entities(
        self,
        entities: Iterable[Entity],
        *,
        create_only: bool = False,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Revision:
        """Add and replace any number of entities in one revision: all of them or none.

        Args:
            entities: read as they are sent.
            create_only: fail where an ID is there already, rather than replace the entity.
            reason, validate_only: as in `create_entity`.
            timeout: seconds for the whole; None: the client's, which a large import exceeds.

        Raises:
            InvalidRequest: an entity breaks a rule: "entities[12].names[0].name" counts from 0.
        """
        self._check_open()
        first = requests.import_options(create_only, reason, validate_only)
        messages = requests.ImportMessages(entities, first)
        try:
            response = self._gazetteer.ImportEntities(
                messages, timeout=self._seconds(timeout), metadata=self._metadata
            )
        except grpc.RpcError as error:
            raise messages.error or error_of_call(error) from error
        return results.made(response)

    def list_revisions(
        self,
        *,
        entity_id: str = "",
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[Revision]:
        """Iterate over the revisions, newest first; the pages are fetched as they are needed.

        Args:
            entity_id: only those that changed this entity; empty: all.
            page_size: revisions fetched at a time; None: the service's default.
            timeout: seconds for each page; None: the client's.
        """
        self._check_open()
        request = requests.list_revisions(entity_id, page_size)
        pages = self._each_page(self._gazetteer.ListRevisions, request, self._seconds(timeout))
        return (revision for page in pages for revision in results.revisions(page))

    def diff_revisions(
        self,
        from_revision: int,
        *,
        to_revision: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[EntityChange]:
        """Iterate over the entities that differ between two revisions, in order of ID.

        Args:
            from_revision: number of the one; 0: before the first.
            to_revision: number of the other; None: the newest.
            timeout: seconds for the whole; None: the client's.
        """
        self._check_open()
        request = requests.diff_revisions(from_revision, to_revision)
        return self._diff(request, self._seconds(timeout))

    def roll_back(
        self,
        revision: int,
        *,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Revision:
        """Make a new revision that is equal to an old one.

        Args:
            revision: number of the old one.
            reason, validate_only, timeout: as in `create_entity`.

        Raises:
            NotFound: there is no such revision.
        """
        request = requests.roll_back(revision, reason, validate_only)
        return results.made(self._call(self._gazetteer.RollBack, request, timeout))

    def watch(
        self, *, after_revision: int = 0, timeout: float | None = None
    ) -> Generator[Revision, None, None]:
        """Iterate over the revisions as the service serves them, in order and without end.

        The first is the one that is served now. When the service goes away, the watch goes on
        with another, or with the same when it is back, and misses none. Close it to stop.

        Args:
            after_revision: begin with the one after this number instead.
            timeout: most seconds without any service; None: the client's.

        Raises:
            Unavailable: there was none for so long.
        """
        self._check_open()
        return self._watch(after_revision, self._seconds(timeout))

    def preview(
        self,
        edits: Iterable[Edit],
        *,
        documents: Iterable[str | Document],
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> Preview:
        """Say which mentions of some documents would be linked differently after some edits.

        Args:
            edits: made together: `CreateEntity`, `UpdateEntity`, `DeleteEntity`, `MergeEntities`.
            documents: up to 64.
            max_candidates: as in `link`.
            timeout: seconds; None: the client's.
        """
        request = requests.preview_change(edits, documents, max_candidates)
        return results.preview(self._call(self._gazetteer.PreviewChange, request, timeout))

    def list_new_names(
        self,
        *,
        type: EntityType | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[NewName]:
        """Iterate over the new names that the service has met, most often met first.

        Args:
            type: only this type; None: all.
            page_size: names fetched at a time; None: the service's default.
            timeout: seconds for each page; None: the client's.
        """
        self._check_open()
        request = requests.list_new_names(type, page_size)
        pages = self._each_page(self._gazetteer.ListNewNames, request, self._seconds(timeout))
        return (name for page in pages for name in results.new_names(page))

    def _call(
        self,
        method: grpc.UnaryUnaryMultiCallable[Request, Response],
        request: Request,
        timeout: float | None,
    ) -> Response:
        return self._timed(method, request, timeout)[0]

    def _timed(
        self,
        method: grpc.UnaryUnaryMultiCallable[Request, Response],
        request: Request,
        timeout: float | None,
    ) -> tuple[Response, Timing | None]:
        """Return an answer, and where its time went."""
        self._check_open()
        check_size(request)
        try:
            response, call = method.with_call(
                request, timeout=self._seconds(timeout), metadata=self._metadata
            )
        except grpc.RpcError as error:
            raise error_of_call(error) from error
        return response, timing_of(call.trailing_metadata())

    def _each_page(
        self,
        method: grpc.UnaryUnaryMultiCallable[Paged, Page],
        request: Paged,
        timeout: float,
    ) -> Iterator[Page]:
        while True:
            page = self._call(method, request, timeout)
            yield page
            if not page.next_page_token:
                return
            request = next_page(request, page.next_page_token)

    def _diff(self, request: DiffRevisionsRequest, timeout: float) -> Iterator[EntityChange]:
        try:
            call = self._gazetteer.DiffRevisions(request, timeout=timeout, metadata=self._metadata)
            for response in call:
                yield from results.changes(response)
        except grpc.RpcError as error:
            raise error_of_call(error) from error

    def _watch(self, seen: int, timeout: float) -> Generator[Revision, None, None]:
        interruption = Interruption(self._config.retry, timeout)
        last: Revision | None = None
        while True:
            self._check_open()
            call = self._gazetteer.WatchGazetteer(
                requests.watch_gazetteer(seen), metadata=self._metadata
            )
            try:
                for response in call:
                    interruption.over()
                    revision = results.made(response)
                    if revision != last:  # what files are served is told by every new connection
                        yield revision
                    last, seen = revision, revision.number
                broken: NisbaError = Unavailable("the service ended the watch")
            except grpc.RpcError as error:
                broken = error_of_call(error)
                broken.__cause__ = error
            finally:
                call.cancel()
            time.sleep(interruption.delay(broken))
