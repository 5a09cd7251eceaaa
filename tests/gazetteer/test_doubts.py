"""Warnings: positives beside near misses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nisba_service.gazetteer.load import check

Write = Callable[[dict[str, str | bytes]], Path]


def entity(entity_id: str, *names: str, rest: str = "") -> str:
    listed = ", ".join(f"{{name: {name}}}" for name in names)
    type_ = {"per": "PERSON", "org": "ORGANIZATION", "loc": "LOCATION"}[entity_id[:3]]
    return f"- {{id: {entity_id}, type: {type_}, names: [{listed}]{rest}}}\n"


@pytest.fixture
def warnings(write: Write) -> Callable[[str], list[str]]:
    def warnings_of(text: str) -> list[str]:
        path = write({"a.yaml": text}) / "a.yaml"
        return [str(problem).replace(str(path), "a.yaml") for problem in check(path).warnings]

    return warnings_of


Warnings = Callable[[str], list[str]]


def test_nothing_to_say(warnings: Warnings) -> None:
    text = entity("per:a", "Marwan Barghouti", "مروان البرغوثي") + entity(
        "per:b", "Mustafa Barghouti", "مصطفى البرغوثي"
    )
    assert warnings(text) == []


def test_no_name_in_a_language(warnings: Warnings) -> None:
    assert warnings(entity("per:a", "Rami Hamdallah") + entity("per:b", "صالح العاروري")) == [
        "a.yaml:1: per:a: has no Arabic name",
        "a.yaml:2: per:b: has no English name",
    ]


def test_shared_names_in_any_spelling_of_their_letters(warnings: Warnings) -> None:
    text = entity("loc:strip", "Gaza", "غزة") + entity("loc:city", "GAZA", "غزه")

    assert warnings(text) == [
        'a.yaml:2: loc:city: "GAZA" is also a name of loc:strip (a.yaml:1)',
        'a.yaml:2: loc:city: "غزه" is also a name of loc:strip (a.yaml:1)',
    ]


def test_shared_names_of_different_types(warnings: Warnings) -> None:
    text = entity("loc:jordan", "Jordan", "الأردن") + entity("per:jordan", "Jordan", "جوردان")

    assert warnings(text) == [
        'a.yaml:2: per:jordan: "Jordan" is also a name of loc:jordan (a.yaml:1)'
    ]


def test_a_name_that_three_share(warnings: Warnings) -> None:
    text = "".join(entity(f"per:{letter}", "Assad", "الأسد") for letter in "abc")

    assert [line for line in warnings(text) if "الأسد" in line] == [
        'a.yaml:2: per:b: "الأسد" is also a name of per:a (a.yaml:1)',
        'a.yaml:3: per:c: "الأسد" is also a name of per:a (a.yaml:1)',
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Saleh al-Arouri", "Salih Aruri"), ("صالح العاروري", "Saleh al-Arouri")],
)
def test_full_names_that_sound_alike(warnings: Warnings, first: str, second: str) -> None:
    [warning] = [
        line
        for line in warnings(entity("per:a", first) + entity("per:b", second))
        if "may be" in line
    ]
    assert warning == (
        "a.yaml:2: per:b: may be the same as per:a (a.yaml:1): "
        f'"{second}" and "{first}" sound alike'
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("per:a, Saleh al-Arouri", "per:b, Saleh Arafat"),
        ("per:a, صالح العاروري", "per:b, سالم العاروري"),
        ("per:a, Aruri", "per:b, Arouri"),
        ("per:a, Abdullah Saleh", "loc:b, عبد الله صالح"),
    ],
)
def test_names_that_only_seem_to(warnings: Warnings, first: str, second: str) -> None:
    text = entity(*first.split(", ")) + entity(*second.split(", "))

    assert not [line for line in warnings(text) if "may be" in line]


def test_a_wikidata_id_of_two_entities(warnings: Warnings) -> None:
    text = (
        entity("org:a", "Fatah", "فتح", rest=", wikidata: Q1")
        + entity("org:b", "Tanzim", "تنظيم", rest=", wikidata: Q2")
        + entity("org:c", "Hawks", "صقور", rest=", wikidata: Q1")
    )
    assert warnings(text) == ["a.yaml:3: org:c: has the Wikidata ID of org:a (a.yaml:1)"]


@pytest.mark.parametrize(
    ("wikidata", "message"),
    [
        ("", "looks like a Wikidata item, but wikidata does not say that it is"),
        (", wikidata: Q34212", "looks like a Wikidata item, but wikidata says Q34212"),
        (", wikidata: Q34211", None),
    ],
)
def test_an_id_that_looks_like_an_item(
    warnings: Warnings, wikidata: str, message: str | None
) -> None:
    names = "names: [{name: Yasser Arafat}, {name: ياسر عرفات}]"
    text = f"- {{id: Q34211, type: PERSON, {names}{wikidata}}}\n"
    assert warnings(text) == ([f"a.yaml:1: Q34211: {message}"] if message else [])


def test_an_entity_that_can_never_be_linked(warnings: Warnings) -> None:
    weak = "{name: محمود, use: never-alone}, {name: Mahmoud, use: never-alone}"
    text = f"- {{id: per:a, type: PERSON, names: [{weak}]}}\n"
    assert warnings(text) == [
        "a.yaml:1: per:a: all its names are never-alone: none can ever be linked"
    ]
    assert warnings(text.replace("}, {name: M", "}, {name: محمود عباس}, {name: M")) == []


def test_a_relation_to_itself(warnings: Warnings) -> None:
    itself = ", relations: [{rel: part_of, target: loc:a}]"
    text = entity("loc:a", "Gaza", "غزة", rest=itself)
    assert warnings(text) == ["a.yaml:1: loc:a: is part_of itself"]


def test_an_id_elsewhere_of_two_entities(warnings: Warnings) -> None:
    text = (
        entity("loc:a", "Saida", "صيدا", rest=", other_ids: {geonames: 1}")
        + entity("loc:b", "Tyre", "صور", rest=", other_ids: {geonames: 2, osm: 1}")
        + entity("loc:c", "Beirut", "بيروت", rest=", other_ids: {geonames: 1}")
    )
    assert warnings(text) == ["a.yaml:3: loc:c: has the geonames ID of loc:a (a.yaml:1)"]


@pytest.mark.parametrize(
    ("name", "invisible"),
    [
        ("\u200fحماس", "RIGHT-TO-LEFT MARK"),
        ("حما\u200cس", "ZERO WIDTH NON-JOINER"),
        ("Ham\u00adas", "SOFT HYPHEN"),
    ],
)
def test_invisible_characters(warnings: Warnings, name: str, invisible: str) -> None:
    assert f'a.yaml:1: org:a: "{name}" holds an invisible character: {invisible}' in warnings(
        entity("org:a", name, "Movement", "حركة")
    )
