"""Where an input lies: a local path, or any address that fsspec knows, and the files there."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem

from nisba_service.errors import ExchangeError, InputError
from nisba_service.gazetteer.exchange.sources import DAMAGED, decompressed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst"})
_USER = re.compile(r"(?<=://)[^/@]*@")
# What tells, without reading it, that a file is not what it was; file systems name it differently.
_STAMPS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "created")
_BUFFER = 1 << 20


class Form(StrEnum):
    """A format that documents are read from."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    TEXT = "text"
    HTML = "html"


_FORMS = {
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".csv": Form.CSV,
    ".tsv": Form.CSV,
    ".parquet": Form.PARQUET,
    ".txt": Form.TEXT,
    ".html": Form.HTML,
    ".htm": Form.HTML,
}
READ = ".jsonl, .csv, .tsv, .parquet, .txt and .html (also .gz, .bz2, .xz, .zst), or a folder"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of an input.

    Attributes:
        source: its address, as rows and rejects name it: without a password.
        name: its path below the input, or its file name: what default IDs are made of.
        stamp: changes with the file, as far as its file system tells.
    """

    fs: Any = field(repr=False)
    path: str = field(repr=False)
    source: str
    name: str
    form: Form
    size: int
    stamp: str

    @contextmanager
    def content(self) -> Iterator[Content]:
        """Open the file. Raises InputError, also while it is read: it cannot be, or is damaged."""
        try:
            with self.fs.open(self.path, "rb") as file:
                yield Content(cast("BinaryIO", file))
        except DAMAGED as error:
            raise InputError(f"{self.source}: is damaged or cut off: {error}") from None
        except (OSError, ExchangeError) as error:
            raise InputError(f"{self.source}: cannot be read: {_reason(error)}") from None

    def seekable(self) -> Any:
        """Open the file for one who reads here and there. Raises InputError."""
        try:
            return self.fs.open(self.path, "rb")
        except OSError as error:
            raise InputError(f"{self.source}: cannot be read: {_reason(error)}") from None


class Content(io.RawIOBase):
    """The bytes of a file as they lie there, counted and hashed as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.position = 0

    def readable(self) -> bool:
        """Return True: `io.BufferedReader` asks."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as one read of the file goes; 0 at its end."""
        view = memoryview(buffer).cast("B")
        piece = self._file.read(len(view))
        view[: len(piece)] = piece
        self._digest.update(piece)
        self.position += len(piece)
        return len(piece)

    def uncompressed(self) -> BinaryIO:
        """Return what the file holds: plain, or compressed as its first bytes tell."""
        return decompressed(io.BufferedReader(self, _BUFFER))

    def sha256(self) -> str:
        """Return the checksum of the file; what has not been read yet is read."""
        while self.read(_BUFFER):
            pass
        return self._digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Input:
    """What a user names: one file, or all files of a folder that we read, in order of path.

    Attributes:
        address: an absolute path, or the URL without user and password.
        given: what the user wrote, which may hold a password.
        passed_over: how many files of other kinds are in the folder.
    """

    address: str
    given: str = field(repr=False)
    files: tuple[InputFile, ...]
    passed_over: int = 0

    @property
    def size(self) -> int:
        """Return the bytes of all files, as they lie there."""
        return sum(file.size for file in self.files)

    @property
    def stamp(self) -> str:
        """Return what changes with any of the files."""
        lines = (f"{file.name}\0{file.size}\0{file.stamp}" for file in self.files)
        return hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()


def locate(address: str) -> Input:
    """Return the files at an address: a local path, or a URL such as s3://bucket/folder.

    Raises InputError if there is nothing that we read.
    """
    shown = _USER.sub("", _printable(address))
    if _printable(address) != address:
        raise InputError(f"{shown}: the name is not UTF-8: rename it")
    try:
        fs, path = fsspec.core.url_to_fs(address)
        fs.invalidate_cache()  # what was there a while ago is not asked for
        named = path if isinstance(fs, LocalFileSystem) else shown.rstrip("/")
        if fs.isdir(path):
            files, passed_over = _files(fs, path, named)
            return Input(named, address, files, passed_over)
        file = _file(fs, fs.info(path), named, PurePosixPath(path).name)
        return Input(named, address, (file,))
    except FileNotFoundError:
        raise InputError(f"{shown}: there is nothing there") from None
    except (OSError, ValueError, ImportError) as error:
        raise InputError(f"{shown}: cannot be read: {_reason(error)}") from None


def _files(fs: Any, folder: str, named: str) -> tuple[tuple[InputFile, ...], int]:
    """Return the files of a folder that are read, and the number of others."""
    found, passed_over = [], 0
    for path, info in sorted(fs.find(folder, detail=True).items()):
        name = path[len(folder) :].lstrip("/")
        # Hidden files and folders are passed over: editors and file managers leave them.
        if any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        if _form(name) is None:
            passed_over += 1
        else:
            found.append(_file(fs, info, f"{named}/{name}", name))
    if not found:
        raise InputError(f"{named}: the folder holds nothing that is read; that is {READ}")
    return tuple(found), passed_over


def _file(fs: Any, info: dict[str, Any], source: str, name: str) -> InputFile:
    form = _form(name)
    if form is None:
        raise InputError(f"{source}: what is it? What is read: {READ}")
    stamp = next((str(info[key]) for key in _STAMPS if info.get(key)), "")
    size = int(info.get("size") or 0)
    return InputFile(fs, info["name"], _printable(source), name, form, size, stamp)


def _printable(name: str) -> str:
    # Names of files that are not UTF-8 are read with lone surrogates, which cannot be written.
    return name.encode(errors="backslashreplace").decode()


def _form(name: str) -> Form | None:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    compressed = bool(suffixes) and suffixes[-1] in _COMPRESSED
    if compressed:
        suffixes.pop()
    form = _FORMS.get(suffixes[-1]) if suffixes else None
    # Parquet compresses within, and is read here and there.
    return None if compressed and form is Form.PARQUET else form


def _reason(error: Exception) -> str:
    return _USER.sub("", str(getattr(error, "strerror", None) or error or type(error).__name__))
