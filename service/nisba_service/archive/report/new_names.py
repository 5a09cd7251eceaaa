"""Names that the gazetteer lacks, each with its spellings in both scripts."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.report.facts import NewName
from nisba_service.archive.report.samples import Samples
from nisba_service.archive.report.tally import Row, Tally, count_of
from nisba_service.archive.texts import Texts
from nisba_service.names.types import EntityType

SHOWN = 40
"""Names that are proposed: a curator's morning."""

SPELLINGS = 6
"""Spellings shown of one name; more are mostly slips."""

_EXAMPLES = 2
_KEY = "new_name_key"


class NewNameCounts:
    """Counts new names by their key, then the spellings of those in most documents."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._tally = Tally([_KEY])
        self._top: list[Row] = []
        self._samples = Samples(texts, [_KEY], (), _EXAMPLES)
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._days: dict[str, tuple[date, date]] = {}

    @property
    def distinct(self) -> int:
        """Return the number of new names."""
        return self._tally.distinct

    def count(self, links: pa.Table) -> None:
        """Count a shard, in the first pass."""
        # MISC is tagged, and never becomes an entity.
        proposed = pc.and_(
            pc.is_valid(links[_KEY]), pc.not_equal(links["type"], EntityType.MISC.value)
        )
        self._tally.count(links.filter(proposed))

    def choose(self) -> None:
        """End the first pass: what stands in many documents counts, not one that repeats it."""
        self._top = self._tally.top(SHOWN, ("documents", "descending"), ("mentions", "descending"))
        keys = [row[_KEY] for row in self._top]
        self._samples = Samples(self._texts, [_KEY], keys, _EXAMPLES)

    def look(self, shard: int, links: pa.Table) -> None:
        """Look at the spellings of a shard, in the second pass. Raises ArchiveDamaged."""
        wanted = pa.array([row[_KEY] for row in self._top], pa.string())
        rows = links.filter(pc.is_in(links[_KEY], wanted))
        self._samples.look(shard, rows)
        days = [("date", "min"), ("date", "max"), ("name", "count")]
        for row in rows.group_by([_KEY, "name"], use_threads=False).aggregate(days).to_pylist():
            self._spellings[row[_KEY]][row["name"]] += row["name_count"]
            if row["date_min"] is not None:
                self._spread(row[_KEY], row["date_min"], row["date_max"])

    def names(self) -> tuple[NewName, ...]:
        """Return the names to propose."""
        return tuple(map(self._name, self._top))

    def _spread(self, key: str, first: date, last: date) -> None:
        known = self._days.get(key, (first, last))
        self._days[key] = min(first, known[0]), max(last, known[1])

    def _name(self, row: Row) -> NewName:
        key = row[_KEY]
        spellings = sorted(self._spellings[key].items(), key=lambda item: (-item[1], item[0]))
        first, last = self._days.get(key, (None, None))
        return NewName(
            type=EntityType(self._samples.rows(key)[0]["type"]),
            count=count_of(row),
            spellings=tuple(spellings[:SPELLINGS]),
            spelling_total=len(spellings),
            first=first,
            last=last,
            examples=self._samples.examples(key),
        )
