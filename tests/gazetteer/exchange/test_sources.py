"""Files, compressed or not."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange import sources
from nisba_service.gazetteer.exchange.sources import Source

TEXT = "حماس\n\n  Hamas  \n".encode()
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("form", COMPRESS)
def test_lines_with_their_numbers(tmp_path: Path, form: str) -> None:
    path = tmp_path / "names.jsonl"  # the ending does not say that it is compressed
    path.write_bytes(COMPRESS[form](TEXT))
    source = Source(path)

    assert list(source.lines()) == [(1, "حماس".encode()), (3, b"Hamas")]
    assert source.position == source.size == path.stat().st_size


@pytest.mark.parametrize("form", ["gz", "zst"])
def test_several_compressed_parts_are_one_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(COMPRESS[form](b"Fatah\n") + COMPRESS[form]("فتح\n".encode()))

    assert [line for _, line in Source(path).lines()] == [b"Fatah", "فتح".encode()]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfFatah\n")

    assert list(Source(path).lines()) == [(1, b"Fatah")]


@pytest.mark.parametrize("form", ["gz", "bz2", "xz", "zst"])
def test_a_file_that_was_cut_off(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.gz"
    whole = COMPRESS[form](TEXT * 1000)
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(ExchangeError, match="damaged or cut off"):
        list(Source(path).lines())


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"absent\.json: No such file"):
        list(Source(tmp_path / "absent.json").lines())


def test_a_line_beyond_the_limit_is_cut_and_the_next_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LINE_LIMIT", 10)
    path = tmp_path / "a"
    path.write_bytes(b"x" * 35 + b"\nHamas\n" + b"y" * 10 + b"\nFatah")

    lines = [line for _, line in Source(path).lines()]
    assert lines == [b"x" * 11, b"Hamas", b"y" * 10, b"Fatah"]
