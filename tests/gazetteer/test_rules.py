"""What the names of one record say about one another, and the entity they make."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from nisba_service.gazetteer.model import Name, NameKind, NameUse, Relation
from nisba_service.gazetteer.rules import clean
from nisba_service.names.types import Language
from tests.gazetteer.conftest import Load, Problems


def with_names(*names: str) -> str:
    """Return a record with these names, the first of them on line 4."""
    head = ["- id: org:unrwa", "  type: ORGANIZATION", "  names:"]
    return "\n".join([*head, *(f"  - {{{name}}}" for name in names)]) + "\n"


def names(load_yaml: Load, *written: str) -> tuple[Name, ...]:
    return load_yaml(with_names(*written)).entities["org:unrwa"].names


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Saleh al-Arouri", Language.EN),
        ("Ṣāliḥ al-ʿĀrūrī", Language.EN),
        ("صالح العاروري", Language.AR),
        ("قناة CNN", Language.AR),
        ("14 آذار", Language.AR),
        ("March 14", Language.EN),
    ],
)
def test_a_name_without_language_has_that_of_its_script(
    load_yaml: Load, name: str, language: Language
) -> None:
    assert names(load_yaml, f"name: {name}") == (Name(name, language, NameKind.VARIANT),)


@pytest.mark.parametrize("lang", list(Language))
def test_a_number_may_be_a_name_in_a_given_language(load_yaml: Load, lang: Language) -> None:
    assert names(load_yaml, f"name: 8200, lang: {lang}") == (Name("8200", lang),)


def test_a_number_does_not_tell_its_language(problems: Problems) -> None:
    assert problems(with_names("name: 8200")) == [
        'a.yaml:4: org:unrwa: names[0].name: "8200" has no letter that tells its language: '
        "give lang"
    ]


def test_a_name_of_signs_only(problems: Problems) -> None:
    assert problems(with_names("name: '؟!', lang: ar")) == [
        'a.yaml:4: org:unrwa: names[0].name: "؟!" has no letter and no digit'
    ]


@pytest.mark.parametrize(
    ("name", "lang", "script"),
    [("Hamas", "ar", "Arabic"), ("حماس", "en", "Latin"), ("حركة حماس Hamas", "en", "Latin")],
)
def test_a_name_in_the_script_of_the_other_language(
    problems: Problems, name: str, lang: str, script: str
) -> None:
    assert problems(with_names("name: UNRWA", f"name: {name}, lang: {lang}")) == [
        f'a.yaml:5: org:unrwa: names[1].name: "{name}" is not in {script} script, '
        f"but lang is {lang}"
    ]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Hamаs", "CYRILLIC SMALL LETTER A"),
        ("חמאס", "HEBREW LETTER HET"),
        ("哈马斯", "CJK UNIFIED IDEOGRAPH-54C8"),
    ],
)
def test_a_letter_of_a_third_script(problems: Problems, name: str, letter: str) -> None:
    assert problems(with_names(f"name: {name}, lang: en")) == [
        f'a.yaml:4: org:unrwa: names[0].name: "{name}" holds a letter that is neither Latin nor '
        f"Arabic: {letter}"
    ]


@pytest.mark.parametrize("name", ["Ham\\x07as", "حما\\0س"])
def test_a_control_character(problems: Problems, name: str) -> None:
    [problem] = problems(with_names(f'name: "{name}"'))

    assert problem.startswith("a.yaml:4: org:unrwa: names[0].name: holds a control character: U+00")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Yasser \t Arafat ", "Yasser Arafat"),
        ("ياسر\u00a0عرفات", "ياسر عرفات"),
        ("Hama\u0301s", "Hamás"),
        ("ا\u0655براهيم", "إبراهيم"),
        ("Ra'am", "Ra'am"),
        ("ـحماسـ", "ـحماسـ"),
    ],
)
def test_spaces_and_composed_characters(written: str, name: str) -> None:
    assert clean(written) == name


@pytest.mark.parametrize("name", ["UNRWA", "الأونروا"])
def test_a_name_may_stand_under_two_kinds(load_yaml: Load, name: str) -> None:
    primary, acronym = names(
        load_yaml, f"name: {name}, kind: acronym", f"name: {name}, kind: primary"
    )

    assert (primary.kind, acronym.kind) == (NameKind.PRIMARY, NameKind.ACRONYM)


@pytest.mark.parametrize(
    ("first", "again"),
    [("UNRWA", "' UNRWA '"), ("الأونروا", "الأونروا"), ("إبراهيم", "ا\u0655براهيم")],
)
def test_a_name_twice_under_one_kind(problems: Problems, first: str, again: str) -> None:
    [problem] = problems(with_names(f"name: {first}", "name: U.N.R.W.A.", f"name: {again}"))

    assert problem.startswith("a.yaml:6: org:unrwa: names[2].name: ")
    assert problem.endswith("is listed twice as variant; first on line 4")


def test_one_primary_name_a_language(load_yaml: Load) -> None:
    both = names(
        load_yaml,
        "name: الوكالة",
        "name: الأونروا, kind: primary",
        "name: UNRWA, kind: primary",
    )

    assert [name.name for name in both] == ["الأونروا", "UNRWA", "الوكالة"]


@pytest.mark.parametrize(
    ("first", "second", "lang"), [("UNRWA", "The Agency", "en"), ("الأونروا", "الوكالة", "ar")]
)
def test_a_second_primary_name(problems: Problems, first: str, second: str, lang: str) -> None:
    text = with_names(f"name: {first}, kind: primary", f"name: {second}, kind: primary")

    assert problems(text) == [
        f"a.yaml:5: org:unrwa: names[1].kind: a second primary name in {lang}; "
        f'the first is "{first}"'
    ]


def test_an_alias_is_a_variant(load_yaml: Load) -> None:
    assert names(load_yaml, "name: الوكالة, kind: alias") == (
        Name("الوكالة", Language.AR, NameKind.VARIANT),
    )


def test_everything_that_the_model_keeps(load_yaml: Load) -> None:
    text = """\
        - id: per:saleh-al-arouri
          type: PERSON
          description: نائب رئيس المكتب السياسي
          names:
          - {name: Aruri, kind: short, evidence: text, source: a newspaper}
          - {name: صالح العاروري, kind: primary}
          wikidata: Q1
          wikidata_source: a list
          wikidata_confidence: high
          other_ids: {geonames: 007, geonames_source: another list}
          relations: [{rel: knows, target: per:saleh-al-arouri}]
          notes: seen twice
          in_seed_article: true
        """
    entity = load_yaml(dedent(text)).entities["per:saleh-al-arouri"]

    assert [name.name for name in entity.names] == ["صالح العاروري", "Aruri"]
    assert entity.description == "نائب رئيس المكتب السياسي"
    assert entity.wikidata_id == "Q1"
    assert entity.other_ids == {"geonames": "007"}
    assert entity.relations == (Relation("knows", "per:saleh-al-arouri"),)


def test_when_a_name_may_be_linked(load_yaml: Load) -> None:
    fatah, jihad, mahmoud = names(
        load_yaml,
        "name: Fatah",
        "name: الجهاد, use: needs-context",
        "name: محمود, use: never-alone",
    )

    assert [fatah.use, jihad.use, mahmoud.use] == [
        NameUse.FREE,
        NameUse.NEEDS_CONTEXT,
        NameUse.NEVER_ALONE,
    ]


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        ("valid_from: 1999", date(1999, 1, 1), None),
        ("valid_to: 2015", None, date(2015, 12, 31)),
        ("valid_from: 1999-02-07, valid_to: 1999-02-07", date(1999, 2, 7), date(1999, 2, 7)),
    ],
)
def test_a_year_is_all_its_days(
    load_yaml: Load, dates: str, first: date | None, last: date | None
) -> None:
    (name,) = names(load_yaml, f"name: الملك عبد الله, {dates}")

    assert (name.valid_from, name.valid_to) == (first, last)


def test_a_year_in_json_may_be_a_number(load_jsonl: Load) -> None:
    name = '{"name": "King Abdullah", "valid_from": 1999}'
    gazetteer = load_jsonl(f'{{"id": "a", "type": "PERSON", "names": [{name}]}}')

    assert gazetteer.entities["a"].names[0].valid_from == date(1999, 1, 1)


def test_a_name_of_two_terms(load_yaml: Load) -> None:
    terms = ("valid_to: 1990", "valid_from: 2001, valid_to: 2004")

    assert len(names(load_yaml, *(f"name: الرئيس, {term}" for term in terms))) == 2


def test_a_name_that_ends_before_it_begins(problems: Problems) -> None:
    assert problems(with_names("name: الملك عبد الله, valid_from: 2015, valid_to: 1999-02-07")) == [
        "a.yaml:4: org:unrwa: names[0].valid_to: ends before it begins: 2015 is after 1999-02-07"
    ]


def test_what_are_not_its_names(load_yaml: Load) -> None:
    text = with_names("name: قطاع غزة") + "  not_names: [' Gaza  City ', مدينة غزة]\n"

    assert load_yaml(text).entities["org:unrwa"].not_names == ("Gaza City", "مدينة غزة")


def test_a_name_that_is_none(problems: Problems) -> None:
    assert problems(with_names("name: قطاع غزة") + "  not_names: [قطاع غزة]\n") == [
        'a.yaml:5: org:unrwa: not_names[0]: "قطاع غزة" is one of its names too'
    ]
