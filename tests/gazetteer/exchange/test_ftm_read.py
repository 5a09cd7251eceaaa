"""FollowTheMoney in."""

from __future__ import annotations

import json

import pytest

from nisba_service.gazetteer.exchange.drafts import Item, Tally
from nisba_service.gazetteer.exchange.ftm_read import ENDS_LIMIT, read_ftm
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.names.types import EntityType
from tests.gazetteer.exchange.conftest import gathered, numbered, records, rejects


def row(id: str, schema: str, caption: str = "", **properties: object) -> str:
    return json.dumps(
        {"id": id, "schema": schema, "caption": caption, "properties": properties},
        ensure_ascii=False,
    )


def read(tally: Tally, *rows: str) -> list[Item]:
    return list(read_ftm("a.json", numbered(*rows), tally))


def one(tally: Tally, *rows: str) -> Record:
    (record,) = records(read(tally, *rows))
    return record


HAMAS = row("NK-hamas", "Organization", name=["Hamas", "حماس"])


def test_names_by_property_and_script(tally: Tally) -> None:
    record = one(
        tally,
        row(
            "NK-unrwa",
            "PublicBody",
            name=["UN Relief and Works Agency", "الأونروا", "БАПОР"],
            alias=["وكالة غوث وتشغيل اللاجئين"],
            abbreviation=["UNRWA"],
            previousName=["UNRPR"],
            weakAlias=["الوكالة"],
        ),
    )
    assert (record.id, record.type) == ("NK-unrwa", EntityType.ORGANIZATION)
    assert [name.model_dump(exclude_none=True) for name in record.names] == [
        {"name": "UN Relief and Works Agency", "kind": "primary"},
        {"name": "الأونروا", "kind": "primary"},
        {"name": "وكالة غوث وتشغيل اللاجئين"},
        {"name": "UNRWA", "kind": "acronym"},
        {"name": "UNRPR", "kind": "former"},
        {"name": "الوكالة", "use": "never-alone"},
    ]
    assert tally.left_out["names in a third script"] == 1


def test_the_caption_is_the_primary_name_of_its_script(tally: Tally) -> None:
    names = ["AL-ARURI SALAH", "Saleh al-Arouri", "صالح العاروري"]
    record = one(tally, row("NK-1", "Person", caption="Saleh al-Arouri", name=names))

    assert [(name.name, name.kind) for name in record.names] == [
        ("Saleh al-Arouri", "primary"),
        ("AL-ARURI SALAH", None),
        ("صالح العاروري", "primary"),
    ]


@pytest.mark.parametrize(
    ("schema", "type"),
    [
        ("Person", EntityType.PERSON),
        ("Organization", EntityType.ORGANIZATION),
        ("Company", EntityType.ORGANIZATION),
        ("LegalEntity", EntityType.ORGANIZATION),
        ("PublicBody", EntityType.ORGANIZATION),
        ("Territory", EntityType.LOCATION),
    ],
)
def test_schemata_that_are_linked(tally: Tally, schema: str, type: EntityType) -> None:
    assert one(tally, row("NK-1", schema, name=["غزة"])).type is type


@pytest.mark.parametrize("schema", ["Vessel", "Address", "Sanction", "Security", "Position"])
def test_schemata_that_are_passed_over(tally: Tally, schema: str) -> None:
    assert read(tally, row("NK-1", schema, name=["Gaza"])) == []
    assert tally.passed_over == {schema: 1}


def test_what_else_the_model_keeps(tally: Tally) -> None:
    record = one(
        tally,
        row(
            "NK-bank",
            "Company",
            name=["بنك فلسطين"],
            wikidataId=["Q4855735"],
            summary=["مصرف في رام الله"],
            description=["A bank."],
            notes=["line one", "line two"],
            swiftBic=["PALSPS22"],
            registrationNumber=["1", "2"],
            country=["ps"],
        ),
    )
    assert (record.wikidata, record.description) == ("Q4855735", "مصرف في رام الله")
    assert record.notes == "line one\nline two"
    assert record.other_ids == {"registrationNumber": "1", "swiftBic": "PALSPS22"}
    assert +tally.left_out == {
        "country": 1,
        "description: more than one": 1,
        "registrationNumber: more than one": 1,
    }


def test_an_id_that_is_an_item_of_wikidata(tally: Tally) -> None:
    assert one(tally, row("Q34211", "Person", name=["Yasser Arafat"])).wikidata == "Q34211"
    assert one(tally, row("q34211", "Person", name=["ياسر عرفات"])).wikidata is None


def test_relations_stand_before_or_after_what_they_join(tally: Tally) -> None:
    items = read(
        tally,
        row("r1", "Membership", member=["NK-arouri"], organization=["NK-hamas"], role=["Deputy"]),
        row("NK-arouri", "Person", name=["صالح العاروري"]),
        HAMAS,
        row("r2", "UnknownLink", subject=["NK-hamas"], object=["NK-arouri"], role=["led_by"]),
        row("r3", "UnknownLink", subject=["NK-hamas"], object=["NK-arouri"], role=["Leader of"]),
        row("r4", "Ownership", owner=["NK-hamas"], asset=["NK-ship"]),
    )
    entities, _ = gathered(items, tally)

    assert {
        record.id: [(r.rel, r.target) for r in record.relations or ()] for record in entities
    } == {
        "NK-arouri": [("member_of", "NK-hamas")],
        "NK-hamas": [("led_by", "NK-arouri"), ("linked_to", "NK-arouri")],
    }
    assert +tally.left_out == {
        "role of Membership": 1,
        "role of UnknownLink": 1,
        "relations to entities that are not here": 1,
    }


def test_properties_that_are_relations(tally: Tally) -> None:
    items = read(
        tally,
        row("gaza", "Territory", name=["غزة"], partOf=["ps"]),
        row("ps", "Territory", name=["Palestine"]),
        row("sub", "Company", name=["Jawwal"], parent=["paltel"]),
        row("paltel", "Company", name=["بالتل"]),
    )
    entities, _ = gathered(items)

    assert [(e.id, r.rel, r.target) for e in entities for r in e.relations or ()] == [
        ("gaza", "part_of", "ps"),
        ("sub", "subsidiary_of", "paltel"),
    ]


def test_referents_are_old_ids(tally: Tally) -> None:
    line = json.loads(HAMAS) | {"referents": ["ofac-4695", "NK-hamas", "not an ID"]}

    assert gathered(read(tally, json.dumps(line)))[1] == [
        RedirectRecord(id="ofac-4695", merged_into="NK-hamas")
    ]


def test_what_is_rejected_brings_no_relations_and_no_old_ids(tally: Tally) -> None:
    line = {**json.loads(row("a/b", "Territory", name=["غزة"], partOf=["ps"])), "referents": ["c"]}
    items = read(tally, json.dumps(line))
    assert len(items) == len(rejects(items)) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not valid JSON: EOF while parsing an object at line 1 column 1"),
        ("[]", "must be a JSON object"),
        ('{"id": "NK-1"}', "schema: is required, as text"),
        ('{"id": 7, "schema": "Person"}', "id: is required, as text"),
        ('{"id": "a", "schema": "Person", "properties": []}', "properties: must be an object"),
        (row("NK-1", "Person", name=["Хамас"]), "NK-1: has no name in Latin or Arabic letters"),
        (row("NK-1", "Person"), "NK-1: has no name in Latin or Arabic letters"),
        (
            row("a/b", "Person", name=["حماس"]),
            'a/b: id: must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -, not "a/b"',
        ),
        (row("r", "Membership", member=["a"]), "r: must have member and organization"),
        (
            row("r", "Family", person=["a"] * ENDS_LIMIT, relative=["b", "c"]),
            f"r: joins more than {ENDS_LIMIT} pairs",
        ),
    ],
)
def test_rejects(tally: Tally, line: str, reason: str) -> None:
    assert rejects(read(tally, HAMAS, line)) == [f"a.json:2: {reason}"]
