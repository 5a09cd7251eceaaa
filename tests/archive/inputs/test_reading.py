"""The same two articles, in every form in which they may come."""

from __future__ import annotations

import bz2
import csv
import functools
import gzip
import http.server
import lzma
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.inputs.locations import locate
from nisba_service.archive.inputs.reading import ROW_LIMIT, rows
from nisba_service.archive.inputs.rows import Accepted, checked
from nisba_service.archive.rejects import Reason, Reject
from nisba_service.errors import InputError
from tests.archive.workshop import ARABIC, ENGLISH, write_jsonl

RECORDS = [
    {"id": "news-1", "text": ENGLISH, "date": "2023-05-01", "language": "en"},
    {"id": "خبر-٢", "text": ARABIC, "date": "2023-05-02", "language": "ar"},
]


def _read(address: Path | str, columns: Columns | None = None) -> list[Accepted | Reject]:
    found: list[Accepted | Reject] = []
    for file in locate(str(address)).files:
        with file.content() as content:
            for item in rows(file, columns or Columns(), content):
                found.append(item if isinstance(item, Reject) else checked(item))
    return found


def _told(address: Path | str, columns: Columns | None = None) -> list[tuple[str, str, str]]:
    return [
        (one.document.id, one.document.text, str(one.document.date))
        if isinstance(one, Accepted)
        else (one.reason.value, "", str(one.place.row))
        for one in _read(address, columns)
    ]


BOTH = [("news-1", ENGLISH, "2023-05-01"), ("خبر-٢", ARABIC, "2023-05-02")]


def _csv(path: Path, delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(RECORDS[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(RECORDS)
    return path


def test_json_lines(tmp_path: Path) -> None:
    assert _told(write_jsonl(tmp_path / "أخبار.jsonl", RECORDS)) == BOTH


def test_csv_of_a_spreadsheet_with_its_byte_order_mark(tmp_path: Path) -> None:
    assert _told(_csv(tmp_path / "أخبار.csv")) == BOTH
    assert _told(_csv(tmp_path / "news.tsv", "\t")) == BOTH


def test_parquet(tmp_path: Path) -> None:
    days = [r | {"date": date.fromisoformat(r["date"])} for r in RECORDS]
    pq.write_table(pa.Table.from_pylist(days), tmp_path / "news.parquet")
    assert _told(tmp_path / "news.parquet") == BOTH


def _zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


@pytest.mark.parametrize(
    ("suffix", "compress"),
    [(".gz", gzip.compress), (".zst", _zst), (".bz2", bz2.compress), (".xz", lzma.compress)],
)
def test_compressed(tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> None:
    plain = write_jsonl(tmp_path / "plain.jsonl", RECORDS).read_bytes()
    (tmp_path / f"أخبار.jsonl{suffix}").write_bytes(compress(plain))
    assert _told(tmp_path / f"أخبار.jsonl{suffix}") == BOTH
    table = _csv(tmp_path / "plain.csv").read_bytes()
    (tmp_path / f"news.csv{suffix}").write_bytes(compress(table))
    assert _told(tmp_path / f"news.csv{suffix}") == BOTH


def test_a_folder_of_texts_and_pages_each_with_its_path_for_an_id(tmp_path: Path) -> None:
    folder = tmp_path / "أرشيف"
    (folder / "٢٠٢٣").mkdir(parents=True)
    (folder / "٢٠٢٣/خبر.txt").write_text(ARABIC, encoding="utf-8")
    (folder / "page.html").write_text(f"<title>x</title><p>{ENGLISH}</p>", encoding="utf-8")
    (folder / ".hidden.txt").write_text("left by an editor", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    found = locate(str(folder))
    assert found.passed_over == 1
    assert _told(folder) == [("page.html", ENGLISH, "None"), ("٢٠٢٣/خبر.txt", ARABIC, "None")]


def test_rows_without_an_id_are_named_after_their_file_and_row(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "أخبار.jsonl", [{"text": ENGLISH}, {"text": ARABIC}])
    assert [one[0] for one in _told(source)] == ["أخبار.jsonl:1", "أخبار.jsonl:2"]


def test_a_place_in_memory() -> None:
    with fsspec.open("memory://archive/أخبار.jsonl", "wb") as file:
        file.write(b'{"id": "1", "text": "Hamas met in Beirut."}\n')
    assert _told("memory://archive/أخبار.jsonl") == [("1", "Hamas met in Beirut.", "None")]
    assert locate("memory://archive/").files[0].source == "memory://archive/أخبار.jsonl"


def test_a_file_by_its_url(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    assert _told(f"file://{source}") == BOTH
    assert locate(f"file://{source}").address == str(source)


def test_a_wrong_row_of_a_table_is_rejected_alone(tmp_path: Path) -> None:
    source = tmp_path / "news.csv"
    lines = [b"id,text", b"1,Hamas", b"2,Hamas,more", "3,حماس".encode("cp1256"), "4,حماس".encode()]
    source.write_bytes(b"\n".join(lines))
    assert [(one[0], one[2]) for one in _told(source)] == [
        ("1", "None"),
        ("bad_row", "2"),
        ("wrong_encoding", "3"),
        ("4", "None"),
    ]


def test_a_wrong_string_of_parquet_is_rejected_alone(tmp_path: Path) -> None:
    raw = pa.array([b"Hamas", "حماس".encode("cp1256"), "حماس".encode()], pa.binary())
    table = pa.table({"id": ["1", "2", "3"], "text": raw.view(pa.string())})
    pq.write_table(table, tmp_path / "news.parquet")
    assert [one[0] for one in _told(tmp_path / "news.parquet")] == ["1", "wrong_encoding", "3"]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    with source.open("wb") as file:
        file.write(b'{"text": "' + b"a" * (2 * ROW_LIMIT) + b'"}\n')
        file.write(b'{"id": "2", "text": "Hamas"}\n')
    assert [(one[0], one[2]) for one in _told(source)] == [("too_long", "1"), ("2", "None")]


@pytest.mark.parametrize("name", ["news.csv", "news.parquet"])
def test_a_table_without_a_text_says_what_it_has(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    if name.endswith("csv"):
        source.write_text("رقم,نص\n1,حماس\n", encoding="utf-8")
    else:
        pq.write_table(pa.table({"رقم": ["1"], "نص": ["حماس"]}), source)
    with pytest.raises(InputError, match=rf"{name}: which column is the text\? .* رقم, نص"):
        _read(source)
    with pytest.raises(InputError, match="has no column 'body'"):
        _read(source, Columns(text="body"))
    assert _told(source, Columns(id="رقم", text="نص")) == [("1", "حماس", "None")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("news.parquet", b"PAR1 no", "is no Parquet file, or damaged"),
        ("news.jsonl.gz", gzip.compress(b'{"text": "Hamas"}\n' * 9)[:-9], "damaged or cut off"),
        ("news.jsonl.zst", _zst(b'{"text": "Hamas"}\n' * 9)[:-3], "damaged or cut off"),
        ("أخبار.docx", b"PK", "what is it?"),
        ("news.parquet.gz", b"", "what is it?"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name}: ") as caught:
        _read(tmp_path / name)
    assert said in str(caught.value)


def test_a_folder_with_a_compressed_file_of_no_kind(tmp_path: Path) -> None:
    (tmp_path / "backup.gz").write_bytes(gzip.compress(b"Hamas"))
    (tmp_path / "خبر.txt").write_text(ARABIC, encoding="utf-8")
    assert locate(str(tmp_path)).passed_over == 1
    with pytest.raises(InputError, match=r"backup\.gz: what is it\?"):
        locate(str(tmp_path / "backup.gz"))


def test_a_file_whose_name_is_not_utf_8_is_rejected_alone(tmp_path: Path) -> None:
    (tmp_path / "خبر.txt").write_text(ARABIC, encoding="utf-8")
    named_in_windows_1256 = os.fsencode(tmp_path) + "/خبر.txt".encode("cp1256")
    Path(os.fsdecode(named_in_windows_1256)).write_text(ARABIC, encoding="utf-8")
    right, wrong = _read(tmp_path)
    assert isinstance(wrong, Reject)
    assert wrong.reason is Reason.WRONG_ENCODING
    assert wrong.place.source == f"{tmp_path}/\\udcce\\udcc8\\udcd1.txt"
    assert isinstance(right, Accepted)
    with pytest.raises(InputError, match="the name is not UTF-8"):
        locate(os.fsdecode(named_in_windows_1256))


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"لا-شيء\.jsonl: there is nothing there"):
        locate(str(tmp_path / "لا-شيء.jsonl"))
    with pytest.raises(InputError, match="holds nothing that is read"):
        locate(str(tmp_path))
    with pytest.raises(InputError, match="nowhere://x: cannot be read"):
        locate("nowhere://x")


def test_an_input_is_known_by_its_address_without_user_and_password() -> None:
    with fsspec.open("memory://curator:secret@news/أخبار.jsonl", "wb") as file:
        file.write(b'{"text": "Hamas"}')
    found = locate("memory://curator:secret@news/أخبار.jsonl")
    assert found.address == found.files[0].source == "memory://news/أخبار.jsonl"
    assert "secret" not in repr(found)


def test_passwords_of_an_address_are_not_told() -> None:
    with pytest.raises(InputError) as caught:
        locate("ftpx://curator:secret@host/news.jsonl")
    assert "secret" not in str(caught.value)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """Serve the folder of the test, on this machine."""
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_web_address_needs_what_fsspec_names_or_is_read(web: str, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "news.jsonl", RECORDS)
    try:
        fsspec.filesystem("http")
    except ImportError:
        with pytest.raises(InputError, match=r"news\.jsonl: cannot be read: .*aiohttp"):
            _read(f"{web}/news.jsonl")
    else:
        assert _told(f"{web}/news.jsonl") == BOTH


@pytest.mark.parametrize("column", ["text", "id"])
def test_parquet_whose_columns_have_no_names_in_utf_8_is_damaged(
    tmp_path: Path, column: str
) -> None:
    path = tmp_path / "أخبار.parquet"
    pq.write_table(pa.table({name: [ARABIC] for name in ("id", "text")}), path)
    wrong = b"\x80" * len(column)
    path.write_bytes(path.read_bytes().replace(column.encode(), wrong))
    with pytest.raises(InputError, match=f"{path}: is no Parquet file, or damaged"):
        _read(path)
