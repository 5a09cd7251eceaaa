"""Is every link what a fresh start makes? A sample of documents is linked from scratch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pyarrow as pa

from nisba_service.archive import tables
from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive
from nisba_service.archive.documents import documents_of, spans_of
from nisba_service.archive.gazetteers import GazetteerSource, located, of_state
from nisba_service.archive.link_rows import links_table
from nisba_service.archive.manifest import Shard
from nisba_service.archive.plain_linker import PlainLinker
from nisba_service.archive.progress import Observer
from nisba_service.archive.reading import Reader
from nisba_service.errors import ArchiveError
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY
from nisba_service.tagging.model import Document, TaggedSpan

_SEED = 20_231


def source_to_check(
    archive: Archive, location: StoreUrl | Path | None, revision: int | None
) -> GazetteerSource:
    """Return the gazetteer of the state to check: what a user names, else the newest state's.

    A store without a revision is that of the newest state, if this is of a store. Raises
    ArchiveError: there is no such state, or the store of a revision is not named.
    """
    if location is None and revision is not None:
        raise ArchiveError(f"revision {revision} is one of a store: name it with --gazetteer")
    origin = None if revision is not None else Reader(archive.layout).newest().manifest.origin
    names_store = isinstance(location, StoreUrl)
    if origin is not None and (location is None or (names_store and origin.gazetteer_revision)):
        version, number = origin.gazetteer_version, origin.gazetteer_revision
        return of_state(archive.layout, version, number, location)
    assert location is not None, "checked above. This is a bug."
    return located(location, revision, archive.layout)


@dataclass(frozen=True, slots=True)
class Sample:
    """Documents that were linked from scratch, and those whose links are not what is stored."""

    documents: int
    unequal: tuple[str, ...]


def check_sample(
    archive: Archive, gazetteer: GazetteerSource, size: int, observer: Observer
) -> Sample:
    """Link documents of a state from scratch, and compare the rows byte for byte.

    A document that the linker fails at has no rows, here as there.

    Raises ArchiveError, StoreError.
    """
    layout = archive.layout
    links = Dataset.existing(layout.links(gazetteer.state))
    tagged = Dataset.existing(layout.tagged(links.origin.model))
    documents = Dataset.existing(layout.documents)
    linker = PlainLinker(Parts.of(gazetteer.load()))
    unequal: list[str] = []
    # Shards that were added since are not linked yet.
    linked = {n: shard for n, shard in documents.shards.items() if n in links.shards}
    chosen = _chosen(linked, size)
    observer.begin("linking", sum(map(len, chosen.values())), "documents")
    for number, ordinals in chosen.items():
        table = tables.read(documents.path(number), tables.DOCUMENTS)
        spans = spans_of(tables.read(tagged.path(number), tables.TAGGED))
        stored = tables.read(links.path(number), tables.LINKS)
        ids = stored["document_id"].to_pylist()
        for document in documents_of(table.take(ordinals)):
            fresh = _rows(linker, document, spans.get(document.id, ()))
            mask = [one == document.id for one in ids]
            if tables.encode(fresh, tables.LINKS) != tables.encode(
                stored.filter(mask), tables.LINKS
            ):
                unequal.append(document.id)
        observer.advance(len(ordinals), len(ordinals), 0)
    return Sample(sum(map(len, chosen.values())), tuple(unequal))


def _rows(linker: PlainLinker, document: Document, spans: Sequence[TaggedSpan]) -> pa.Table:
    try:
        return links_table([(linker.link(document, spans), document.date)], POLICY)
    except (OSError, MemoryError):
        raise
    except Exception:
        return tables.LINKS.empty_table()  # as `LinkWorker` has it; rejects/ names it


def _chosen(shards: Mapping[int, Shard], size: int) -> dict[int, list[int]]:
    """Return ordinals of documents by shard: the same of the same archive, spread over it."""
    total = sum(shard.documents for shard in shards.values())
    wanted: Iterable[int] = sorted(Random(_SEED).sample(range(total), min(size, total)))
    chosen: dict[int, list[int]] = defaultdict(list)
    starts = iter(shards.items())
    number, shard = next(starts, (0, None))
    first = 0
    for place in wanted:
        while shard is not None and place >= first + shard.documents:
            first += shard.documents
            number, shard = next(starts)
        chosen[number].append(place - first)
    return chosen
