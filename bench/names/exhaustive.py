"""What retrieval loses: the index beside a scan of every candidate with the same comparison.

Both return the 50 best. A right candidate is lost if the scan has it among these and the index has
not; so only the queries that the index misses need a scan, and it can stop when 50 wrong candidates
are better. Nothing is sampled or estimated.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.names.systems import DEPTH, entities
from bench.names.tasks import Query, load
from nisba_service.gazetteer.index import NameIndex
from nisba_service.names.compare import Comparer
from nisba_service.names.parse import ParsedName, parse

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """Queries whose right candidate the index has among its 50 best, and those it has lost."""

    found: int
    lost: int

    @property
    def recall(self) -> float:
        """Return the share of what a scan finds that the index finds too, in [0, 1]."""
        return self.found / max(self.found + self.lost, 1)


def measure(folder: Path, task_name: str, size: int) -> Kept:
    """Ask every query of a task of the index and, where it fails, of a scan."""
    task = load(folder, task_name, size)
    index = NameIndex.build(entities(task.candidates))
    missed = [query for query in task.queries if not _finds(index, query)]
    stored = [parse.__wrapped__(name) for name in task.candidates] if missed else []
    lost = sum(_scan_finds(query, stored) for query in missed)
    return Kept(len(task.queries) - len(missed), lost)


def _finds(index: NameIndex, query: Query) -> bool:
    matches = index.match(query.name, limit=DEPTH)
    return any(int(match.entity_id) in query.gold for match in matches)


def _scan_finds(query: Query, stored: Sequence[ParsedName]) -> bool:
    """Return whether fewer than 50 candidates are better than the right one."""
    comparer = Comparer(parse(query.name))
    right = max(c.score for c in comparer.compare([stored[place] for place in query.gold]))
    better = 0
    for chunk in _chunks(stored):
        better += sum(comparison.score > right for comparison in comparer.compare(chunk))
        if better >= DEPTH:
            return False
    return True


def _chunks(stored: Sequence[ParsedName]) -> Iterator[list[ParsedName]]:
    shuffled = random.Random(3).sample(stored, len(stored))  # the better ones come early, too
    for start in range(0, len(shuffled), _CHUNK):
        yield shuffled[start : start + _CHUNK]
