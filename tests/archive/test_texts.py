"""The texts of a few documents, from the row groups that hold them."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from nisba_service.archive.tables import ROW_GROUP_DOCUMENTS
from nisba_service.archive.texts import Texts
from nisba_service.errors import ArchiveDamaged
from tests.support.archives import Article, SmallArchive

ARTICLES = [
    Article(f"d-{n}", f"Hamdallah spoke, {n}" if n % 2 else f"تحدث الحمد الله {n}")
    for n in range(2 * ROW_GROUP_DOCUMENTS)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return SmallArchive.of(
        tmp_path / "archive", [Article("x", "Arouri")], ARTICLES
    ).layout.documents


def test_the_texts_of_some_documents(folder: Path) -> None:
    texts = Texts(folder)
    assert texts.of(1, ["d-0", "d-127"]) == {
        "d-0": "تحدث الحمد الله 0",
        "d-127": "Hamdallah spoke, 127",
    }
    assert texts.of(0, ["x"]) == {"x": "Arouri"}
    assert texts.of(0, []) == {}


def test_other_row_groups_are_not_read(folder: Path) -> None:
    path = folder / "part-00001.parquet"
    column = pq.read_metadata(path).row_group(1).column(1)
    assert column.path_in_schema == "text"
    content = bytearray(path.read_bytes())
    begin = column.dictionary_page_offset or column.data_page_offset
    content[begin : begin + column.total_compressed_size] = bytes(column.total_compressed_size)
    path.write_bytes(content)
    assert Texts(folder).of(1, ["d-63"]) == {"d-63": "Hamdallah spoke, 63"}
    with pytest.raises(ArchiveDamaged):
        Texts(folder).of(1, ["d-64"])


def test_a_document_that_is_not_there(folder: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="lacks a document"):
        Texts(folder).of(0, ["d-0"])
    with pytest.raises(ArchiveDamaged, match="part-00009"):
        Texts(folder).of(9, ["d-0"])
