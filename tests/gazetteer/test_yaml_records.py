"""YAML as curators write it: lines, scalars, and what is not read."""

from __future__ import annotations

from nisba_service.errors import Problem
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.yaml_records import read_yaml


def read(text: str) -> list[SourceRecord | Problem]:
    return list(read_yaml("a.yaml", text))


def contents(text: str) -> list[object]:
    return [item.content for item in read(text) if isinstance(item, SourceRecord)]


def problems(text: str) -> list[str]:
    return [str(item) for item in read(text) if isinstance(item, Problem)]


def test_every_scalar_is_text() -> None:
    text = "- {name: No, id: 007, date: 2024-01-02, on: yes, اسم: لا}\n"

    assert contents(text) == [
        {"name": "No", "id": "007", "date": "2024-01-02", "on": "yes", "اسم": "لا"}
    ]


def test_null_is_absent_unless_it_is_quoted() -> None:
    assert contents('- {a: ~, b: null, c: , d: "null", e: "~", f: ""}\n') == [
        {"a": None, "b": None, "c": None, "d": "null", "e": "~", "f": ""}
    ]


def test_lines_of_keys_and_items() -> None:
    [record] = read("# أسماء\n\n- id: a\n  names:\n  - name: Gaza\n  - name: غزة\n    lang: ar\n")

    assert isinstance(record, SourceRecord)
    assert record.place.line == 3
    assert record.line_of(("names",)) == 4
    assert record.line_of(("names", 0)) == 5
    assert record.line_of(("names", 1, "lang")) == 7
    assert record.line_of(("names", 1, "kind")) == 6
    assert record.line_of(("names", 9, "name")) == 4
    assert record.line_of(("type",)) == 3


def test_a_file_that_is_no_list() -> None:
    message = "must be a list of records, each beginning with '- id: …'"

    assert problems("") == [f"a.yaml:1: {message}"]
    assert problems("# فارغ\n") == [f"a.yaml:1: {message}"]
    assert problems("\nentities:\n- id: a\n") == [f"a.yaml:2: {message}"]
    assert problems("حماس\n") == [f"a.yaml:1: {message}"]


def test_a_syntax_error_keeps_the_records_before_it() -> None:
    text = "- id: a\n- id: b\n  names: [{name: غزة}\n- id: c\n"

    assert contents(text) == [{"id": "a"}]
    assert problems(text) == [
        "a.yaml:4: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'"
    ]


def test_a_control_character() -> None:
    assert problems("- id: a\n- id: \x07\n") == [
        "a.yaml:2: not valid YAML: control characters are not allowed"
    ]


def test_a_key_twice() -> None:
    text = "- id: a\n  names: []\n  names: [غزة]\n- id: b\n"

    assert problems(text) == ['a.yaml:3: the key "names" is used twice; first on line 2']
    assert len(contents(text)) == 2


def test_a_key_that_is_no_text() -> None:
    assert problems("- ? [a]\n  : b\n") == ["a.yaml:1: a key must be text"]


def test_aliases_are_not_read() -> None:
    assert problems("- &one {id: a}\n- *one\n") == [
        "a.yaml:2: aliases (*one) are not read: repeat it"
    ]


def test_deep_nesting_ends_early() -> None:
    assert problems("- id: a\n- " + "[" * 20 + "\n") == ["a.yaml:2: nested deeper than 8 levels"]


def test_nesting_that_the_parser_may_refuse_first() -> None:
    (problem,) = problems("- id: a\n- " + "[" * 10_000 + "\n")

    assert problem.startswith("a.yaml:2: ")
    assert "nest" in problem


def test_a_second_document() -> None:
    assert problems("- id: a\n---\n- id: b\n") == [
        "a.yaml:2: must be one list of records: remove the second '---'"
    ]
