"""Curators' files or a store in, an immutable gazetteer out; `check` reviews files.

The steps: files.py (files into records) → schema.py (the form of a record) → rules.py (what the
parts of a record say about one another) → reading.py (what records say about one another).
The problems of all files are reported together, each with its file and line; what the parts of a
record say is looked at once its form is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from nisba_service.errors import GazetteerError, Problem
from nisba_service.gazetteer.collector import collector_paused
from nisba_service.gazetteer.doubts import doubts
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.gazetteer.reading import Reading, read
from nisba_service.gazetteer.source import Place
from nisba_service.gazetteer.version import ContentHash


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a curator should know of a path.

    Attributes:
        errors: broken rules: the gazetteer cannot be loaded before they are mended.
        warnings: what looks doubtful, in the records that break no rule of their own.
        gazetteer: what `load` would return; None if there are errors.
    """

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    gazetteer: Gazetteer | None


def load(location: Path | StoreUrl) -> Gazetteer:
    """Return the gazetteer in a folder of YAML files, a YAML or JSON Lines file, or a store.

    Raises GazetteerError with every problem of every file, StoreError.
    """
    if isinstance(location, StoreUrl):
        return _from_store(location)
    with collector_paused():
        reading = read(location)
        if reading.problems:
            raise GazetteerError(tuple(reading.problems))
        return _gazetteer(reading)


def check(location: Path | StoreUrl) -> CheckReport:
    """Return every problem and every doubt that files, or a store, give rise to.

    A store takes in nothing that breaks a rule: only doubts are left. Raises StoreError.
    """
    if isinstance(location, StoreUrl):
        gazetteer = _from_store(location)
        places = dict.fromkeys(gazetteer.entities, Place(str(location), 0))
        return CheckReport((), tuple(doubts(gazetteer.entities, places)), gazetteer)
    with collector_paused():
        reading = read(location)
        return CheckReport(
            errors=tuple(reading.problems),
            warnings=tuple(doubts(reading.entities, reading.places)),
            gazetteer=None if reading.problems else _gazetteer(reading),
        )


def _from_store(url: StoreUrl) -> Gazetteer:
    # What a store needs takes a second to import: who reads files need not wait for it.
    from nisba_service.gazetteer.store.serving import load_gazetteer  # noqa: PLC0415
    from nisba_service.gazetteer.store.store import Store  # noqa: PLC0415

    with Store.open(url, create=False) as store:
        return load_gazetteer(store)


def _gazetteer(reading: Reading) -> Gazetteer:
    entities = dict(sorted(reading.entities.items()))
    redirects = dict(sorted(reading.redirects.items()))
    version = ContentHash.of(entities.values(), redirects).version
    return Gazetteer(MappingProxyType(entities), version, MappingProxyType(redirects))
