"""What curators do to the gazetteer, chosen by a seed: spellings above all."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from random import Random

from nisba_service.gazetteer.schema import NameRecord, Record, RelationRecord
from nisba_service.gazetteer.store.model import Delete, Edit, Merge, Note, Put, Revision
from nisba_service.gazetteer.store.store import Store
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script

# How a name is written by somebody who did not look it up. Only the first that changes it is used.
_LATIN = (
    *(("al-", "el-"), ("Al-", "El-"), ("Abu ", "Abou "), ("ou", "u"), ("ee", "i"), ("kh", "ch")),
    *(("sh", "ch"), ("q", "k"), ("j", "dj"), ("th", "t"), ("y", "i"), ("a", "e"), ("i", "y")),
)
_ARABIC = (
    *(("ظ", "ض"), ("ط", "ت"), ("ق", "غ"), ("ث", "ت"), ("ذ", "د"), ("ص", "س"), ("ض", "د")),
    *(("ج", "غ"), ("ح", "ه"), ("ك", "ق"), ("ي", ""), ("و", ""), ("ا", "")),
)
_INITIALS = "ABDFGHIJKMNRSTWYZ"


class Curator:
    """Makes edits in a store. Equal seeds and equal stores give equal edits."""

    def __init__(self, store: Store, seed: object) -> None:
        self._store = store
        self._random = Random(f"{seed}:edits")

    def add_aliases(self, count: int, among: Container[str] | None = None) -> Revision:
        """Give one more spelling to each of some entities, every one as likely as any other.

        Args:
            among: the IDs of those that may be chosen; None: all may.
        """
        records = [r for r in self._records() if among is None or r.id in among]
        chosen = self._random.sample(records, count)
        return self._commit([Put(self.with_alias(record)) for record in chosen])

    def with_alias(self, record: Record) -> Record:
        """Return a record with one more spelling, which it had not before."""
        known = {name.name for name in record.names}
        alias = next(alias for alias in self._spellings(record) if alias not in known)
        return record.model_copy(update={"names": [*record.names, NameRecord(name=alias)]})

    def number(self) -> Revision:
        """Note what another system calls an entity: an edit that no link depends on."""
        record = self._random.choice(self._records())
        other_ids = {**(record.other_ids or {}), "bench": "1"}
        return self._commit([Put(record.model_copy(update={"other_ids": other_ids}))])

    def merge(self) -> Revision:
        """Make one person of two."""
        target, source = self._random.sample(self._records(EntityType.PERSON), 2)
        return self._commit([Merge((source.id,), target.id)])

    def describe(self) -> Revision:
        """Say something else of a person, with an office in it."""
        record = self._random.choice(self._records(EntityType.PERSON))
        described = record.model_copy(update={"description": "Minister of Justice of Lebanon"})
        return self._commit([Put(described)])

    def relate(self) -> Revision:
        """Make a person a member of an organisation."""
        record = self._random.choice(self._records(EntityType.PERSON))
        body = self._random.choice(self._records(EntityType.ORGANIZATION))
        relation = RelationRecord(rel="adviser_of", target=body.id)
        relations = [*(record.relations or ()), relation]
        related = record.model_copy(update={"relations": relations})
        return self._commit([Put(related)])

    def delete(self) -> Revision:
        """Take a person out."""
        record = self._random.choice(self._records(EntityType.PERSON))
        return self._commit([Delete(record.id, cascade=True)])

    def _records(self, type: EntityType | None = None) -> list[Record]:
        stored = (stored.record for stored in self._store.records())
        return [r for r in stored if r is not None and type in (None, r.type)]

    def _commit(self, edits: Sequence[Edit]) -> Revision:
        return self._store.commit(edits, Note("bench", "an edit to measure"))

    def _spellings(self, record: Record) -> Iterator[str]:
        """Yield names that might be written for an entity's own, likely ones first, without end."""
        names = [name.name for name in record.names]
        name = self._random.choice(names)
        yield from _respelled(name)
        words = name.split(" ")
        if len(words) > 2 and record.type is EntityType.PERSON:
            yield f"{words[0]} {words[-1]}"
        while True:
            initial = self._random.choice(_INITIALS)
            yield f"{words[0]} {initial}. {' '.join(words[1:]) or words[0]}"


def _respelled(name: str) -> Iterator[str]:
    rules = _ARABIC if script_of(name) is Script.ARABIC else _LATIN
    head, tail = name[:1], name[1:]
    for old, new in rules:
        if old in tail:
            yield f"{head}{tail.replace(old, new, 1)}"
