"""What records say about one another."""

from __future__ import annotations

import pytest

from tests.gazetteer.conftest import Load, Problems


def entity(entity_id: str, name: str, target: str = "") -> str:
    relations = f"  relations: [{{rel: part_of, target: {target}}}]\n" if target else ""
    return f"- id: {entity_id}\n  type: LOCATION\n  names: [{{name: {name}}}]\n{relations}"


def test_an_id_in_two_files(problems: Problems) -> None:
    files: dict[str, str | bytes] = {
        "b.yaml": entity("loc:sidon", "Sidon") + entity("loc:gaza", "غزة"),
        "a/en.yml": "# Places\n" + entity("loc:gaza", "Gaza"),
    }
    assert problems(files) == ["b.yaml:4: loc:gaza: id: is used twice; first at a/en.yml:2"]


def test_an_id_that_differs_in_case_is_another(load_yaml: Load) -> None:
    assert len(load_yaml(entity("loc:Gaza", "Gaza") + entity("loc:gaza", "غزة")).entities) == 2


def test_a_broken_record_claims_its_id(problems: Problems) -> None:
    assert problems(
        "- {id: loc:gaza, type: PLACE, names: [{name: Gaza}]}\n" + entity("loc:gaza", "غزة")
    ) == [
        'a.yaml:1: loc:gaza: type: must be PERSON, ORGANIZATION or LOCATION, not "PLACE"',
        "a.yaml:2: loc:gaza: id: is used twice; first at a.yaml:1",
    ]


def test_a_target_in_another_file(load_yaml: Load) -> None:
    text = entity("loc:gaza", "غزة", target="loc:palestine") + entity("loc:palestine", "فلسطين")

    assert load_yaml(text).entities["loc:gaza"].relations[0].target_id == "loc:palestine"


def test_a_dangling_target(problems: Problems) -> None:
    assert problems(entity("loc:gaza", "غزة", target="loc:palestin")) == [
        'a.yaml:4: loc:gaza: relations[0].target: no entity has the ID "loc:palestin"'
    ]


def test_a_merged_entity_redirects(load_yaml: Load) -> None:
    text = entity("loc:gaza", "غزة") + "- {id: loc:ghazza, merged_into: loc:gaza}\n"
    gazetteer = load_yaml(text)

    assert list(gazetteer.entities) == ["loc:gaza"]
    assert gazetteer.redirects == {"loc:ghazza": "loc:gaza"}
    assert gazetteer.find("loc:ghazza") is gazetteer.find("loc:gaza")
    assert gazetteer.find("loc:gaz") is None


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        (
            "- {id: loc:ghazza, merged_into: loc:gaza}\n",
            'a.yaml:1: loc:ghazza: merged_into: no entity has the ID "loc:gaza"',
        ),
        (
            "- {id: loc:a, merged_into: loc:b}\n- {id: loc:b, merged_into: loc:a}\n",
            'a.yaml:1: loc:a: merged_into: "loc:b" was merged: write "loc:a"',
        ),
        (
            "- id: loc:ghazza\n  merged_into: غزة\n",
            "a.yaml:2: loc:ghazza: merged_into: must be an entity's ID: 1 to 128 of the characters "
            'A-Z a-z 0-9 . _ : -, not "غزة"',
        ),
        (
            "- {id: loc:ghazza, merged_into: loc:gaza, names: [{name: غزة}]}\n",
            "a.yaml:1: loc:ghazza: names: unknown key; the keys are id, merged_into",
        ),
    ],
)
def test_a_redirect_that_leads_nowhere(problems: Problems, records: str, problem: str) -> None:
    assert problem in problems(records)


def test_a_relation_to_a_merged_entity(problems: Problems) -> None:
    merged = "- {id: loc:ghazza, merged_into: loc:gaza}\n"
    text = entity("loc:gaza", "غزة") + entity("loc:rafah", "رفح", target="loc:ghazza") + merged

    assert problems(text) == [
        'a.yaml:7: loc:rafah: relations[0].target: "loc:ghazza" was merged: write "loc:gaza"'
    ]


def test_a_target_in_a_broken_record_is_not_dangling(problems: Problems) -> None:
    text = entity("loc:gaza", "غزة", target="loc:palestine") + entity("loc:palestine", "' '")

    assert problems(text) == ["a.yaml:7: loc:palestine: names[0].name: must not be empty"]


def test_a_target_beyond_a_syntax_error_is_not_dangling(problems: Problems) -> None:
    text = entity("loc:gaza", "غزة", target="loc:palestine") + "- id: [\n"

    assert len(problems(text)) == 1


def test_entities_are_in_order_of_id(load_yaml: Load) -> None:
    text = entity("loc:tyre", "صور") + entity("loc:acre", "عكا") + entity("loc:gaza", "غزة")

    assert list(load_yaml(text).entities) == ["loc:acre", "loc:gaza", "loc:tyre"]
