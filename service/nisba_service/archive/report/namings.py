"""The names that entities are shown under, in both languages, as the links have them."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.context import language_of
from nisba_service.archive.report.facts import Named
from nisba_service.names.types import Language


class Namings:
    """Learns the names of the entities that are wanted, and of no others."""

    def __init__(self, wanted: Iterable[str] = ()) -> None:
        self._wanted = set(wanted)
        self._names: dict[tuple[str, Language], str] = {}

    def want(self, ids: Iterable[str]) -> None:
        """Ask for more entities."""
        self._wanted.update(ids)

    def look(self, links: pa.Table) -> None:
        """Learn from the links of a shard."""
        wanted = pa.array(sorted(self._wanted), pa.string())
        named = links.filter(pc.is_in(links["entity_id"], wanted))
        distinct = named.group_by(["entity_id", "entity_name"], use_threads=False).aggregate([])
        for row in distinct.to_pylist():
            self.learn(row["entity_id"], row["entity_name"])

    def learn(self, entity_id: str | None, name: str | None) -> None:
        """Learn one name; the first of a language stays."""
        if entity_id and name:
            self._names.setdefault((entity_id, language_of(name)), name)

    def of(self, entity_id: str) -> Named:
        """Return an entity with the names that were learnt."""
        english, arabic = (self._names.get((entity_id, language), "") for language in Language)
        return Named(entity_id, english, arabic)
