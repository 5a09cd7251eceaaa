"""What answers: one gazetteer, and all that was made of it; how it is loaded, and how updated."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nisba_service.gazetteer import load
from nisba_service.gazetteer.changes import GazetteerChanges, replaced
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.linking.linker import Linker
from nisba_service.linking.parts import Parts
from nisba_service.server.catalogue import Catalogue
from nisba_service.server.reading import Reader, load_tagger
from nisba_service.settings import Settings
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Tagger


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Engine:
    """Immutable: the parts of one gazetteer, the tagger, and the linker over both."""

    parts: Parts
    catalogue: Catalogue
    tagger: Tagger
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reader", Reader(self.parts, self.tagger))

    @classmethod
    def of(cls, gazetteer: Gazetteer, tagger: Tagger) -> Engine:
        """Make the engine of a gazetteer."""
        return cls(Parts.of(gazetteer), Catalogue.of(gazetteer), tagger)

    def updated(self, changes: GazetteerChanges) -> Engine:
        """Return the engine of a later revision; it shares what did not change with this one."""
        parts = self.parts.updated(changes)
        removed = replaced(self.gazetteer, changes)
        catalogue = self.catalogue.updated(parts.gazetteer, removed, changes.changed)
        return Engine(parts, catalogue, self.tagger)

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that is served."""
        return self.parts.gazetteer

    @property
    def index(self) -> NameIndex:
        """The index of its names."""
        return self.parts.index

    @property
    def finder(self) -> MentionFinder:
        """What finds mentions."""
        return self.reader.finder

    @property
    def linker(self) -> Linker:
        """What links them."""
        return self.reader.linker

    @property
    def revision(self) -> int:
        """The number of its revision; 0: it was read from files."""
        return self.parts.gazetteer.revision


def load_engine(settings: Settings, store: Store | None = None) -> Engine:
    """Load the newest revision of a store, else what `settings` names; takes seconds.

    Raises:
        GazetteerError: records of the gazetteer break a rule.
        StoreError: the store cannot be read.
        ModelsError: tagging models are missing or damaged.
    """
    return Engine.of(load_served(settings, store), load_tagger(settings.models))


def load_served(settings: Settings, store: Store | None = None) -> Gazetteer:
    """Load the newest revision of a store, else what `settings` names.

    Raises:
        GazetteerError: records of the gazetteer break a rule.
        StoreError: the store cannot be read.
    """
    return load.load(settings.gazetteer) if store is None else load_gazetteer(store)


def load_linker(parts: Parts, models: Path) -> Linker:
    """Load the tagging models and return the linker over them. Raises ModelsError."""
    return Linker(parts, MentionFinder(load_tagger(models), parts.spotter))
