"""`nisba gazetteer merge`, `split`, `rollback`, `history`, `show` and `check` of a store."""

from __future__ import annotations

import json

import pytest

from nisba_service.errors import EditError, EntityNotFound, ExchangeError, RevisionNotFound
from tests.cli.gazetteer_runs import Desk


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Return a desk whose store has a revision."""
    desk.done("apply", desk.files(), "--reason", "begin")
    return desk


def test_two_entities_that_are_one(full: Desk) -> None:
    merge = ("merge", "per:abu-ammar", "--into", "per:arafat", "--reason", "كنيته")
    told = full.done(*merge, "--dry-run")
    assert told == (
        "> per:abu-ammar is merged into per:arafat\n"
        "~ per:arafat\n"
        "    + names: {name: أبو عمار, kind: kunya}\n"
        "would make: 0 created, 1 updated, 1 removed; now 2 entities, 5 names\n"
    )
    assert full.done(*merge).startswith("revision 2: 0 created, 1 updated, 1 removed")
    assert full.done("show", "per:abu-ammar").endswith(
        "- {id: per:abu-ammar, merged_into: per:arafat}\n"
    )


def test_a_merge_is_taken_back(full: Desk) -> None:
    full.done("merge", "per:abu-ammar", "--into", "per:arafat", "--reason", "كنيته")
    full.done("rollback", "1", "--reason", "لا", "--dry-run")
    assert "nothing has changed" not in full.done("rollback", "1", "--reason", "لا")
    assert "{name: أبو عمار, kind: kunya}" in full.done("show", "per:abu-ammar")
    assert full.done("rollback", "1", "--reason", "لا") == "nothing has changed: still revision 3\n"
    assert isinstance(full.run("rollback", "9", "--reason", "x").exception, RevisionNotFound)


def test_one_entity_that_is_two(full: Desk) -> None:
    parts = full.folder / "parts.yaml"
    parts.write_text(
        "- {id: org:fatah, type: ORGANIZATION, names: [{name: Fatah}, {name: فتح}]}\n"
        "- {id: org:fatah-uprising, type: ORGANIZATION, names: [{name: فتح الانتفاضة}]}\n",
        "utf-8",
    )
    told = full.done("split", "org:fatah", parts, "--reason", "اثنتان")
    assert told.startswith("revision 2: 1 created, 1 updated")
    assert "فتح الانتفاضة" in full.done("show", "org:fatah-uprising")
    assert isinstance(
        full.run("split", "per:arafat", parts, "--reason", "x").exception, ExchangeError
    )


def test_what_cannot_be_merged(full: Desk) -> None:
    result = full.run("merge", "org:fatah", "--into", "per:arafat", "--reason", "x")
    assert isinstance(result.exception, EditError)
    result = full.run("merge", "org:fatah", "--into", "per:arafat", "--reason", "x", "--dry-run")
    assert isinstance(result.exception, EditError)


def test_the_history_of_an_entity_and_of_all(full: Desk) -> None:
    full.done("merge", "per:abu-ammar", "--into", "per:arafat", "--reason", "كنيته")
    steps = full.done("history", "per:abu-ammar").splitlines()
    assert [line.strip() for line in steps if not line.startswith("revision")] == [
        "> per:abu-ammar is merged into per:arafat",
        "+ per:abu-ammar PERSON أبو عمار",
    ]
    (newest, _) = full.done("history", "per:arafat", "--format", "json").splitlines()
    assert json.loads(newest)["reason"] == "كنيته"
    assert len(json.loads(newest)["after"]["names"]) == 3
    revisions = full.done("history", "--limit", "1").splitlines()
    assert revisions[0].startswith("revision 2  ")
    assert isinstance(full.run("history", "per:nobody").exception, EntityNotFound)


def test_an_entity_as_it_was(full: Desk) -> None:
    full.done("merge", "per:abu-ammar", "--into", "per:arafat", "--reason", "كنيته")
    now = json.loads(full.done("show", "per:arafat", "--format", "json"))
    then = json.loads(full.done("show", "per:arafat", "--revision", "1", "--format", "json"))
    assert (now["revision"], then["revision"]) == (2, 1)
    assert now["etag"] != then["etag"]
    assert isinstance(full.run("show", "per:nobody").exception, EntityNotFound)


def test_the_doubts_of_a_store(full: Desk) -> None:
    told = full.run("check", full.store, store=False)
    assert told.exit_code == 0
    assert told.stdout.splitlines()[0] == (
        f"sqlite:///{full.store}: per:abu-ammar: has no English name [doubt]"
    )
    assert "0 errors, 1 doubt\n" in told.stdout
