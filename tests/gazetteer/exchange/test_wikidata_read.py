"""Items of Wikidata in."""

from __future__ import annotations

import json

import pytest

from nisba_service.gazetteer.exchange.drafts import Item, Tally
from nisba_service.gazetteer.exchange.wikidata_read import read_wikidata
from nisba_service.gazetteer.exchange.wikidata_tables import CLASSES
from nisba_service.gazetteer.schema import Record
from nisba_service.names.types import EntityType
from tests.gazetteer.exchange.conftest import gathered, numbered, records, rejects

HUMAN, PARTY, CITY = "Q5", "Q7278", "Q515"


def item_value(target: str) -> dict[str, object]:
    return {"entity-type": "item", "id": target}


def statement(value: object, rank: str = "normal") -> dict[str, object]:
    return {"rank": rank, "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}


def unknown_value() -> dict[str, object]:
    return {"rank": "normal", "mainsnak": {"snaktype": "somevalue"}}


def item(
    qid: str,
    instance_of: str | None,
    labels: dict[str, str],
    aliases: dict[str, list[str]] | None = None,
    **claims: list[dict[str, object]],
) -> str:
    kind = {"P31": [statement(item_value(instance_of))]} if instance_of else {}
    content = {
        "type": "item",
        "id": qid,
        "labels": {code: {"language": code, "value": text} for code, text in labels.items()},
        "aliases": {
            code: [{"language": code, "value": text} for text in texts]
            for code, texts in (aliases or {}).items()
        },
        "descriptions": {"ar": {"language": "ar", "value": "سياسي فلسطيني"}},
        "claims": kind | claims,
    }
    return json.dumps(content, ensure_ascii=False)


ARAFAT = item("Q34211", HUMAN, {"en": "Yasser Arafat", "ar": "ياسر عرفات", "ru": "Ясир Арафат"})


def read(tally: Tally, *lines: str) -> list[Item]:
    return list(read_wikidata("a.json", numbered(*lines), CLASSES, tally))


def one(tally: Tally, *lines: str) -> Record:
    (record,) = records(read(tally, *lines))
    return record


def test_an_item(tally: Tally) -> None:
    record = one(tally, ARAFAT)

    assert (record.id, record.type, record.wikidata) == ("Q34211", EntityType.PERSON, "Q34211")
    assert record.description == "سياسي فلسطيني"
    assert [(name.name, name.kind) for name in record.names] == [
        ("Yasser Arafat", "primary"),
        ("ياسر عرفات", "primary"),
    ]


def test_the_lines_of_a_dump(tally: Tally) -> None:
    gaza = item("Q47492", CITY, {"ar": "غزة"})
    read_records = records(read(tally, "[", f"{ARAFAT},", gaza, "]"))

    assert [record.id for record in read_records] == ["Q34211", "Q47492"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_of_entity_data(tally: Tally, indent: int | None) -> None:
    document = json.dumps({"entities": {"Q34211": json.loads(ARAFAT)}}, indent=indent)

    assert one(tally, *document.splitlines()).id == "Q34211"


def test_aliases_and_acronyms(tally: Tally) -> None:
    aliases = {"en": ["PLO", "Palestine Liberation Org."], "ar": ["م.ت.ف."]}
    record = one(tally, item("Q131", "Q7278", {"en": "Palestine Liberation Organization"}, aliases))
    assert [(name.name, name.kind) for name in record.names[1:]] == [
        ("PLO", "acronym"),
        ("Palestine Liberation Org.", None),
        ("م.ت.ف.", None),
    ]


def test_a_label_for_all_languages_is_read_where_english_has_none(tally: Tally) -> None:
    record = one(tally, item("Q1", HUMAN, {"mul": "Ismail Haniyeh", "ar": "إسماعيل هنية"}))
    assert [name.name for name in record.names] == ["Ismail Haniyeh", "إسماعيل هنية"]

    record = one(tally, item("Q1", HUMAN, {"mul": "Ismail Haniya", "en": "Ismail Haniyeh"}))
    assert [(name.name, name.kind) for name in record.names] == [
        ("Ismail Haniyeh", "primary"),
        ("Ismail Haniya", None),
    ]


def test_relations_in_both_directions_and_identifiers(tally: Tally) -> None:
    fatah = item("Q79", PARTY, {"ar": "فتح"}, P488=[statement(item_value("Q34211"))])
    arafat = item(
        "Q34211",
        HUMAN,
        {"ar": "ياسر عرفات"},
        P102=[statement(item_value("Q79")), unknown_value()],
        P463=[statement(item_value("Q404"), "deprecated")],
        P214=[statement("111"), statement("222", "preferred")],
        P569=[statement("1929")],
    )
    entities, _ = gathered(read(tally, arafat, fatah), tally)

    assert [(e.id, r.rel, r.target) for e in entities for r in e.relations or ()] == [
        ("Q34211", "member_of", "Q79"),
        ("Q34211", "leader_of", "Q79"),
    ]
    assert entities[0].other_ids == {"viaf": "222"}
    assert +tally.left_out == {"P569": 1}


def test_what_is_passed_over(tally: Tally) -> None:
    lines = [
        item("Q11424", "Q11424", {"en": "a film"}),
        item("Q1", None, {"en": "something"}),
        '{"type": "property", "id": "P31"}',
    ]
    assert read(tally, *lines) == []
    assert tally.passed_over == {
        "instances of Q11424": 1,
        "items that are instances of nothing": 1,
        "property": 1,
    }


def test_the_preferred_class_decides_among_those_known(tally: Tally) -> None:
    kinds = [statement(item_value("Q0")), statement(item_value(CITY), "preferred")]
    text = json.dumps(json.loads(ARAFAT) | {"claims": {"P31": kinds}})
    assert one(tally, text).type is EntityType.LOCATION

    extra = CLASSES | {"Q99": EntityType.ORGANIZATION}
    items = read_wikidata("a", numbered(item("Q1", "Q99", {"ar": "حماس"})), extra, tally)
    assert [record.type for record in records(items)] == [EntityType.ORGANIZATION]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": ', "not valid JSON: EOF while parsing a value at line 1 column 7"),
        ("7", "must be a JSON object"),
        (item("Q7", HUMAN, {"ru": "Ясир Арафат"}), "Q7: has no English or Arabic name"),
        (
            item("L7 ", HUMAN, {"ar": "عرفات"}),
            'L7 : id: must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -, not "L7 "; '
            "L7 : wikidata: must be a Wikidata item: Q and a number without leading zeros, for "
            'example Q34211, not "L7 "',
        ),
    ],
)
def test_rejects(tally: Tally, line: str, reason: str) -> None:
    assert rejects(read(tally, ARAFAT, line)) == [f"a.json:2: {reason}"]
