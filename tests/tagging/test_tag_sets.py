from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.tag_sets import entity_type, is_usable, unknown_tags

ONTONOTES = [
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL",
    "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
]  # fmt: skip
AQMAR = ["LOC", "MIS0", "MIS1", "MIS2", "MIS3", "ORG", "PER"]


@pytest.mark.parametrize(
    ("tag", "type_"),
    [
        ("PER", EntityType.PERSON),
        ("PERSON", EntityType.PERSON),
        ("PERS", EntityType.PERSON),
        ("ORG", EntityType.ORGANIZATION),
        ("GPE", EntityType.LOCATION),
        ("FAC", EntityType.LOCATION),
        ("MISC", EntityType.MISC),
        ("MIS1", EntityType.MISC),
        ("LAW", EntityType.MISC),
        ("NORP", None),
        ("DATE", None),
        ("GENE", None),
    ],
)
def test_what_a_tag_means(tag: str, type_: EntityType | None) -> None:
    assert entity_type(tag) is type_


@pytest.mark.parametrize("tags", [ONTONOTES, AQMAR, ["LOC", "MISC", "ORG", "PER"]])
def test_the_known_tag_sets_are_known_whole(tags: list[str]) -> None:
    assert unknown_tags(tags) == ()
    assert is_usable(tags)


def test_other_tags_are_named_and_a_set_without_names_is_not_usable() -> None:
    assert unknown_tags(["PER", "GENE", "DATE", "CELL"]) == ("CELL", "GENE")
    assert not is_usable(["GENE", "CELL", "MISC", "DATE"])
