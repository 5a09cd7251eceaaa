"""Three states of an ID: as exported, in the store, in the folder."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.exchange.comparing import Content, compare
from nisba_service.gazetteer.schema import NameRecord, Record, RedirectRecord
from nisba_service.gazetteer.store.model import Stored
from nisba_service.names.types import EntityType


def content(entity_id: str, name: str) -> Content:
    if name.startswith("→"):
        return RedirectRecord(id=entity_id, merged_into=name[1:])
    return Record(id=entity_id, type=EntityType.PERSON, names=[NameRecord(name=name)])


def state(names: dict[str, str]) -> list[Stored]:
    """Return what a store has, in order of ID."""
    return [
        Stored(
            entity_id,
            None if name.startswith("→") else Record.model_validate(content(entity_id, name)),
            name[1:] if name.startswith("→") else None,
            etag=name,
            revision=1,
        )
        for entity_id, name in sorted(names.items())
    ]


def steps(
    base: dict[str, str] | None, head: dict[str, str], local: dict[str, str]
) -> list[tuple[str, str]]:
    """Return what a folder has changed: the step and the ID."""
    bases = None if base is None else state(base)
    here = {entity_id: content(entity_id, name) for entity_id, name in local.items()}
    return [(found.step, found.entity_id) for found in compare(bases, state(head), here)]


@pytest.mark.parametrize(
    ("base", "head", "local", "step"),
    [
        ("عباس", "عباس", "عباس", None),
        ("عباس", "عباس", "محمود عباس", "update"),
        ("عباس", "محمود عباس", "عباس", None),  # the store's change stays
        ("عباس", "محمود عباس", "محمود عباس", None),  # both made the same change
        ("عباس", "محمود عباس", "أبو مازن", "conflict"),
        ("", "", "Abbas", "create"),
        ("", "Abbas", "Abbas", None),
        ("", "Abbas", "Abu Mazen", "conflict"),
        ("Abbas", "Abbas", "", "delete"),
        ("Abbas", "", "", None),
        ("Abbas", "", "Abbas", None),  # deleted in the store, unchanged in the folder
        ("Abbas", "", "Abu Mazen", "conflict"),
        ("Abbas", "Abu Mazen", "", "conflict"),
        ("Abbas", "→per:b", "Abbas", None),
        ("Abbas", "→per:b", "Abu Mazen", "conflict"),
        ("Abbas", "Abbas", "→per:b", "update"),
    ],
)
def test_what_a_folder_has_changed(base: str, head: str, local: str, step: str | None) -> None:
    def one(name: str) -> dict[str, str]:
        return {"per:a": name} if name else {}

    found = steps(one(base), one(head), one(local))
    assert found == ([(step, "per:a")] if step else [])


def test_without_a_base_whatever_differs_is_the_folders_change() -> None:
    head = {"a": "عباس", "b": "عرفات", "c": "Fatah"}
    assert steps(None, head, {"a": "عباس", "b": "ياسر عرفات", "d": "فتح"}) == [
        ("update", "b"),
        ("delete", "c"),
        ("create", "d"),
    ]


def test_all_ids_in_order() -> None:
    base = {"b": "ب", "d": "د"}
    head = {"b": "ب", "c": "ج", "d": "دد"}
    assert steps(base, head, {"a": "أ", "c": "جج", "e": "ه"}) == [
        ("create", "a"),
        ("delete", "b"),
        ("conflict", "c"),
        ("conflict", "d"),
        ("create", "e"),
    ]


def test_a_difference_knows_the_three_states() -> None:
    (found,) = compare(state({"a": "أ"}), state({"a": "أ"}), {"a": content("a", "ب")})
    assert found.base == content("a", "أ")
    assert found.head is not None
    assert found.head.etag == "أ"
    assert found.local == content("a", "ب")
