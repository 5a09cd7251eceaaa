"""What is made of a gazetteer alone, before any text: each part takes time in proportion to it."""

from __future__ import annotations

from dataclasses import dataclass

from nisba_service.gazetteer.changes import GazetteerChanges, replaced, updated
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.vocabulary import Vocabulary
from nisba_service.tagging.known_names import KnownNames
from nisba_service.tagging.spotter import Spotter


@dataclass(frozen=True, slots=True)
class Parts:
    """A gazetteer and what finding mentions and linking them needs of it. Immutable."""

    gazetteer: Gazetteer
    index: NameIndex
    names: KnownNames
    graph: RelationGraph
    vocabulary: Vocabulary

    @property
    def spotter(self) -> Spotter:
        """What finds the names in texts."""
        return Spotter(self.names)

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Parts:
        """Make all parts anew; takes seconds for 100 000 entities."""
        entities = gazetteer.entities.values()
        return cls(
            gazetteer,
            NameIndex.build(entities),
            KnownNames.of(entities),
            RelationGraph(gazetteer),
            Vocabulary.of(gazetteer),
        )

    def updated(self, changes: GazetteerChanges) -> Parts:
        """Return the parts of a later revision, equal to those made anew."""
        gazetteer = updated(self.gazetteer, changes)
        removed, added = replaced(self.gazetteer, changes), changes.changed
        return Parts(
            gazetteer,
            self.index.updated(added, changes.removed),
            self.names.updated(removed, added),
            self.graph.updated(gazetteer, removed, added),
            self.vocabulary.updated(gazetteer, removed, added),
        )
