from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.tag_sets import DROPPED, TYPES, entity_type, is_usable

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
    assert set(tags) <= TYPES.keys() | DROPPED
    assert is_usable(tags)


def test_a_set_without_names_is_not_usable() -> None:
    assert not is_usable(["GENE", "CELL", "MISC", "DATE"])
