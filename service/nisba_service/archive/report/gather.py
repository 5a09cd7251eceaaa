"""Gathers a report: a pass that counts, one that looks closer, and one for the names of entities.

Each pass holds one shard. What stays between them is a row for each distinct thing that is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from nisba_service.archive.diff_states import StateDiff
from nisba_service.archive.reading import Reader, State
from nisba_service.archive.report.changes import ChangeCounts, ChangesSeen
from nisba_service.archive.report.doubts import AmbiguousCounts, WeakCounts
from nisba_service.archive.report.facts import Report
from nisba_service.archive.report.namings import Namings
from nisba_service.archive.report.new_names import NewNameCounts
from nisba_service.archive.report.over_time import EntityCounts
from nisba_service.archive.report.totals import TotalCounts
from nisba_service.archive.texts import Texts

_COUNTED = (
    *("document_id", "date", "name", "type", "language"),
    *("outcome", "entity_id", "confidence", "new_name_key"),
)
_LOOKED_AT = (*_COUNTED, "start", "end", "candidates")


class _Collectors:
    """What the links of a state are asked."""

    def __init__(self, texts: Texts) -> None:
        self.totals = TotalCounts()
        self.entities = EntityCounts()
        self.new_names = NewNameCounts(texts)
        self.weak = WeakCounts(texts)
        self.ambiguous = AmbiguousCounts(texts)

    def count(self, links: pa.Table) -> None:
        """Count a shard, in the first pass."""
        for part in (self.totals, self.entities, self.new_names, self.weak, self.ambiguous):
            part.count(links)

    def choose(self) -> None:
        """End the first pass."""
        for part in (self.entities, self.new_names, self.weak, self.ambiguous):
            part.choose()

    def look(self, shard: int, links: pa.Table) -> None:
        """Look closer, in the second pass."""
        for part in (self.entities, self.new_names, self.weak, self.ambiguous):
            part.look(shard, links)

    def entity_ids(self) -> Iterator[str]:
        """Yield the entities that are going to be named."""
        for part in (self.entities, self.weak, self.ambiguous):
            yield from part.entity_ids()


def gather(reader: Reader, before: State | None, after: State) -> Report:
    """Return the report on a state, and on what changed since another. Raises ArchiveDamaged."""
    texts = Texts(reader.layout.documents)
    collectors = _collected(after, texts)
    changes = None if before is None else _changes(reader, before, after, texts)
    namings = Namings(collectors.entity_ids())
    if changes is not None:
        namings.want(changes.entity_ids())
        changes.name(namings)
    for _, links in after.shards(("entity_id", "entity_name")):
        namings.look(links)
    collectors.ambiguous.name(namings)
    return Report(
        state=after.name,
        origin=after.manifest.origin,
        totals=collectors.totals.totals(after.manifest.documents, collectors.entities.distinct),
        changes=None if changes is None else changes.changes(namings),
        entities=collectors.entities.entities(namings),
        new_names=collectors.new_names.names(),
        new_name_total=collectors.new_names.distinct,
        weak=collectors.weak.links(namings),
        weak_total=collectors.weak.distinct,
        ambiguous=collectors.ambiguous.names(namings),
        ambiguous_total=collectors.ambiguous.distinct,
    )


def _collected(state: State, texts: Texts) -> _Collectors:
    collectors = _Collectors(texts)
    for _, links in state.shards(_COUNTED):
        collectors.count(links)
    collectors.choose()
    for shard, links in state.shards(_LOOKED_AT):
        collectors.look(shard, links)
    return collectors


def _changes(reader: Reader, before: State, after: State, texts: Texts) -> ChangesSeen:
    difference = StateDiff.of(reader.layout, before, after)
    changes = ChangesSeen(ChangeCounts.of(difference), difference, texts)
    changes.look()
    return changes
