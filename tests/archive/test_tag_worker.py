from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from nisba_service.archive import tables
from nisba_service.archive.description import Archive
from nisba_service.archive.engines.base import Failure, Result, Task
from nisba_service.archive.rejects import Reason
from nisba_service.archive.tag_worker import ModelTagger, TagSetup, TagWorker
from nisba_service.errors import ModelsError
from nisba_service.names.types import EntityType, Language
from nisba_service.settings import bundled
from nisba_service.tagging.model import TaggedSpan
from tests.archive.workshop import ARABIC, ENGLISH, QuickTagger, new_archive, taken_in, write_jsonl


class FailingTagger(QuickTagger):
    """Fails at every batch with a certain text in it."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        if any("poison" in text for text in texts):
            raise self._error
        return super().tag(texts, language)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = new_archive(tmp_path / "archive")
    texts = {"news": ENGLISH, "خبر": ARABIC, "bad": "The poison of Hamas", "empty": "nothing here"}
    records = ({"id": id, "text": text} for id, text in texts.items())
    taken_in(archive, write_jsonl(tmp_path / "أخبار.jsonl", records))
    return archive


def _task(archive: Archive) -> Task:
    target = archive.layout.tagged("model") / "part-00000.parquet"
    target.parent.mkdir(exist_ok=True)
    return Task(0, (archive.layout.documents / "part-00000.parquet",), (target,))


def _rows(result: Result) -> list[tuple[str, int, int, str]]:
    table = tables.read(result.files[0].path, tables.TAGGED)
    return [tuple(row.values()) for row in table.to_pylist()]


def test_a_row_a_span_in_the_order_of_the_documents(archive: Archive) -> None:
    result = TagWorker(ModelTagger(QuickTagger())).run(_task(archive))
    assert (result.documents, result.failures) == (4, ())
    rows = _rows(result)
    assert rows[0] == ("news", 0, 15, "PERSON")
    assert ENGLISH[0:15] == "Saleh al-Arouri"
    arabic = [row for row in rows if row[0] == "خبر"]
    assert ARABIC[arabic[0][1] : arabic[0][2]] == "صالح العاروري"
    assert [row[0] for row in rows] == sorted(
        (r[0] for r in rows), key=["news", "خبر", "bad"].index
    )


def test_a_document_that_the_tagger_fails_at_stops_no_other(archive: Archive) -> None:
    result = TagWorker(ModelTagger(FailingTagger(RuntimeError("poison")))).run(_task(archive))
    assert result.failures == (Failure("bad", Reason.NOT_TAGGED),)
    assert {row[0] for row in _rows(result)} == {"news", "خبر"}


@pytest.mark.parametrize("error", [ModelsError("damaged"), OSError("disk"), MemoryError()])
def test_what_is_no_document_s_fault_ends_the_run(archive: Archive, error: Exception) -> None:
    with pytest.raises(type(error)):
        TagWorker(ModelTagger(FailingTagger(error))).run(_task(archive))


def test_the_bundled_models(archive: Archive) -> None:
    setup = TagSetup.of(bundled("models"))
    result = setup.worker().run(_task(archive))
    assert ("خبر", 5, 18, EntityType.PERSON.value) in _rows(result)


def test_models_that_are_not_those_that_the_run_began_with(archive: Archive) -> None:
    with pytest.raises(ModelsError, match="is not what it was when the run began"):
        TagSetup(bundled("models"), "another").worker()
