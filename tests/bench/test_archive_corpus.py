"""Archives of made-up articles: tagged by the truth, compared file by file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.archive.cast import Size
from bench.archive.contents import contents
from bench.archive.corpus import Corpus
from nisba_service.archive import tables
from nisba_service.archive.documents import documents_of, spans_of
from nisba_service.archive.tag_worker import TagSetup
from nisba_service.settings import bundled

CORPUS = Corpus(7, Size(invented=300, known=900))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "archive"
    CORPUS.build(folder, documents=30, workers=1)
    return folder


def test_the_archive_holds_the_articles_and_the_truth_as_spans(archive: Path) -> None:
    model = TagSetup.of(bundled("models")).model_version
    table = tables.read(archive / "documents" / "part-00000.parquet", tables.DOCUMENTS)
    tagged = tables.read(archive / "tagged" / model / "part-00000.parquet", tables.TAGGED)
    articles = list(CORPUS.articles.made(0, 30))

    assert documents_of(table) == [article.document for article in articles]
    spans = spans_of(tagged)
    assert [tuple(spans[a.document.id]) for a in articles] == [a.tagged for a in articles]


def test_contents_are_equal_where_files_are(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    again = tmp_path / "again" / "archive"
    again.parent.mkdir()
    CORPUS.build(again, documents=30, workers=1)

    assert len(contents(archive)) == 2
    assert contents(copy) == contents(archive)
    name = next(name for name in contents(archive) if name.startswith("tagged/"))
    assert contents(again)[name] == contents(archive)[name]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "is not what the manifest says"),
        (lambda path: path.unlink(), "lacks files"),
        (lambda path: shutil.copy(path, path.with_name(".new-1")), "was left behind"),
    ],
    ids=["cut", "missing", "temporary"],
)
def test_contents_tell_what_is_wrong(
    archive: Path, tmp_path: Path, damage: object, message: str
) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    assert callable(damage)
    damage(copy / "documents" / "part-00000.parquet")

    with pytest.raises(AssertionError, match=message):
        contents(copy)
