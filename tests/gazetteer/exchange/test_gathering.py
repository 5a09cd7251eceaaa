"""Entities, relations and old IDs, brought together."""

from __future__ import annotations

from nisba_service.gazetteer.exchange.drafts import Draft, Edge, Reject, Tally
from nisba_service.gazetteer.exchange.gathering import Gathering
from nisba_service.gazetteer.schema import NameRecord, Record, RedirectRecord, RelationRecord
from nisba_service.gazetteer.source import Place
from nisba_service.names.types import EntityType

NAME = NameRecord(name="غزة")


def draft(entity_id: str, line: int = 1) -> Draft:
    record = Record(id=entity_id, type=EntityType.LOCATION, names=[NAME])
    return Draft(Place("a.jsonl", line), record)


def test_entities_come_back_in_order_of_id(tally: Tally) -> None:
    with Gathering(tally, lambda _: False) as gathering:
        for entity_id in ("loc:b", "loc:C", "loc:a"):
            gathering.add(draft(entity_id))

        assert [record.id for record in gathering.records()] == ["loc:C", "loc:a", "loc:b"]
        assert len(gathering) == 3


def test_an_id_that_is_used_twice_is_a_reject(tally: Tally) -> None:
    with Gathering(tally, lambda _: False) as gathering:
        gathering.add(draft("loc:gaza", 3))
        again = gathering.add(draft("loc:gaza", 9))

        assert isinstance(again, Reject)
        assert str(again) == "a.jsonl:9: loc:gaza: id: is used twice; first at a.jsonl:3"
        assert '"غزة"' in again.row
        assert len(gathering) == 1


def test_relations_keep_their_order_and_lose_their_doubles(tally: Tally) -> None:
    with Gathering(tally, lambda entity_id: entity_id == "loc:in-store") as gathering:
        for rel, target in [("near", "b"), ("part_of", "loc:in-store"), ("near", "b")]:
            gathering.add(Edge("a", rel, target))
        for entity_id in "abc":
            gathering.add(draft(entity_id))
        first, *others = gathering.records()

        assert first.relations == [
            RelationRecord(rel="near", target="b"),
            RelationRecord(rel="part_of", target="loc:in-store"),
        ]
        assert [record.relations for record in others] == [None, None]


def test_relations_that_lead_nowhere_are_counted(tally: Tally) -> None:
    with Gathering(tally, lambda entity_id: entity_id != "x") as gathering:
        gathering.add(draft("a"))
        for edge in (
            Edge("a", "near", "x"),
            Edge("a", "near", "غزة"),
            Edge("x", "near", "a"),
            Edge("x", "near", "y"),
        ):
            gathering.add(edge)

        assert [record.relations for record in gathering.records()] == [None]
        assert tally.left_out == {
            "relations to entities that are not here": 2,
            "relations of entities that are not here": 2,
        }


def test_old_ids_that_may_redirect(tally: Tally) -> None:
    with Gathering(tally, lambda entity_id: entity_id == "in-store") as gathering:
        gathering.add(draft("a"))
        gathering.add(draft("b"))
        for old, target in [("old", "a"), ("b", "a"), ("older", "x"), ("oldest", "in-store")]:
            gathering.add(RedirectRecord(id=old, merged_into=target))

        assert [(r.id, r.merged_into) for r in gathering.old_ids()] == [
            ("old", "a"),
            ("oldest", "in-store"),
        ]
        assert tally.left_out == {
            "old IDs that are still in use": 1,
            "old IDs of entities that are not here": 1,
        }
