"""The gazetteer of the benchmark: the bundled one, and the invented entities that curators know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.archive.cast import Cast
from bench.archive.players import Player
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.schema import NameRecord, Record, RelationRecord, parse
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.store import Store
from nisba_service.settings import bundled

# What curators know of an invented entity is less than what articles write.
_SECOND_SPELLING, _ARABIC, _SHORT = 0.5, 0.9, 0.05


def records(cast: Cast, seed: int) -> Iterator[Record]:
    """Yield the records of all entities of a cast that are known."""
    for source in read_records(bundled("seeds", "gazetteer")):
        record = parse(source) if isinstance(source, SourceRecord) else None
        if isinstance(record, Record) and record.id in cast.by_id:
            yield record
    random = Random(f"{seed}:records")
    for player in sorted(cast.players, key=lambda player: player.id):
        if player.is_known and player.is_invented:
            yield _record(player, cast, random)


def line(record: Record) -> str:
    """Return a record as a line of JSON."""
    return f"{record.model_dump_json(exclude_none=True)}\n"


def _record(player: Player, cast: Cast, random: Random) -> Record:
    is_member = player.body is not None and cast.by_id[player.body].is_known
    return Record.model_validate(
        {
            "id": player.id,
            "type": player.type,
            "names": list(_names(player, random)),
            "relations": [RelationRecord(rel="member_of", target=player.body or "")]
            if is_member
            else None,
        }
    )


def _names(player: Player, random: Random) -> Iterator[NameRecord]:
    english, arabic = player.english, player.arabic
    yield NameRecord(name=english.full[0], kind="primary")
    if len(english.full) > 1 and random.random() < _SECOND_SPELLING:
        yield NameRecord(name=english.full[1])
    if english.acronym:
        yield NameRecord(name=english.acronym, kind="acronym")
    if random.random() < _ARABIC:
        yield NameRecord(name=arabic.full[0], kind="primary")
    for kunya in (*english.kunyas, *arabic.kunyas):
        yield NameRecord(name=kunya, kind="kunya")
    if english.short and random.random() < _SHORT:
        yield NameRecord(name=english.short[0], kind="short")


def new_store(path: Path, cast: Cast, seed: int) -> Store:
    """Make a store whose first revision is the gazetteer of a cast; the caller closes it."""
    store = open_store(path)
    store.commit(
        [Put(record) for record in records(cast, seed)], Note("bench", "all that is known")
    )
    return store


def open_store(path: Path) -> Store:
    """Open a store in a file."""
    return Store.open(StoreUrl(Database.SQLITE, str(path)))
