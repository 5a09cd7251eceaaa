"""A state in numbers."""

from __future__ import annotations

import pyarrow as pa

from nisba_service.archive.report.facts import Totals
from nisba_service.archive.report.tally import Count, Tally, count_of
from nisba_service.linking.model import Outcome


class TotalCounts:
    """Counts everything, in one pass."""

    def __init__(self) -> None:
        self._outcomes = Tally(["outcome"])
        self._languages = Tally(["language"])
        self._undated = 0

    def count(self, links: pa.Table) -> None:
        """Count a shard."""
        self._outcomes.count(links)
        self._languages.count(links)
        self._undated += links["date"].null_count

    def totals(self, documents: int, entities: int) -> Totals:
        """Return the numbers, with those that others counted."""
        outcomes = {row["outcome"]: count_of(row) for row in self._outcomes.top(None)}
        languages = self._languages.top(None, ("mentions", "descending"))
        return Totals(
            documents=documents,
            outcomes=tuple((outcome, outcomes.get(outcome, Count())) for outcome in Outcome),
            languages=tuple((row["language"], count_of(row)) for row in languages),
            undated=self._undated,
            entities=entities,
        )
