from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from nisba_service.archive import tables
from nisba_service.archive.link_rows import links_table, replaced
from nisba_service.linking.model import (
    Candidate,
    Decision,
    Link,
    LinkedDocument,
    Outcome,
    Provenance,
)
from nisba_service.linking.policy import POLICY
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Mention, Source

DAY = date(2023, 5, 1)
MADE_BY = Provenance("0123456789abcdef")
MENTION = Mention(6, 14, "العاروري", "العاروري", "و", EntityType.PERSON, Language.AR, Source.BOTH)


def _candidate(number: int) -> Candidate:
    name = "صالح العاروري"
    return Candidate(f"per:{number}", name, EntityType.PERSON, 0.9, "Saleh al-Arouri", ())


def _linked(*links: Link, id: str = "خبر") -> LinkedDocument:
    return LinkedDocument(id, "ar", links, MADE_BY)


def _row(link: Link) -> dict[str, object]:
    (row,) = links_table([(_linked(link), DAY)], POLICY).to_pylist()
    return dict(row)


def test_a_mention_that_is_linked() -> None:
    candidates = tuple(map(_candidate, range(7)))
    row = _row(Link(MENTION, Decision(Outcome.LINKED, "per:0", 0.9, candidates), antecedent=3))
    assert row["document_id"] == "خبر"
    assert (row["start"], row["end"], row["prefix"], row["text"]) == (6, 14, "و", "العاروري")
    assert (row["outcome"], row["entity_id"]) == ("LINKED", "per:0")
    assert (row["entity_name"], row["matched_name"]) == ("صالح العاروري", "Saleh al-Arouri")
    assert (row["antecedent"], row["date"], row["language"]) == (3, DAY, "ar")
    kept = row["candidates"]
    assert isinstance(kept, list)
    assert len(kept) == POLICY.shown


def test_a_mention_that_is_not() -> None:
    row = _row(Link(MENTION, Decision(Outcome.NIL, "", 0.0, ()), new_name_key="person:rr"))
    assert (row["outcome"], row["new_name_key"]) == ("NIL", "person:rr")
    assert [row[column] for column in ("entity_id", "entity_name", "matched_name")] == [None] * 3
    assert row["candidates"] == []


def test_documents_without_mentions_have_no_rows() -> None:
    assert links_table([(_linked(), None)], POLICY).num_rows == 0


def _table(*ids: str) -> pa.Table:
    link = Link(MENTION, Decision(Outcome.NIL, "", 0.0, ()))
    return links_table([(_linked(link, id=id), None) for id in ids], POLICY)


def _order(table: pa.Table) -> Sequence[str]:
    ids: Sequence[str] = table["document_id"].to_pylist()
    return ids


def test_rows_take_the_place_of_those_of_their_document() -> None:
    documents = ["a", "ب", "c", "د", "e"]
    before = _table("a", "a", "c", "د")
    after = {"ب": _table("ب", "ب"), "c": tables.LINKS.empty_table(), "e": _table("e")}
    assert _order(replaced(before, after, documents)) == ["a", "a", "ب", "ب", "د", "e"]


def test_nothing_replaced_is_everything_as_it_was() -> None:
    before = _table("a", "ب", "ب")
    found = replaced(before, {}, ["a", "x", "ب"])
    assert tables.encode(found, tables.LINKS) == tables.encode(before, tables.LINKS)


def test_everything_may_go() -> None:
    after = {"a": tables.LINKS.empty_table()}
    assert replaced(_table("a"), after, ["a"]).num_rows == 0
    assert replaced(tables.LINKS.empty_table(), {}, ["a", "b"]).num_rows == 0
