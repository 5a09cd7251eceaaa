"""What goes out comes back: all that the model knows, or it is counted as left out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from hypothesis import given

from nisba_service.gazetteer.exchange.csv_read import TableForm, read_csv
from nisba_service.gazetteer.exchange.csv_write import write_csv
from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.exchange.ftm_read import read_ftm
from nisba_service.gazetteer.exchange.ftm_write import write_ftm
from nisba_service.gazetteer.exchange.own_read import read_jsonl
from nisba_service.gazetteer.model import Entity
from nisba_service.gazetteer.rules import names_of, to_entity
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.version import ContentHash
from tests.gazetteer.exchange.conftest import gathered, numbered
from tests.gazetteer.exchange.examples import gazetteers, patient

Records = list[Record | RedirectRecord]


def split(records: Iterable[Record | RedirectRecord]) -> tuple[list[Record], list[RedirectRecord]]:
    every = list(records)
    return (
        [one for one in every if isinstance(one, Record)],
        [one for one in every if isinstance(one, RedirectRecord)],
    )


def version(entities: Sequence[Record], old_ids: Sequence[RedirectRecord]) -> str:
    """Return the name of all that the model knows of these records."""
    made = [to_entity(record, names_of(record)) for record in entities]
    return ContentHash.of(made, {old.id: old.merged_into for old in old_ids}).version


def as_ftm(
    entities: Sequence[Record], old_ids: Sequence[RedirectRecord], tally: Tally
) -> list[str]:
    def of(entity_id: str) -> list[str]:
        return [old.id for old in old_ids if old.merged_into == entity_id]

    return list(write_ftm(entities, of, tally))


@patient
@given(records=gazetteers())
def test_json_lines(records: Records) -> None:
    lines = [record.model_dump_json(exclude_none=True) for record in records]
    entities, old_ids = gathered(read_jsonl("a", numbered(*lines)))

    assert (entities, old_ids) == split(records)


@patient
@given(records=gazetteers())
def test_a_second_journey_through_ftm_changes_nothing(records: Records) -> None:
    first = gathered(read_ftm("a", numbered(*as_ftm(*split(records), Tally())), Tally()))
    tally = Tally()
    second = gathered(read_ftm("a", numbered(*as_ftm(*first, tally)), tally))

    assert not +tally.left_out
    assert version(*second) == version(*first)


@patient
@given(records=gazetteers())
def test_ftm_counts_what_it_loses(records: Records) -> None:
    tally = Tally()
    entities, old_ids = split(records)
    back = gathered(read_ftm("a", numbered(*as_ftm(entities, old_ids, tally)), Tally()))

    assert [record.id for record in back[0]] == [record.id for record in entities]
    if not +tally.left_out:
        assert [entity(r) for r in back[0]] == [entity(r) for r in entities]
        assert back[1] == old_ids


def entity(record: Record) -> Entity:
    """Return an entity in which the order of names and relations says nothing."""
    made = to_entity(record, names_of(record))
    return Entity(
        id=made.id,
        type=made.type,
        names=tuple(sorted(made.names, key=str)),
        description=made.description,
        wikidata_id=made.wikidata_id,
        other_ids=MappingProxyType(dict(sorted(made.other_ids.items()))),
        relations=tuple(sorted(set(made.relations), key=str)),
    )


@patient
@given(records=gazetteers())
def test_a_table_comes_back_but_for_what_is_counted(records: Records) -> None:
    tally = Tally()
    lines = "\r\n".join(write_csv(records, tally))
    back, old_ids = gathered(read_csv("a", io.BytesIO(lines.encode()), TableForm(), Tally()))

    assert [record.id for record in back] == [record.id for record in split(records)[0]]
    assert old_ids == split(records)[1]
    if not +tally.left_out:
        assert [entity(record) for record in back] == list(map(entity, split(records)[0]))
