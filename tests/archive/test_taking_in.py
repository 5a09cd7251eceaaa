"""Every row once: as a document, or as a reject with its reason and place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nisba_service.archive import tables
from nisba_service.archive.description import Archive
from nisba_service.archive.inputs import cutting
from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.inputs.locations import InputFile
from nisba_service.archive.inputs.reading import rows
from nisba_service.archive.inputs.register import Register
from nisba_service.archive.manifest import read_manifest
from nisba_service.errors import InputError, TooManyRejects
from tests.archive.workshop import (
    ARABIC,
    ENGLISH,
    articles,
    contents,
    new_archive,
    rejects,
    taken_in,
    write_jsonl,
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return new_archive(tmp_path / "archive")


def _documents(archive: Archive) -> list[dict[str, object]]:
    shards = sorted(archive.layout.documents.glob("*.parquet"))
    return [row for path in shards for row in tables.read(path, tables.DOCUMENTS).to_pylist()]


def _ids(archive: Archive) -> list[object]:
    return [row["document_id"] for row in _documents(archive)]


def test_rows_become_documents_in_order_in_shards_of_one_size(
    archive: Archive, tmp_path: Path
) -> None:
    source = write_jsonl(tmp_path / "أخبار.jsonl", articles(10))
    assert taken_in(archive, source).documents == 10
    assert _ids(archive) == [record["id"] for record in articles(10)]
    manifest = read_manifest(archive.layout.documents)
    assert manifest is not None
    assert [shard.documents for shard in manifest.shards.values()] == [4, 4, 2]
    assert manifest.complete
    last = _documents(archive)[-1]
    assert (last["source"], last["row"], last["language"]) == (str(source), 10, "ar")
    assert str(last["date"]) == "2023-05-01"


def test_each_reject_has_its_reason_and_its_place_and_no_text(
    archive: Archive, tmp_path: Path
) -> None:
    source = write_jsonl(
        tmp_path / "news.jsonl",
        [
            {"id": "good", "text": ENGLISH},
            {"id": "empty", "text": "  "},
            {"id": "none"},
            {"id": "مكرر", "text": ARABIC},
            {"id": "مكرر", "text": f"{ARABIC} 2"},
            {"id": "long", "text": "a" * 100_001},
            {"id": "greek", "text": "Ο πρωθυπουργός μίλησε χθες"},
            {"id": "french", "text": ENGLISH, "language": "fr"},
            {"id": "day", "text": ENGLISH, "date": "2023-02-29"},
            {"id": "x" * 129, "text": ENGLISH},
            ["no", "object"],
        ],
    )
    taken_in(archive, source)
    assert _ids(archive) == ["good", "مكرر"]
    found = [(r["reason"], r["row"], r.get("document_id")) for r in rejects(archive)]
    assert found == [
        ("no_text", 2, "empty"),
        ("no_text", 3, "none"),
        ("duplicate_id", 5, "مكرر"),
        ("too_long", 6, "long"),
        ("unknown_script", 7, "greek"),
        ("unknown_language", 8, "french"),
        ("bad_date", 9, "day"),
        ("bad_id", 10, None),
        ("bad_row", 11, None),
    ]
    assert all(r["source"] == str(source) for r in rejects(archive))
    written = json.dumps(rejects(archive), ensure_ascii=False)
    assert "Arouri" not in written
    assert "العاروري" not in written


def test_a_duplicate_of_another_input_is_told_where_it_stands_first(
    archive: Archive, tmp_path: Path
) -> None:
    first = write_jsonl(tmp_path / "a.jsonl", articles(3))
    second = write_jsonl(tmp_path / "b.jsonl", articles(3, first=2))
    taken_in(archive, first)
    taken_in(archive, second)
    assert _ids(archive) == ["news-0", "خبر-1", "news-2", "خبر-3", "news-4"]
    (reject,) = rejects(archive)
    assert (reject["reason"], reject["row"]) == ("duplicate_id", 1)
    assert reject["detail"] == f"first at {first}:3"


def test_wrong_bytes_reject_their_row_alone(archive: Archive, tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"id": "1", "text": ENGLISH}).encode(),
        '{"id": "2", "text": "صالح العاروري في بيروت"}'.encode("cp1256"),
        b'{"id": "3", "text": "half a pair \\ud83d in it"}',
        json.dumps({"id": "4", "text": ARABIC}, ensure_ascii=False).encode(),
    ]
    source.write_bytes(b"\n".join(lines))
    taken_in(archive, source)
    assert _ids(archive) == ["1", "4"]
    assert [(r["reason"], r["row"]) for r in rejects(archive)] == [
        ("wrong_encoding", 2),
        ("wrong_encoding", 3),
    ]


def test_the_same_input_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "news.jsonl", articles(5))
    taken_in(archive, source)
    before = contents(archive)
    source.touch()  # another time, the same content
    assert taken_in(archive, source).done == 0
    assert contents(archive) == before


def test_more_inputs_add_to_what_is_there(archive: Archive, tmp_path: Path) -> None:
    taken_in(archive, write_jsonl(tmp_path / "a.jsonl", articles(5)))
    before = contents(archive)
    summary = taken_in(archive, write_jsonl(tmp_path / "b.jsonl", articles(3, first=5)))
    assert (summary.done, summary.documents) == (3, 8)
    assert before.items() <= contents(archive).items()


def test_an_input_that_changed_is_named_and_nothing_is_mixed(
    archive: Archive, tmp_path: Path
) -> None:
    source = write_jsonl(tmp_path / "الأيام.jsonl", articles(5))
    taken_in(archive, source)
    before = contents(archive)
    write_jsonl(source, articles(6))
    with pytest.raises(InputError, match=r"الأيام\.jsonl: has changed since it was taken in"):
        taken_in(archive, source)
    assert contents(archive) == before


def test_too_many_rejects_end_the_run_and_nothing_of_the_input_stays(
    archive: Archive, tmp_path: Path
) -> None:
    good = write_jsonl(tmp_path / "good.jsonl", articles(5))
    records = [{"id": str(n), "text": "" if n % 2 else ENGLISH} for n in range(20)]
    bad = write_jsonl(tmp_path / "bad.jsonl", records)
    with pytest.raises(
        TooManyRejects, match=r"bad\.jsonl: 10 of 20 rows are unusable \(10 no_text\)"
    ):
        taken_in(archive, good, bad, limit="10%")
    assert len(_ids(archive)) == 5
    assert len(rejects(archive)) == 10  # to see why
    assert [one.address for one in Register(archive.layout.inputs).inputs] == [str(good)]
    taken_in(archive, bad, limit="50%")
    assert len(_ids(archive)) == 15


def test_an_input_cut_off_in_the_middle_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415 (one test needs it)

    whole = write_jsonl(tmp_path / "whole.jsonl", articles(300)).read_bytes()
    source = tmp_path / "cut.jsonl.gz"
    source.write_bytes(gzip.compress(whole)[:-50])
    with pytest.raises(InputError, match=r"cut\.jsonl\.gz: is damaged or cut off"):
        taken_in(archive, source)
    assert _ids(archive) == []
    source.write_bytes(gzip.compress(whole))
    taken_in(archive, source)
    assert len(_ids(archive)) == 300


@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_a_shard_that_is_gone_is_read_again(archive: Archive, tmp_path: Path, damage: str) -> None:
    first = write_jsonl(tmp_path / "a.jsonl", articles(10))
    second = write_jsonl(tmp_path / "b.jsonl", articles(5, first=10))
    taken_in(archive, first, second)
    before = contents(archive)
    shard = archive.layout.documents / "part-00001.parquet"
    if damage == "missing":
        shard.unlink()
    else:
        shard.write_bytes(shard.read_bytes()[:-1])
    taken_in(archive)
    assert contents(archive) == before


def test_a_shard_that_is_gone_cannot_be_read_from_a_changed_input(
    archive: Archive, tmp_path: Path
) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", articles(10))
    taken_in(archive, source)
    (archive.layout.documents / "part-00001.parquet").unlink()
    write_jsonl(source, articles(11))
    with pytest.raises(InputError, match=r"a\.jsonl: has changed"):
        taken_in(archive)


def test_an_input_that_is_changed_while_it_is_read_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_jsonl(tmp_path / "أخبار.jsonl", articles(10))

    def appending(*arguments: Any) -> Iterator[Any]:
        yield from rows(*arguments)
        with source.open("a", encoding="utf-8") as file:
            file.write('{"text": "Hamas"}')

    monkeypatch.setattr(cutting, "rows", appending)
    with pytest.raises(InputError, match=r"أخبار\.jsonl: was changed while it was read"):
        taken_in(archive, source)
    assert _ids(archive) == []
    monkeypatch.undo()
    taken_in(archive, source)
    assert len(_ids(archive)) == 11


@pytest.mark.parametrize("named", [(), ("c",), ("c", "b"), ("b", "c")])
def test_what_a_run_was_stopped_over_is_taken_in_first_in_whatever_order_it_is_named(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: tuple[str, ...]
) -> None:
    counts = {"a": (5, 0), "b": (10, 5), "c": (6, 15)}
    files = {n: write_jsonl(tmp_path / f"{n}.jsonl", articles(*of)) for n, of in counts.items()}

    def stopped(file: InputFile, *arguments: Any) -> Iterator[Any]:
        for number, row in enumerate(rows(file, *arguments)):
            if file.name == "b.jsonl" and number == 7:
                raise KeyboardInterrupt
            yield row

    monkeypatch.setattr(cutting, "rows", stopped)
    with pytest.raises(KeyboardInterrupt):
        taken_in(archive, files["a"], files["b"])
    assert len(_ids(archive)) == 9
    monkeypatch.undo()
    taken_in(archive, *(files[name] for name in named))
    assert _ids(archive) == [one["id"] for one in articles(21 if "c" in named else 15)]
    shards = [
        (Path(one.address).name, one.numbers) for one in Register(archive.layout.inputs).inputs
    ]
    expected = [("a.jsonl", range(2)), ("b.jsonl", range(2, 5)), ("c.jsonl", range(5, 7))]
    assert shards == expected[: 3 if "c" in named else 2]


def test_an_empty_input_is_an_input(archive: Archive, tmp_path: Path) -> None:
    source = tmp_path / "empty.jsonl"
    source.write_text("", encoding="utf-8")
    assert taken_in(archive, source).documents == 0
    assert Register(archive.layout.inputs).inputs[0].is_whole


def test_columns_by_name(archive: Archive, tmp_path: Path) -> None:
    source = write_jsonl(
        tmp_path / "a.jsonl", [{"رقم": 7, "نص": ARABIC, "تاريخ": "2023-05-01T22:00:00+03:00"}]
    )
    taken_in(archive, source, columns=Columns(id="رقم", text="نص", date="تاريخ"))
    (row,) = _documents(archive)
    assert (row["document_id"], row["text"], str(row["date"])) == ("7", ARABIC, "2023-05-01")
