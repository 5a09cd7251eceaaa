"""The lines of a file, compressed or not, with their numbers and how far the file has been read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard

from nisba_service.errors import ExchangeError

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of one line. The largest items of Wikidata have about 5 MB; a file without line ends must
not fill the memory."""

TOO_LONG = f"a line of more than {LINE_LIMIT // 1024 // 1024} MiB: is it one record a line?"

# Bytes read at once of a compressed file: what each turns into must fit the memory.
_PIECE = 1 << 17
_BOM = b"\xef\xbb\xbf"
DAMAGED = (EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, gzip.BadGzipFile)
"""What reading a compressed file raises that is damaged or cut off."""

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Line = tuple[int, bytes]
"""A line's number, from 1, and its text without white space at the ends."""


class _Zstandard(io.RawIOBase):
    """Zstandard frames, one after another. The library's reader takes a cut-off file for whole."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._has_begun = False
        self._waiting = b""

    def readable(self) -> bool:
        """Return True: `io.BufferedReader` asks."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as one piece of the file goes; 0 at its end."""
        view = memoryview(buffer).cast("B")
        while not self._waiting and (piece := self._piece()):
            self._decompress(piece)
        taken = self._waiting[: len(view)]
        view[: len(taken)] = taken
        self._waiting = self._waiting[len(taken) :]
        return len(taken)

    def _piece(self) -> bytes:
        piece = self._raw.read(_PIECE)
        if not piece and self._has_begun:
            raise EOFError("it ends within a frame")
        return piece

    def _decompress(self, piece: bytes) -> None:
        parts = []
        while piece:
            self._has_begun = True
            parts.append(self._frame.decompress(piece))
            piece = b""
            if self._frame.eof:
                piece = self._frame.unused_data
                self._frame = zstandard.ZstdDecompressor().decompressobj()
                self._has_begun = False
        self._waiting = b"".join(parts)


# How compressed files begin. The ending of a name can lie, these bytes do not.
_OPENERS: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": lambda raw: cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb")),
    b"BZh": lambda raw: cast("BinaryIO", bz2.BZ2File(raw)),
    b"\xfd7zXZ\x00": lambda raw: cast("BinaryIO", lzma.LZMAFile(raw)),  # noqa: SIM115 (closed by whoever opens it)
    b"\x28\xb5\x2f\xfd": lambda raw: cast("BinaryIO", io.BufferedReader(_Zstandard(raw), _PIECE)),
}


class Source:
    """A file being read: plain, .gz, .bz2, .xz or .zst, told by its first bytes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._raw: io.BufferedReader | None = None

    @property
    def size(self) -> int:
        """Return the bytes of the file as it lies on the disk."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def position(self) -> int:
        """Return how many of these bytes have been read."""
        if self._raw is None or self._raw.closed or not self._raw.seekable():
            return self.size
        return self._raw.tell()

    @contextmanager
    def content(self) -> Iterator[BinaryIO]:
        """Open the file and yield what it holds, uncompressed.

        Raises:
            ExchangeError: a file that cannot be opened, or that is damaged; also while it is read.
        """
        try:
            with self.path.open("rb") as self._raw, decompressed(self._raw) as content:
                yield content
        except DAMAGED as error:
            raise ExchangeError(f"{self.path}: is damaged or cut off: {error}") from None
        except OSError as error:
            raise ExchangeError(f"{self.path}: {error.strerror or error}") from None

    def lines(self) -> Iterator[Line]:
        """Yield every line that holds something. A line beyond LINE_LIMIT is yielded cut short.

        Raises:
            ExchangeError: as for `content`.
        """
        with self.content() as content:
            for number, line in enumerate(_lines(content), start=1):
                text = (line.removeprefix(_BOM) if number == 1 else line).strip()
                if text:
                    yield number, text


def decompressed(raw: io.BufferedReader) -> BinaryIO:
    """Return what a file holds, plain or compressed. Reading it raises one of `DAMAGED`."""
    start = raw.peek(6)  # a pipe cannot be wound back
    opener = next((o for magic, o in _OPENERS.items() if start.startswith(magic)), None)
    return opener(raw) if opener is not None else cast("BinaryIO", raw)


def _lines(content: BinaryIO) -> Iterator[bytes]:
    while line := content.readline(LINE_LIMIT + 1):
        yield line
        while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            line = content.readline(LINE_LIMIT + 1)
