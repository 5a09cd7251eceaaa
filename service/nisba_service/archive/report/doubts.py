"""Links that a person should look at: those of little confidence, and names left undecided."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.report.facts import AmbiguousName, WeakLink
from nisba_service.archive.report.namings import Namings
from nisba_service.archive.report.samples import Samples
from nisba_service.archive.report.tally import Row, Tally, count_of, joined_key
from nisba_service.archive.texts import Texts
from nisba_service.linking.model import Outcome

SHOWN = 25
"""Of each sort: an hour's review."""

WEAK = 0.8
"""Links below this confidence are looked at; at least one in five of them is wrong."""

_EXAMPLES = 2
_CANDIDATES = 4
_LINK = ("name", "entity_id")
_NAME = ("name",)


class WeakCounts:
    """Finds the names that were linked to an entity with the least confidence."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._tally = Tally(_LINK, lowest="confidence")
        self._top: list[Row] = []
        self._samples = Samples(texts, _LINK, (), _EXAMPLES)

    @property
    def distinct(self) -> int:
        """Return the number of pairs of a name and an entity."""
        return self._tally.distinct

    def count(self, links: pa.Table) -> None:
        """Count a shard, in the first pass."""
        self._tally.count(links.filter(_is_weak(links)))

    def choose(self) -> None:
        """End the first pass."""
        self._top = self._tally.top(SHOWN, ("confidence", "ascending"), ("mentions", "descending"))
        keys = [joined_key(row, _LINK) for row in self._top]
        self._samples = Samples(self._texts, _LINK, keys, _EXAMPLES)

    def entity_ids(self) -> Iterator[str]:
        """Yield the entities that are going to be named."""
        return (row["entity_id"] for row in self._top)

    def look(self, shard: int, links: pa.Table) -> None:
        """Look for examples in a shard, in the second pass. Raises ArchiveDamaged."""
        self._samples.look(shard, links.filter(_is_weak(links)))

    def links(self, namings: Namings) -> tuple[WeakLink, ...]:
        """Return the links, the least sure first."""
        return tuple(
            WeakLink(
                name=row["name"],
                entity=namings.of(row["entity_id"]),
                lowest=row["confidence"],
                count=count_of(row),
                examples=self._samples.examples(joined_key(row, _LINK)),
            )
            for row in self._top
        )


class AmbiguousCounts:
    """Finds the names that most often may be any of several entities."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._tally = Tally(_NAME)
        self._top: list[Row] = []
        self._samples = Samples(texts, _NAME, (), _EXAMPLES)

    @property
    def distinct(self) -> int:
        """Return the number of such names."""
        return self._tally.distinct

    def count(self, links: pa.Table) -> None:
        """Count a shard, in the first pass."""
        self._tally.count(links.filter(_is_ambiguous(links)))

    def choose(self) -> None:
        """End the first pass."""
        self._top = self._tally.top(SHOWN, ("documents", "descending"), ("mentions", "descending"))
        self._samples = Samples(self._texts, _NAME, [row["name"] for row in self._top], _EXAMPLES)

    def entity_ids(self) -> Iterator[str]:
        """Yield the entities that are going to be named, once the links were looked at."""
        for row in self._top:
            for candidate in self._candidates(row):
                yield candidate["entity_id"]

    def look(self, shard: int, links: pa.Table) -> None:
        """Look for examples in a shard, in the second pass. Raises ArchiveDamaged."""
        self._samples.look(shard, links.filter(_is_ambiguous(links)))

    def name(self, namings: Namings) -> None:
        """Tell the names that candidates have: no mention may be linked to them."""
        for row in self._top:
            for candidate in self._candidates(row):
                namings.learn(candidate["entity_id"], candidate["name"])

    def names(self, namings: Namings) -> tuple[AmbiguousName, ...]:
        """Return the names, those in most documents first."""
        return tuple(
            AmbiguousName(
                name=row["name"],
                count=count_of(row),
                candidates=tuple(
                    (namings.of(c["entity_id"]), c["score"]) for c in self._candidates(row)
                ),
                examples=self._samples.examples(row["name"]),
            )
            for row in self._top
        )

    def _candidates(self, row: Row) -> list[Row]:
        candidates: list[Row] = self._samples.rows(row["name"])[0]["candidates"]
        return candidates[:_CANDIDATES]


def _is_weak(links: pa.Table) -> pa.ChunkedArray:
    linked = pc.equal(links["outcome"], Outcome.LINKED.value)
    return pc.and_(linked, pc.less(links["confidence"], WEAK))


def _is_ambiguous(links: pa.Table) -> pa.ChunkedArray:
    return pc.equal(links["outcome"], Outcome.AMBIGUOUS.value)
