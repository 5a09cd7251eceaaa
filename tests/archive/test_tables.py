from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nisba_service.archive import durable, tables
from nisba_service.errors import ArchiveDamaged

ENGLISH = {
    "document_id": "guardian-1",
    "text": "Saleh al-Arouri spoke in Beirut.",
    "language": "en",
    "date": date(2023, 5, 1),
    "source": "/news/2023.jsonl",
    "row": 1,
}
ARABIC = {
    "document_id": "الأيام-٢",
    "text": "تحدث صالح العاروري في بيروت.",
    "language": "",
    "date": None,
    "source": "/أخبار/٢٠٢٣.jsonl",
    "row": 2,
}


def _documents(*rows: Mapping[str, object]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), tables.DOCUMENTS)


def test_values_in_the_order_of_the_columns_are_a_row() -> None:
    spans = [("guardian-1", 0, 15, "PERSON"), ("الأيام-٢", 5, 18, "PERSON")]
    table = tables.of_rows(spans, tables.TAGGED)
    assert table.schema == tables.TAGGED
    assert [tuple(row.values()) for row in table.to_pylist()] == spans
    assert tables.of_rows([], tables.TAGGED) == tables.TAGGED.empty_table()
    with pytest.raises(ValueError, match="longer"):
        tables.of_rows([("guardian-1", 0, 15)], tables.TAGGED)


def test_rows_come_back_as_they_were_in_both_scripts(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    durable.write(path, tables.encode(_documents(ENGLISH, ARABIC), tables.DOCUMENTS))
    assert tables.read(path, tables.DOCUMENTS).to_pylist() == [ENGLISH, ARABIC]


def test_some_columns_are_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    durable.write(path, tables.encode(_documents(ARABIC), tables.DOCUMENTS))
    table = tables.read(path, tables.DOCUMENTS, ["document_id", "row"])
    assert table.to_pylist() == [{"document_id": "الأيام-٢", "row": 2}]


def test_equal_rows_are_equal_bytes_however_the_table_was_put_together() -> None:
    at_once = _documents(ENGLISH, ARABIC)
    in_parts = pa.concat_tables(
        [_documents(ARABIC, ENGLISH).slice(1), _documents(ENGLISH, ARABIC, ENGLISH).slice(1, 1)]
    )
    assert tables.encode(in_parts, tables.DOCUMENTS) == tables.encode(at_once, tables.DOCUMENTS)


def test_one_letter_more_is_other_bytes() -> None:
    changed = ARABIC | {"text": "تحدث صالح العاروري في بيروت!"}
    assert tables.encode(_documents(ARABIC), tables.DOCUMENTS) != tables.encode(
        _documents(changed), tables.DOCUMENTS
    )


def test_documents_are_in_small_row_groups_so_that_one_is_read_without_the_rest(
    tmp_path: Path,
) -> None:
    path = tmp_path / "part-00000.parquet"
    rows = [ENGLISH | {"row": row} for row in range(tables.ROW_GROUP_DOCUMENTS + 1)]
    durable.write(path, tables.encode(_documents(*rows), tables.DOCUMENTS))
    assert pq.ParquetFile(path).num_row_groups == 2


def test_a_staged_shard_says_what_it_holds_and_is_not_in_its_place_yet(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    staged = tables.stage(path, _documents(ENGLISH, ARABIC), tables.DOCUMENTS)
    assert not path.exists()
    assert staged.rows == 2
    assert staged.bytes == staged.path.stat().st_size
    assert staged.sha256 == durable.checksum(staged.path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "it is missing"),
        (b"", "Arrow"),
        (b"PAR1 but not really PAR1", "damaged"),
    ],
)
def test_a_file_that_is_no_shard_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "part-00000.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ArchiveDamaged, match=r"part-00000\.parquet: is damaged") as caught:
        tables.read(path, tables.LINKS)
    assert said in str(caught.value)


def test_a_shard_with_other_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    durable.write(path, tables.encode(_documents(ENGLISH), tables.DOCUMENTS))
    with pytest.raises(ArchiveDamaged, match=r"part-00000\.parquet"):
        tables.read(path, tables.TAGGED)


def test_links_hold_candidates_in_both_scripts(tmp_path: Path) -> None:
    row = {
        "document_id": "الأيام-٢",
        "date": date(2023, 5, 1),
        "mention": 0,
        "start": 5,
        "end": 18,
        "text": "صالح العاروري",
        "name": "صالح العاروري",
        "prefix": "",
        "type": "PERSON",
        "language": "ar",
        "source": "both",
        "outcome": "LINKED",
        "entity_id": "per:saleh-al-arouri",
        "entity_name": "صالح العاروري",
        "matched_name": "Saleh al-Arouri",
        "confidence": 0.99,
        "candidates": [
            {
                "entity_id": "per:saleh-al-arouri",
                "name": "صالح العاروري",
                "type": "PERSON",
                "score": 0.99,
                "matched_name": "Saleh al-Arouri",
            }
        ],
        "antecedent": None,
        "new_name_key": None,
    }
    path = tmp_path / "part-00000.parquet"
    durable.write(path, tables.encode(pa.Table.from_pylist([row], tables.LINKS), tables.LINKS))
    assert tables.read(path, tables.LINKS).to_pylist() == [row]
