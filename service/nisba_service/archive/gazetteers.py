"""The gazetteer of a state: where it is, whatever machine asks, and how it is read again later.

A revision of a store stays in its store. What files say today they may not say tomorrow, so the
archive keeps a snapshot of them: entities as a store keeps what it serves, a line each.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import zstandard

from nisba_service.archive import durable
from nisba_service.archive.layout import Layout, state_name
from nisba_service.errors import ArchiveDamaged, ArchiveError, NisbaServiceError
from nisba_service.gazetteer.changes import GazetteerChanges, changes_between
from nisba_service.gazetteer.collector import collector_paused
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.gazetteer.store.served import served_entity, served_text
from nisba_service.gazetteer.store.serving import gazetteer_changes, load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.version import ContentHash

_LEVEL = 9


@dataclass(frozen=True, slots=True)
class GazetteerSource:
    """A gazetteer that any process can load, and that never changes.

    Attributes:
        location: a store, or a snapshot of files in the archive.
        version: the content hash that it must have.
        revision: of the store; 0 for files.
    """

    location: StoreUrl | Path
    version: str
    revision: int = 0

    @property
    def state(self) -> str:
        """The name of the state that is linked to it."""
        return state_name(self.version, self.revision)

    def load(self) -> Gazetteer:
        """Read it. Raises ArchiveError, StoreError."""
        if isinstance(self.location, StoreUrl):
            with Store.open(self.location, create=False) as store:
                gazetteer = load_gazetteer(store, self.revision)
        else:
            gazetteer = _read(self.location)
            if gazetteer.version != self.version:
                raise ArchiveDamaged(self.location, "it holds another gazetteer")
        if gazetteer.version != self.version:
            raise ArchiveError(
                f"{self.location}: holds another gazetteer than {self.state} was linked with"
            )
        return gazetteer


def located(location: Path | StoreUrl, revision: int | None, layout: Layout) -> GazetteerSource:
    """Return the gazetteer that a user names; of files, a snapshot is kept.

    `revision` None: the newest. Raises GazetteerError, StoreError, RevisionNotFound, ArchiveError.
    """
    if isinstance(location, StoreUrl):
        return _in_store(location, revision)
    if revision is not None:
        raise ArchiveError(f"{location}: are files, which have no revisions; only a store has")
    gazetteer = load(location)
    path = layout.gazetteer(state_name(gazetteer.version, 0))
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        durable.write(path, _content(gazetteer))
        durable.aside(path).unlink(missing_ok=True)
    return GazetteerSource(path, gazetteer.version)


def _in_store(url: StoreUrl, revision: int | None) -> GazetteerSource:
    with Store.open(url, create=False) as store:
        found = store.head() if revision is None else store.revision(revision)
    if not found.number:
        raise ArchiveError(f"{url}: has no revision yet: import a gazetteer first")
    return GazetteerSource(url, found.version, found.number)


def snapshots(layout: Layout) -> list[GazetteerSource]:
    """Return the gazetteers of files that the archive keeps."""
    paths = sorted((layout.root / "gazetteers").glob("v*.jsonl.zst"))
    return [GazetteerSource(path, path.name[1:].split(".")[0]) for path in paths]


def changes_to(after: GazetteerSource, before: Gazetteer) -> GazetteerChanges:
    """Return what turns a gazetteer into another: from the store's log where both are in one.

    Raises ArchiveError, StoreError.
    """
    if isinstance(after.location, StoreUrl) and before.revision:
        with Store.open(after.location, create=False) as store:
            if store.revision(before.revision).version == before.version:
                return gazetteer_changes(store, before.revision, after.revision)
    return changes_between(before, after.load())


def of_state(
    layout: Layout, version: str, revision: int, store: Path | StoreUrl | None
) -> GazetteerSource:
    """Return the gazetteer that a state was linked with; for a revision, `store` has it.

    Raises ArchiveError: the state is a revision, and `store` is no store.
    """
    if not revision:
        return GazetteerSource(layout.gazetteer(state_name(version, 0)), version)
    if not isinstance(store, StoreUrl):
        raise ArchiveError(
            f"{state_name(version, revision)} is a revision of a store: name the store with"
            " --gazetteer"
        )
    return GazetteerSource(store, version, revision)


def _content(gazetteer: Gazetteer) -> bytes:
    lines = [json.dumps([id, into]) for id, into in gazetteer.redirects.items()]
    lines += [f"[{json.dumps(e.id)}, {served_text(e)}]" for e in gazetteer.entities.values()]
    return zstandard.ZstdCompressor(_LEVEL).compress("\n".join(lines).encode())


def _read(path: Path) -> Gazetteer:
    entities: dict[str, Entity] = {}
    redirects: dict[str, str] = {}
    try:
        with path.open("rb") as file, collector_paused():
            content = zstandard.ZstdDecompressor().stream_reader(file)
            for line in io.TextIOWrapper(content, "utf-8"):
                entity_id, what = json.loads(line)
                if isinstance(what, str):
                    redirects[entity_id] = what
                else:
                    entities[entity_id] = served_entity(entity_id, json.dumps(what))
    except (OSError, ValueError, zstandard.ZstdError, NisbaServiceError) as error:
        raise ArchiveDamaged(path, type(error).__name__) from error
    version = ContentHash.of(entities.values(), redirects).version
    return Gazetteer(MappingProxyType(entities), version, MappingProxyType(redirects))
