"""Two states of an archive: which shards are read, what is compared, and why it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive.diff import compare
from nisba_service.archive.diff_states import StateDiff
from nisba_service.archive.reading import Reader
from nisba_service.archive.reasons import Reasons
from nisba_service.errors import ArchiveDamaged
from tests.support.archives import Article, Row, SmallArchive, links

FIRST = Article("en-1", "Hamdallah met Saleh al-Arouri.")
SECOND = Article("ar-1", "التقى رامي الحمد الله صالح العاروري.")
LATER = Article("ar-2", "وصل الحمد الله أمس.")
HAMDALLAH, AROURI = "per:rami-hamdallah", "per:saleh-al-arouri"


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    """Three states: in the second, Hamdallah is known; in the third, a document more is linked."""
    made = SmallArchive.of(tmp_path / "archive", [FIRST], [SECOND], [LATER])
    unchanged: list[Row] = [FIRST.link("Saleh al-Arouri", AROURI)]
    before, after = SECOND.link("رامي الحمد الله"), SECOND.link("رامي الحمد الله", HAMDALLAH)
    made.link("r000001", unchanged, [before], completed="2026-01-01")
    made.link("r000002", unchanged, [after], completed="2026-01-02")
    made.link("r000003", unchanged, [after], [LATER.link("الحمد الله", HAMDALLAH)])
    return made


def between(archive: SmallArchive, before: str, after: str) -> StateDiff:
    reader = Reader.open(archive.layout.root)
    return StateDiff.of(reader.layout, reader.state(before), reader.state(after))


def test_only_shards_that_differ_are_read(archive: SmallArchive) -> None:
    for state in ("r000001", "r000002"):
        (archive.layout.links(state) / "part-00000.parquet").write_bytes(b"spoilt")
    difference = between(archive, "1", "2")
    assert (difference.common, difference.unlike, difference.documents) == ((0, 1), (1,), 2)
    ((shard, deltas),) = difference.deltas()
    assert (shard, deltas["change"].to_pylist()) == (1, ["newly_linked"])
    (archive.layout.links("r000002") / "part-00001.parquet").write_bytes(b"spoilt")
    with pytest.raises(ArchiveDamaged):
        list(difference.deltas())


def test_documents_taken_in_later_are_counted_and_not_compared(archive: SmallArchive) -> None:
    difference = between(archive, "2", "3")
    assert (difference.documents, difference.not_compared) == (2, 1)
    assert list(difference.deltas()) == []
    assert between(archive, "3", "2").not_compared == 1


def test_a_state_against_itself(archive: SmallArchive) -> None:
    assert list(between(archive, "2", "2").deltas()) == []


def test_the_reasons_are_those_of_the_run_between(archive: SmallArchive) -> None:
    _write_delta(archive, ("r000001", "r000002"), [HAMDALLAH])
    ((_, deltas),) = between(archive, "1", "2").deltas()
    assert deltas["because"].to_pylist() == [[HAMDALLAH]]
    ((_, backwards),) = between(archive, "2", "1").deltas()
    assert backwards["change"].to_pylist() == ["newly_nil"]
    assert backwards["because"].to_pylist() == [[HAMDALLAH]]


def test_the_reasons_of_several_runs_come_together(archive: SmallArchive) -> None:
    _write_delta(archive, ("r000001", "r000002"), [HAMDALLAH, AROURI])
    _write_delta(archive, ("r000002", "r000003"), ["org:fatah", HAMDALLAH])
    reasons = Reasons.between(archive.layout, "r000001", "r000003")
    assert reasons.known
    assert reasons.of(["ar-1", "en-1"]) == {"ar-1": ("org:fatah", HAMDALLAH, AROURI)}


def test_full_runs_have_no_reasons(archive: SmallArchive) -> None:
    _write_delta(archive, ("r000002", "r000003"), [HAMDALLAH])
    reasons = Reasons.between(archive.layout, "r000001", "r000002")
    assert (reasons.known, reasons.of(["ar-1"])) == (False, {})


def _write_delta(archive: SmallArchive, run: tuple[str, str], because: list[str]) -> None:
    before, after = SECOND.link("رامي الحمد الله"), SECOND.link("رامي الحمد الله", HAMDALLAH)
    archive.delta(*run, compare(links(before), links(after), {"ar-1": because}))
