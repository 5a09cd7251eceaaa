"""What records say about one another."""

from __future__ import annotations

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


def test_a_target_in_a_broken_record_is_not_dangling(problems: Problems) -> None:
    text = entity("loc:gaza", "غزة", target="loc:palestine") + entity("loc:palestine", "' '")

    assert problems(text) == ["a.yaml:7: loc:palestine: names[0].name: must not be empty"]


def test_a_target_beyond_a_syntax_error_is_not_dangling(problems: Problems) -> None:
    text = entity("loc:gaza", "غزة", target="loc:palestine") + "- id: [\n"

    assert len(problems(text)) == 1


def test_entities_are_in_order_of_id(load_yaml: Load) -> None:
    text = entity("loc:tyre", "صور") + entity("loc:acre", "عكا") + entity("loc:gaza", "غزة")

    assert list(load_yaml(text).entities) == ["loc:acre", "loc:gaza", "loc:tyre"]
