"""What one record takes over from another."""

from __future__ import annotations

from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.merging import merged, repointed


def _record(entity_id: str = "per:a", *names: object, **keys: object) -> Record:
    listed = [{"name": name} if isinstance(name, str) else name for name in names]
    return Record.model_validate(
        {"id": entity_id, "type": "PERSON", "names": listed or [{"name": "X"}], **keys}
    )


def _names(record: Record) -> list[tuple[str, str | None]]:
    return [(name.name, name.kind) for name in record.names]


def test_names_are_joined_without_repetition() -> None:
    target = _record("per:a", "Saleh al-Arouri", "صالح العاروري")
    source = _record("per:b", "صالح العاروري", "Saleh  al-Arouri", "Salah Aruri")

    assert _names(merged(target, [source])) == [
        ("Saleh al-Arouri", None),
        ("صالح العاروري", None),
        ("Salah Aruri", None),
    ]


def test_the_targets_primary_names_stay_primary() -> None:
    target = _record("per:a", {"name": "Saleh al-Arouri", "kind": "primary"})
    source = _record(
        "per:b",
        {"name": "Salah al-Aruri", "kind": "primary", "source": "a page"},
        {"name": "صالح العاروري", "kind": "primary"},
    )
    joined = merged(target, [source])

    assert _names(joined) == [
        ("Saleh al-Arouri", "primary"),
        ("Salah al-Aruri", "variant"),
        ("صالح العاروري", "primary"),
    ]
    assert joined.names[1].source == "a page"


def test_the_first_source_gives_a_missing_primary_name() -> None:
    sources = [
        _record("per:b", {"name": "صالح العاروري", "kind": "primary"}),
        _record("per:c", {"name": "صلاح العاروري", "kind": "primary"}),
    ]

    assert _names(merged(_record("per:a", "Saleh"), sources)) == [
        ("Saleh", None),
        ("صالح العاروري", "primary"),
        ("صلاح العاروري", "variant"),
    ]


def test_a_spelling_under_another_kind_is_another_name() -> None:
    target = _record("per:a", "Abu Ammar")
    source = _record("per:b", {"name": "Abu Ammar", "kind": "kunya"}, {"name": "أبو عمار"})

    assert _names(merged(target, [source])) == [
        ("Abu Ammar", None),
        ("Abu Ammar", "kunya"),
        ("أبو عمار", None),
    ]


def test_a_spelling_of_other_years_is_another_name() -> None:
    target = _record("per:a", {"name": "الوزير", "valid_from": "1999", "valid_to": "2001"})
    source = _record("per:b", {"name": "الوزير", "valid_from": "2006"})

    assert len(merged(target, [source]).names) == 2


def test_gaps_are_filled_and_the_targets_own_stands() -> None:
    target = _record("per:a", description="نائب", other_ids={"viaf": "1"}, wikidata="Q1")
    source = _record(
        "per:b", description="deputy", other_ids={"viaf": "2", "geonames": "3"}, wikidata="Q2"
    )
    joined = merged(target, [source])

    assert (joined.description, joined.wikidata) == ("نائب", "Q1")
    assert joined.other_ids == {"viaf": "1", "geonames": "3"}
    assert joined.notes == "Merged: per:b: deputy; wikidata Q2; viaf 2"


def test_a_wikidata_id_comes_with_its_source() -> None:
    source = _record("per:b", wikidata="Q2", wikidata_source="a page", wikidata_confidence="low")
    joined = merged(_record("per:a", wikidata_source="?"), [source])

    assert (joined.wikidata, joined.wikidata_source, joined.wikidata_confidence) == (
        "Q2", "a page", "low",
    )  # fmt: skip
    assert joined.notes is None


def test_notes_and_not_names_are_joined() -> None:
    target = _record("per:a", "Abbas", not_names=["محمود", "أبو مازن"], notes="واحد")
    source = _record("per:b", "أبو مازن", not_names=["Mahmoud", "Abbas"], notes="two")
    joined = merged(target, [source])

    assert joined.not_names == ["محمود", "Mahmoud"]
    assert joined.notes == "واحد\ntwo"


def test_relations_are_joined_but_none_leads_back() -> None:
    target = _record("per:a", relations=[_relation("knows", "per:b"), _relation("of", "org:x")])
    source = _record(
        "per:b",
        relations=[_relation("of", "org:x"), _relation("of", "org:y"), _relation("knows", "per:a")],
    )

    assert [(r.rel, r.target) for r in merged(target, [source]).relations or ()] == [
        ("of", "org:x"),
        ("of", "org:y"),
    ]


def test_merging_changes_neither_record() -> None:
    target, source = _record("per:a", "ألف"), _record("per:b", "باء")
    before = target.model_copy(deep=True), source.model_copy(deep=True)
    merged(target, [source])

    assert (target, source) == before


def test_relations_point_elsewhere_or_nowhere() -> None:
    record = _record(
        "per:a",
        relations=[_relation("of", "org:x"), _relation("of", "org:y"), _relation("of", "org:z")],
    )
    moved = repointed(record, {"org:x": "org:z", "org:y": None})

    assert [(r.rel, r.target) for r in moved.relations or ()] == [("of", "org:z")]
    assert repointed(moved, {"org:z": None}).relations is None


def _relation(rel: str, target: str) -> dict[str, str]:
    return {"rel": rel, "target": target}
