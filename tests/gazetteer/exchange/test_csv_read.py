"""Tables in."""

from __future__ import annotations

import io

import pytest

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.csv_columns import parse_map
from nisba_service.gazetteer.exchange.csv_read import TableForm, read_csv
from nisba_service.gazetteer.exchange.drafts import Item, Tally
from nisba_service.gazetteer.schema import NameRecord, RedirectRecord
from nisba_service.names.types import EntityType
from tests.gazetteer.exchange.conftest import gathered, records, rejects

FORM = TableForm(
    columns=parse_map(["id=Code,name_en=Name,name_ar=الاسم", "alias=Also known as"]),
    type=EntityType.PERSON,
    separator=";",
)


def read(tally: Tally, text: str | bytes, form: TableForm = FORM) -> list[Item]:
    content = text if isinstance(text, bytes) else text.encode()
    return list(read_csv("a.csv", io.BytesIO(content), form, tally))


def test_columns_as_the_map_names_them(tally: Tally) -> None:
    table = (
        "Code,Name,الاسم,Also known as,Born\n"
        'per:arouri,Saleh al-Arouri,صالح العاروري,"Aruri; العاروري;",1966\n'
        "\n"
    )
    (record,) = records(read(tally, table))

    assert (record.id, record.type) == ("per:arouri", EntityType.PERSON)
    assert record.names == [
        NameRecord(name="Saleh al-Arouri", kind="primary"),
        NameRecord(name="صالح العاروري", kind="primary"),
        NameRecord(name="Aruri"),
        NameRecord(name="العاروري"),
    ]
    assert tally.left_out == {"column Born": 1}


def test_a_table_in_our_own_words_needs_no_map(tally: Tally) -> None:
    table = (
        "id\ttype\tname_ar\tshort\tother_ids\tother_ids:osm\trelations\tnot_names\tmerged_into\n"
        "loc:gaza\tlocation\tقطاع غزة\tغزة|Gaza\tgeonames=281133\t7\tpart_of=loc:ps\tGaza City\t\n"
        "loc:ps\tLOCATION\tفلسطين\t\t\t\t\t\t\n"
        "loc:ghazza\t\t\t\t\t\t\t\tloc:gaza\n"
    )
    (gaza, palestine), old_ids = gathered(read(tally, table, TableForm()))

    assert gaza.other_ids == {"geonames": "281133", "osm": "7"}
    assert [(r.rel, r.target) for r in gaza.relations or ()] == [("part_of", "loc:ps")]
    assert gaza.not_names == ["Gaza City"]
    assert [name.kind for name in gaza.names] == ["primary", "short", "short"]
    assert palestine.id == "loc:ps"
    assert old_ids == [RedirectRecord(id="loc:ghazza", merged_into="loc:gaza")]


def test_relations_of_one_kind_in_a_column(tally: Tally) -> None:
    form = TableForm(parse_map(["id=ID,name=Name,relations:member_of=Party"]), type=FORM.type)
    table = "ID;Name;Party\na;عرفات;b\nb;فتح;\n"
    (first, _), _ = gathered(read(tally, table, form))

    assert [(r.rel, r.target) for r in first.relations or ()] == [("member_of", "b")]


def test_a_name_without_letters_has_the_language_of_its_column(tally: Tally) -> None:
    (record,) = records(read(tally, "Code,Name,الاسم,Also known as\na,8200,,\n"))
    assert [name.model_dump(exclude_none=True) for name in record.names] == [
        {"name": "8200", "lang": "en", "kind": "primary"}
    ]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_cell_of_several_lines_and_a_byte_order_mark(tally: Tally, mark: bytes) -> None:
    table = 'id,name,notes\r\na,حماس,"one\ntwo"\r\nb/,فتح,\r\n'.encode()
    items = read(tally, mark + table, TableForm(type=EntityType.ORGANIZATION))

    assert [record.notes for record in records(items)] == ["one\ntwo"]
    assert [line.split(": must")[0] for line in rejects(items)] == ["a.csv:4: b/: id"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("per:a,,,", "has no name in Latin or Arabic letters"),
        ("per:a,Хамас,,", "has no name in Latin or Arabic letters"),
        (
            ",Arafat,,",
            'id: must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -, not ""',
        ),
        ("per:a,Abbas,عباس,,,", "has 6 cells, and the header 4"),
        ("per:a," + "x" * 1_000_001 + ",,", "not valid CSV: field larger than field limit"),
        (b"per:a,\xe3\xdb\xda\xe1,,", "is not valid UTF-8: save the table as UTF-8"),
    ],
)
def test_a_bad_row_does_not_spoil_the_next(tally: Tally, row: str | bytes, reason: str) -> None:
    bad = row if isinstance(row, bytes) else row.encode()
    table = "Code,Name,الاسم,Also known as\n".encode() + bad + "\nb,,عرفات,\n".encode()
    items = read(tally, table)

    (line,) = rejects(items)
    assert line.startswith(f"a.csv:2: {reason}")
    assert [record.id for record in records(items)] == ["b"]


def test_a_type_is_needed(tally: Tally) -> None:
    items = read(tally, "id,name\na,غزة\n", TableForm())
    assert rejects(items) == ['a.csv:2: a: type: must be PERSON, ORGANIZATION or LOCATION, not ""']


@pytest.mark.parametrize(
    ("table", "form", "message"),
    [
        ("Code,Name\n", FORM, 'there is no column "الاسم"; its columns are Code, Name'),
        ("Code,Name\n", TableForm(), "no column is named as ours"),
        ("", TableForm(), "its columns are none"),
        ("name\n", TableForm(), "no column is the id"),
    ],
)
def test_a_table_that_the_map_does_not_fit(
    tally: Tally, table: str, form: TableForm, message: str
) -> None:
    with pytest.raises(ExchangeError, match=message):
        read(tally, table, form)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name_en", 'name_en" must be TARGET=COLUMN, for example name_ar=الاسم'),
        ("nam_ar=الاسم", 'nam_ar" is not known; did you mean name_ar?'),
        ("birthday=Born", 'birthday" is not known; it must be one of id, type,'),
        ("name_he=Name", 'name_he" is not known; did you mean'),
    ],
)
def test_a_map_that_makes_no_sense(text: str, message: str) -> None:
    with pytest.raises(ExchangeError, match=message.replace("?", r"\?")):
        parse_map([text])


def test_a_column_whose_name_holds_a_comma() -> None:
    (column,) = parse_map(['"name_ar=الاسم، الكنية, اللقب"'])
    assert column.header == "الاسم، الكنية, اللقب"
