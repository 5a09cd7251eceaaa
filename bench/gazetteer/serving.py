"""`python -m bench.gazetteer.serving STORE`: what a server does with a store, without the tagger.

Loads the newest revision, makes all parts of an engine, then lets one alias of one entity land and
measures until the next engine could answer for it. Prints one JSON object.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nisba_service.gazetteer.changes import GazetteerChanges, replaced
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.schema import NameRecord
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.serving import gazetteer_changes, load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.parts import Parts
from nisba_service.linking.vocabulary import Vocabulary
from nisba_service.server.catalogue import Catalogue
from nisba_service.tagging.known_names import KnownNames

ALIAS = "Nuqtat al-Bidaya"
EDITS = 5


@dataclass(slots=True)
class Clock:
    """What each step took; the step of the same name, done several times, has its median."""

    taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    mib: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done within."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        taken = time.perf_counter() - clock, time.process_time() - processor
        self.taken.setdefault(name, []).append(taken)
        self.mib[name] = resident_mib()

    def medians(self) -> dict[str, tuple[float, float]]:
        """Return the median of each step: seconds on the clock, and of the processor."""
        return {name: sorted(times)[len(times) // 2] for name, times in self.taken.items()}


@dataclass(frozen=True, slots=True)
class _Made:
    """What an engine makes of a gazetteer, as it makes it, but for the tagger."""

    parts: Parts
    catalogue: Catalogue

    def updated(self, changes: GazetteerChanges) -> _Made:
        parts = self.parts.updated(changes)
        removed = replaced(self.parts.gazetteer, changes)
        return _Made(parts, self.catalogue.updated(parts.gazetteer, removed, changes.changed))


def resident_mib() -> float:
    """Return the memory that this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 (no file of ours)
        pages = int(statm.read().split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


def measure(url: StoreUrl) -> Clock:
    """Return what each step took."""
    clock = Clock()
    with Store.open(url, create=False) as store:
        clock.mib["before"] = resident_mib()
        made = _built(store, clock)
        gc.collect()
        gc.freeze()  # as a server that has warmed up
        for number in range(EDITS):
            made = _edited(store, made, f"{ALIAS} {'abcdefgh'[number]}", clock)
    return clock


def _built(store: Store, clock: Clock) -> _Made:
    with clock.step("load"):
        gazetteer = load_gazetteer(store)
    entities = gazetteer.entities.values()
    with clock.step("index"):
        index = NameIndex.build(entities)
    with clock.step("spotter"):
        names = KnownNames.of(entities)
    with clock.step("others"):
        graph, catalogue = RelationGraph(gazetteer), Catalogue.of(gazetteer)
        vocabulary = Vocabulary.of(gazetteer)
    return _Made(Parts(gazetteer, index, names, graph, vocabulary), catalogue)


def _edited(store: Store, made: _Made, alias: str, clock: Clock) -> _Made:
    """Return what is made of the revision in which an entity in the middle has one name more."""
    ids = list(made.parts.gazetteer.entities)
    stored = store.stored(ids[len(ids) // 2])
    assert stored is not None
    assert stored.record is not None, "an entity has a record. This is a bug."
    names = [*stored.record.names, NameRecord(name=alias)]
    record = stored.record.model_copy(update={"names": names})
    before = store.head().number
    with clock.step("edit: visible"):
        with clock.step("edit: commit"):
            revision = store.commit([Put(record, stored.etag)], Note("bench", "one alias"))
        with clock.step("edit: changes"):
            changes = gazetteer_changes(store, before, revision.number)
        with clock.step("edit: parts"):
            new = made.updated(changes)
    assert new.parts.index.match(alias)[0].entity_id == record.id, (
        "the alias is not found. This is a bug."
    )
    return new


if __name__ == "__main__":
    location = parse_location(sys.argv[1])
    assert isinstance(location, StoreUrl)
    measured = measure(location)
    print(json.dumps({"taken": measured.medians(), "mib": measured.mib}))
