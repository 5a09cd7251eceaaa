"""The form of one record: each broken rule, its message and its line."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.gazetteer.conftest import Load, Problems


def record(**changes: str) -> str:
    """Return a sound record, one key a line, with some values replaced."""
    keys = {"id": "org:hamas", "type": "ORGANIZATION", "names": "[{name: Hamas}]"} | changes
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in keys.items()) + "\n"


def test_only_id_type_and_names_are_needed(load_yaml: Load) -> None:
    entity = load_yaml(record()).entities["org:hamas"]

    assert (entity.description, entity.wikidata_id, entity.relations) == ("", "", ())
    assert not entity.other_ids


@pytest.mark.parametrize("entity_id", ["a", "Q34211", "NK-abc.1_2:3", "x" * 128])
def test_an_id(load_yaml: Load, entity_id: str) -> None:
    assert list(load_yaml(record(id=entity_id)).entities) == [entity_id]


@pytest.mark.parametrize("entity_id", ["per saleh", "per:صالح", "a/b", "x" * 129])
def test_not_an_id(problems: Problems, entity_id: str) -> None:
    assert problems(record(id=entity_id)) == [
        f"a.yaml:1: {entity_id[:128]}: id: must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -, "
        f"not {json.dumps(entity_id, ensure_ascii=False)[:80]}"
    ]


@pytest.mark.parametrize("absent", ["", "~", "null"])
def test_an_id_is_required(problems: Problems, absent: str) -> None:
    assert problems(record(id=absent)) == ["a.yaml:1: id: must be text"]


def test_keys_that_are_missing(problems: Problems) -> None:
    assert problems("- description: حركة\n") == [
        "a.yaml:1: id: is required",
        "a.yaml:1: type: is required",
        "a.yaml:1: names: is required",
    ]


@pytest.mark.parametrize("type_", ["MISC", "person", "GPE"])
def test_not_a_type(problems: Problems, type_: str) -> None:
    assert problems(record(type=type_)) == [
        "a.yaml:2: org:hamas: type: must be PERSON, ORGANIZATION or LOCATION, " + f'not "{type_}"'
    ]


def test_an_entity_needs_a_name(problems: Problems) -> None:
    assert problems(record(names="[]")) == [
        "a.yaml:3: org:hamas: names: must hold at least one name"
    ]


@pytest.mark.parametrize("blank", ['""', '"  "', '"\\t"'])
def test_an_empty_name(problems: Problems, blank: str) -> None:
    assert problems(record(names=f"[{{name: Hamas}}, {{name: {blank}}}]")) == [
        "a.yaml:3: org:hamas: names[1].name: must not be empty"
    ]


@pytest.mark.parametrize("letter", ["h", "ح"])
def test_a_name_has_at_most_500_code_points(
    load_yaml: Load, problems: Problems, letter: str
) -> None:
    assert load_yaml(record(names=f"[{{name: {letter * 500}}}]")).name_count == 1
    assert problems(record(names=f"[{{name: {letter * 501}}}]")) == [
        "a.yaml:3: org:hamas: names[0].name: must have at most 500 characters"
    ]


def test_a_language(problems: Problems) -> None:
    assert problems(record(names="[{name: Hamás, lang: es}]")) == [
        'a.yaml:3: org:hamas: names[0].lang: must be en or ar, not "es"'
    ]


def test_a_kind(problems: Problems) -> None:
    text = """\
        - id: org:hamas
          type: ORGANIZATION
          names:
          - {name: Hamas, kind: primary}
          - {name: حماس, kind: primry}
        """
    assert problems(dedent(text)) == [
        "a.yaml:5: org:hamas: names[1].kind: must be primary, variant, acronym, kunya, short or "
        'former, not "primry"'
    ]


@pytest.mark.parametrize("qid", ["Q34211", "Q1"])
def test_a_wikidata_id(load_yaml: Load, qid: str) -> None:
    assert load_yaml(record(wikidata=qid)).entities["org:hamas"].wikidata_id == qid


@pytest.mark.parametrize("qid", ["34211", "q34211", "Q034", "Q", "L1", "http://wikidata.org/Q1"])
def test_not_a_wikidata_id(problems: Problems, qid: str) -> None:
    assert problems(record(wikidata=qid)) == [
        "a.yaml:4: org:hamas: wikidata: must be a Wikidata item: Q and a number without leading "
        f'zeros, for example Q34211, not "{qid}"'
    ]


def test_a_relation(problems: Problems) -> None:
    text = record(relations="[{rel: Part Of, target: الفصائل}]")

    assert problems(text) == [
        "a.yaml:4: org:hamas: relations[0].rel: must be lower-case letters and _, for example "
        'leader_of, not "Part Of"',
        "a.yaml:4: org:hamas: relations[0].target: must be an entity's ID: 1 to 128 of the "
        'characters A-Z a-z 0-9 . _ : -, not "الفصائل"',
    ]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("names", "Hamas", "names: must be a list"),
        ("names", "[Hamas]", "names[0]: must be a mapping of keys to values"),
        ("other_ids", "12", "other_ids: must be a mapping of keys to values"),
        ("description", "[حركة]", "description: must be text"),
        ("wikidata_confidence", "sure", 'wikidata_confidence: must be high, medium or low, not "'),
        ("in_seed_article", "maybe", 'in_seed_article: must be true or false, not "maybe"'),
    ],
)
def test_the_shape_of_a_value(problems: Problems, key: str, value: str, message: str) -> None:
    [problem] = problems(record(**{key: value}))

    assert f": org:hamas: {message}" in problem


@pytest.mark.parametrize(
    ("key", "nearest"),
    [("desciption", "description"), ("Names", "names"), ("relation", "relations")],
)
def test_an_unknown_key_and_the_nearest_known_one(
    problems: Problems, key: str, nearest: str
) -> None:
    assert problems(record(**{key: "x"})) == [
        f"a.yaml:4: org:hamas: {key}: unknown key; did you mean {nearest}?"
    ]


def test_an_unknown_key_like_no_other(problems: Problems) -> None:
    assert problems(record(الوصف="حركة")) == [
        "a.yaml:4: org:hamas: الوصف: unknown key; the keys are id, type, names, description, "
        "wikidata, wikidata_source, wikidata_confidence, other_ids, relations, not_names, notes, "
        "in_seed_article"
    ]


def test_an_unknown_key_of_a_name(problems: Problems) -> None:
    text = """\
        - id: org:hamas
          type: ORGANIZATION
          names:
          - name: Hamas
          - name: حماس
            language: ar
        """
    assert problems(dedent(text)) == [
        "a.yaml:6: org:hamas: names[1].language: unknown key; did you mean lang?"
    ]


def test_an_unknown_key_of_a_relation(problems: Problems) -> None:
    assert problems(record(relations="[{rel: part_of, target: a, since: 1987}]")) == [
        "a.yaml:4: org:hamas: relations[0].since: unknown key; the keys are rel, target"
    ]


def test_all_problems_at_once(problems: Problems) -> None:
    text = """\
        - id: per saleh
          type: PERSON
          names: [{name: Saleh}]
        - id: per:hamdallah
          type: PERSN
          names:
          - {name: رامي الحمد الله, kind: main}
          wikidata: 1
        """
    assert [line.split(": ")[0] for line in problems(dedent(text))] == [
        "a.yaml:1",
        "a.yaml:5",
        "a.yaml:7",
        "a.yaml:8",
    ]


def test_in_json_numbers_may_be_identifiers_and_null_is_absent(load_jsonl: Load) -> None:
    line = {
        "id": "loc:karbala",
        "type": "LOCATION",
        "names": [{"name": "كربلاء", "lang": None, "kind": None, "source": None}],
        "other_ids": {"geonames": 94824},
        "wikidata": None,
        "relations": None,
    }
    entity = load_jsonl(json.dumps(line)).entities["loc:karbala"]

    assert entity.other_ids == {"geonames": "94824"}
    assert entity.wikidata_id == ""


def test_a_broken_rule_in_json_has_its_line(problems: Problems) -> None:
    text = '{"id": "a", "type": "PERSON", "names": [{"name": "أحمد"}]}\n\n{"id": "b", "nams": []}\n'

    assert problems({"a.jsonl": text}, "a.jsonl") == [
        "a.jsonl:3: b: type: is required",
        "a.jsonl:3: b: names: is required",
        "a.jsonl:3: b: nams: unknown key; did you mean names?",
    ]


@pytest.mark.parametrize("day", ["99", "2017-1", "2017-02-30", "الآن"])
def test_not_a_day(problems: Problems, day: str) -> None:
    assert problems(record(names=f"[{{name: حماس, valid_to: {day}}}]")) == [
        "a.yaml:3: org:hamas: names[0].valid_to: must be a year or a day, 2017 or 2017-10-12, "
        f'not "{day}"'
    ]


def test_not_a_use(problems: Problems) -> None:
    assert problems(record(names="[{name: حماس, use: always}]")) == [
        "a.yaml:3: org:hamas: names[0].use: must be free, needs-context or never-alone, "
        'not "always"'
    ]
