"""The entities that an archive speaks of most, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.report.facts import EntityOverTime
from nisba_service.archive.report.namings import Namings
from nisba_service.archive.report.tally import Row, Tally, count_of
from nisba_service.linking.model import Outcome

SHOWN = 20
"""Entities that are drawn: what a page of paper holds."""


class EntityCounts:
    """Counts the mentions of each entity, then those of the most frequent by month."""

    def __init__(self) -> None:
        self._tally = Tally(["entity_id"])
        self._top: list[Row] = []
        self._months: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))

    @property
    def distinct(self) -> int:
        """Return the number of entities that are linked."""
        return self._tally.distinct

    def count(self, links: pa.Table) -> None:
        """Count a shard, in the first pass."""
        self._tally.count(links.filter(pc.equal(links["outcome"], Outcome.LINKED.value)))

    def choose(self) -> None:
        """End the first pass."""
        self._top = self._tally.top(SHOWN, ("mentions", "descending"))

    def entity_ids(self) -> Iterator[str]:
        """Yield the entities that are going to be named."""
        return (row["entity_id"] for row in self._top)

    def look(self, _shard: int, links: pa.Table) -> None:
        """Count a shard by month, in the second pass."""
        wanted = pc.is_in(links["entity_id"], pa.array(list(self.entity_ids()), pa.string()))
        rows = links.filter(pc.and_(wanted, pc.is_valid(links["date"])))
        days = rows["date"]
        month = pc.subtract(pc.add(pc.multiply(pc.year(days), 12), pc.month(days)), 1)
        by_month = pa.table({"entity_id": rows["entity_id"], "month": month})
        counted = by_month.group_by(["entity_id", "month"]).aggregate([([], "count_all")])
        for row in counted.to_pylist():
            self._months[row["entity_id"]][row["month"]] += row["count_all"]

    def entities(self, namings: Namings) -> tuple[EntityOverTime, ...]:
        """Return the most frequent, first."""
        return tuple(
            EntityOverTime(
                namings.of(row["entity_id"]),
                count_of(row),
                tuple(sorted(self._months[row["entity_id"]].items())),
            )
            for row in self._top
        )
