"""What changed between two states, and why: counted in one pass, looked at in a second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.diff_states import StateDiff
from nisba_service.archive.report.facts import Answer, ChangeKind, Changes, Way
from nisba_service.archive.report.namings import Namings
from nisba_service.archive.report.samples import Samples
from nisba_service.archive.report.tally import Count, Row, Tally, count_of, joined_key
from nisba_service.archive.tables import Change
from nisba_service.archive.texts import Texts
from nisba_service.linking.model import Outcome

EXAMPLES = 3
"""Mentions shown of one way: enough to see whether it is right."""

REASONS = 30
"""Changed entities that are listed: two screens; more are counted."""

# Ways of each kind that are shown. Those in which the answer stays are for completeness.
_SHOWN = {Change.REDESCRIBED: 5, Change.RESCORED: 5}
_SHOWN_OF_OTHERS = 15

_WAY = ("before_outcome", "before_entity_id", "after_outcome", "after_entity_id")
_KEY = ("change", *_WAY)
_MOST_FIRST = ("mentions", "descending")


class ChangeCounts:
    """How many mentions changed how, and because of whom."""

    def __init__(self) -> None:
        self._total = Tally(["total"])
        self._kinds = Tally(["change"])
        self._ways = {change: Tally(_WAY) for change in Change}
        self._reasons = Tally(["because"])

    @classmethod
    def of(cls, difference: StateDiff) -> ChangeCounts:
        """Count all that differs. Raises ArchiveDamaged."""
        counts = cls()
        for _, deltas in difference.deltas():
            counts.add(deltas)
        return counts

    def add(self, deltas: pa.Table) -> None:
        """Count the deltas of one shard."""
        self._total.count(deltas.append_column("total", pa.repeat("", deltas.num_rows)))
        self._kinds.count(deltas)
        self._reasons.count(_by_reason(deltas))
        for change, ways in self._ways.items():
            ways.count(deltas.filter(pc.equal(deltas["change"], change.value)))

    @property
    def total(self) -> Count:
        """Return how many mentions changed."""
        return next(map(count_of, self._total.top(1)), Count())

    @property
    def kinds(self) -> Mapping[Change, Count]:
        """Return how many changed how, the gravest first; what did not happen is left out."""
        found = {Change(row["change"]): count_of(row) for row in self._kinds.top(None)}
        return {change: found[change] for change in Change if change in found}

    @property
    def reason_total(self) -> int:
        """Return the number of entities that are a reason."""
        return self._reasons.distinct

    def way_total(self, change: Change) -> int:
        """Return the number of different ways of a kind."""
        return self._ways[change].distinct

    def ways(self, change: Change) -> list[Row]:
        """Return the most frequent ways of a kind that are worth showing."""
        shown = _SHOWN.get(change, _SHOWN_OF_OTHERS)
        return [{"change": change, **row} for row in self._ways[change].top(shown, _MOST_FIRST)]

    def reasons(self) -> list[Row]:
        """Return the entities whose change changed most."""
        return self._reasons.top(REASONS, _MOST_FIRST)


class ChangesSeen:
    """Looks at the most frequent ways, in the second pass."""

    def __init__(self, counts: ChangeCounts, difference: StateDiff, texts: Texts) -> None:
        self._counts = counts
        self._difference = difference
        self._ways = {change: counts.ways(change) for change in counts.kinds}
        keys = [joined_key(way, _KEY) for ways in self._ways.values() for way in ways]
        self._samples = Samples(texts, _KEY, keys, EXAMPLES)

    def entity_ids(self) -> Iterator[str]:
        """Yield the entities that are going to be named, once the deltas were looked at."""
        yield from (row["because"] for row in self._counts.reasons())
        for row in self._sampled():
            yield from filter(None, (row["before_entity_id"], row["after_entity_id"]))
            yield from row["because"]

    def look(self) -> None:
        """Take examples. Raises ArchiveDamaged."""
        for shard, deltas in self._difference.deltas():
            self._samples.look(shard, deltas)

    def name(self, namings: Namings) -> None:
        """Tell the names that the deltas have, also of entities that are none any more."""
        for row in self._sampled():
            namings.learn(row["before_entity_id"], row["before_entity_name"])
            namings.learn(row["after_entity_id"], row["after_entity_name"])

    def changes(self, namings: Namings) -> Changes:
        """Return what the report says of it."""
        counts, difference = self._counts, self._difference
        return Changes(
            before=difference.before.name,
            documents=difference.documents,
            not_compared=difference.not_compared,
            total=counts.total,
            kinds=tuple(self._kind(*kind, namings) for kind in counts.kinds.items()),
            reasons=tuple((namings.of(row["because"]), count_of(row)) for row in counts.reasons()),
            reason_total=counts.reason_total,
            reasons_known=difference.reasons.known,
        )

    def _sampled(self) -> Iterator[Row]:
        for way in (way for ways in self._ways.values() for way in ways):
            yield from self._samples.rows(joined_key(way, _KEY))

    def _kind(self, change: Change, count: Count, namings: Namings) -> ChangeKind:
        ways = tuple(self._way(way, namings) for way in self._ways[change])
        return ChangeKind(change, count, ways, self._counts.way_total(change))

    def _way(self, way: Row, namings: Namings) -> Way:
        key = joined_key(way, _KEY)
        because = dict.fromkeys(id for row in self._samples.rows(key) for id in row["because"])
        return Way(
            before=_answer(way["before_outcome"], way["before_entity_id"], namings),
            after=_answer(way["after_outcome"], way["after_entity_id"], namings),
            count=count_of(way),
            because=tuple(map(namings.of, because)),
            examples=self._samples.examples(key),
        )


def _answer(outcome: str | None, entity_id: str | None, namings: Namings) -> Answer | None:
    if outcome is None:
        return None
    return Answer(Outcome(outcome), None if entity_id is None else namings.of(entity_id))


def _by_reason(deltas: pa.Table) -> pa.Table:
    """Return a row for each mention and each reason of its document."""
    because = deltas["because"].combine_chunks()
    documents = deltas["document_id"].take(pc.list_parent_indices(because))
    return pa.table({"document_id": documents, "because": pc.list_flatten(because)})
