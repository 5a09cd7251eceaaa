"""What is made of a gazetteer alone, before any text: each part takes time in proportion to it."""

from __future__ import annotations

from dataclasses import dataclass

from nisba_service.gazetteer.changes import GazetteerChanges, replaced, updated
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.graph import RelationGraph
from nisba_service.tagging.spotter import Spotter


@dataclass(frozen=True, slots=True)
class Parts:
    """A gazetteer and what finding mentions and linking them needs of it. Immutable."""

    gazetteer: Gazetteer
    index: NameIndex
    spotter: Spotter
    graph: RelationGraph

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Parts:
        """Make all parts anew; takes seconds for 100 000 entities."""
        entities = gazetteer.entities.values()
        return cls(
            gazetteer, NameIndex.build(entities), Spotter.build(entities), RelationGraph(gazetteer)
        )

    def updated(self, changes: GazetteerChanges) -> Parts:
        """Return the parts of a later revision, equal to those made anew."""
        gazetteer = updated(self.gazetteer, changes)
        removed, added = replaced(self.gazetteer, changes), changes.changed
        return Parts(
            gazetteer,
            self.index.updated(added, changes.removed),
            self.spotter.updated(removed=removed, added=added),
            self.graph.updated(gazetteer, removed, added),
        )
