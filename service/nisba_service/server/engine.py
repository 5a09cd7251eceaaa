"""What answers: the linker, the gazetteer and its index; and how they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nisba_service.gazetteer import load
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.linker import Linker
from nisba_service.settings import Settings
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.spotter import Spotter


@dataclass(frozen=True, slots=True)
class Engine:
    """Immutable: one gazetteer, and the linker and index that were built from it."""

    linker: Linker
    gazetteer: Gazetteer
    index: NameIndex


def load_engine(settings: Settings) -> Engine:
    """Load what `settings` names; takes seconds.

    Raises:
        GazetteerError: records of the gazetteer break a rule.
        ModelsError: tagging models are missing or damaged.
    """
    gazetteer = load.load(settings.gazetteer)
    index = NameIndex.build(gazetteer.entities.values())
    return Engine(load_linker(gazetteer, index, settings.models), gazetteer, index)


def load_linker(gazetteer: Gazetteer, index: NameIndex, models: Path) -> Linker:
    """Load the tagging models and return the linker over them. Raises ModelsError."""
    return Linker(gazetteer, index, load_finder(gazetteer, models))


def load_finder(gazetteer: Gazetteer, models: Path) -> MentionFinder:
    """Load the tagging models and return what finds mentions with them. Raises ModelsError."""
    # Importing torch takes seconds: whoever only wants an Engine's shape should not wait for it.
    from nisba_service.tagging.stanza_tagger import StanzaTagger  # noqa: PLC0415

    spotter = Spotter.build(gazetteer.entities.values())
    return MentionFinder(StanzaTagger.load(models), spotter)
