"""After a change of models: nothing is overwritten unasked, and each command says what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nisba_service.archive.description import Archive
from nisba_service.archive.manifest import read_manifest
from nisba_service.archive.progress import Unwatched
from nisba_service.archive.state_models import forget_other
from nisba_service.errors import ArchiveError
from tests.archive.workshop import (
    ENTITIES,
    QuickSetup,
    QuickTagger,
    articles,
    contents,
    linked,
    new_archive,
    relinked,
    source_of,
    taken_in,
    write_gazetteer,
    write_jsonl,
)

OLD, NEW = QuickTagger.model_version, "fedcba9876543210"


class Notes(Unwatched):
    """Keeps what a person is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def note(self, message: str) -> None:
        self.told.append(message)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return write_gazetteer(tmp_path / "before.jsonl", ENTITIES[:3])


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return write_gazetteer(tmp_path / "after.jsonl")


@pytest.fixture
def archive(tmp_path: Path, before: Path, after: Path) -> Archive:
    """Return an archive with two states and the delta between them, tagged by newer models too."""
    archive = new_archive(tmp_path / "archive")
    taken_in(archive, write_jsonl(tmp_path / "أخبار.jsonl", articles(6)))
    linked(archive, before)
    assert relinked(archive, before, after).changes
    taken_in(archive, setup=QuickSetup(NEW))
    return archive


def _model(archive: Archive, gazetteer: Path) -> str:
    manifest = read_manifest(archive.layout.links(source_of(archive, gazetteer).state))
    assert manifest is not None
    return manifest.origin.model


def test_a_state_is_not_made_of_other_tags_unasked(archive: Archive, after: Path) -> None:
    kept = contents(archive)
    with pytest.raises(ArchiveError, match=f"--model {OLD}` goes on with it, `--model {NEW}`"):
        linked(archive, after)
    assert contents(archive) == kept
    assert linked(archive, after, model=OLD).done == 0
    assert contents(archive) == kept


def test_who_asks_for_other_tags_gets_them_without_the_old_deltas(
    archive: Archive, before: Path, after: Path
) -> None:
    notes, state = Notes(), source_of(archive, after).state
    assert len(archive.layout.deltas_of(state)) == 2
    assert linked(archive, after, model=NEW, observer=notes).done == 6
    (note,) = notes.told
    assert note.startswith(f"{state}: is made anew; it was linked with models {OLD}, policy ")
    assert (_model(archive, before), _model(archive, after)) == (OLD, NEW)
    assert archive.layout.deltas_of(state) == []
    again = Notes()
    assert linked(archive, after, observer=again).done == 0
    assert again.told == []


def test_a_state_of_other_tags_is_not_followed(archive: Archive, before: Path, after: Path) -> None:
    linked(archive, after, model=NEW)
    kept = contents(archive)
    with pytest.raises(ArchiveError, match=rf"`nisba archive link --model {OLD}` to v.* anew"):
        relinked(archive, before, after)
    assert contents(archive) == kept
    linked(archive, after, model=OLD)
    assert relinked(archive, before, after).changes


def test_who_goes_on_with_the_old_tags_is_told_of_the_newer(
    archive: Archive, after: Path, tmp_path: Path
) -> None:
    notes, next_one = Notes(), write_gazetteer(tmp_path / "next.jsonl", ENTITIES[1:])
    relinked(archive, after, next_one, observer=notes)
    assert _model(archive, next_one) == OLD
    (note,) = notes.told
    assert f"`nisba archive link --model {NEW}` makes a state of them" in note


def test_a_new_state_has_the_newest_tags(archive: Archive, tmp_path: Path) -> None:
    next_one = write_gazetteer(tmp_path / "next.jsonl", ENTITIES[1:])
    linked(archive, next_one)
    assert _model(archive, next_one) == NEW


def test_the_same_revision_of_another_store_is_no_state_to_be_made_anew(
    archive: Archive, after: Path
) -> None:
    state = source_of(archive, after).state
    manifest = read_manifest(archive.layout.links(state))
    assert manifest is not None
    other = replace(manifest.origin, gazetteer_version="0123456789abcdef", gazetteer_revision=12)
    deltas = archive.layout.deltas_of(state)
    with pytest.raises(ArchiveError, match="revision 12 of this store is 0123456789abcdef: name"):
        forget_other(archive.layout, state, other, Notes())
    assert archive.layout.deltas_of(state) == deltas
    assert deltas
