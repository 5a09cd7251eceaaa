"""A folder of YAML files that a curator edits, and the revision of the store that it was.

Records stand in order of ID, in files by type. Where a file ends follows from the IDs around it, so
that a new entity changes one file and moves no other record.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.yaml_write import yaml_record
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.names.types import EntityType

MARK = ".nisba-revision"
_MARK_FORM = re.compile(r"revision: (?P<number>[0-9]{1,18})\nversion: (?P<version>[0-9a-f]{16})\n")

_FILES = {
    EntityType.PERSON: "people",
    EntityType.ORGANIZATION: "organizations",
    EntityType.LOCATION: "places",
}
_MERGED = "merged"

# Records of a file: enough to see neighbours, few enough for an editor and a review.
_LEAST, _MOST = 300, 1_000
# One ID in so many ends a file, once it holds the least.
_ENDS = 128


@dataclass(frozen=True, slots=True)
class Mark:
    """The revision of a store that a folder was equal to; the version tells stores apart."""

    revision: int
    version: str


def read_mark(folder: Path) -> Mark | None:
    """Return the mark of a folder; None: no export wrote it.

    Raises ExchangeError if the mark is damaged.
    """
    try:
        text = (folder / MARK).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ExchangeError(f"{folder / MARK}: cannot be read: {error}") from None
    match = _MARK_FORM.fullmatch(text)
    if match is None:
        raise ExchangeError(f"{folder / MARK}: is damaged: export anew, or say --base N")
    return Mark(int(match["number"]), match["version"])


def write_mark(folder: Path, mark: Mark) -> None:
    """Note what a folder is now equal to."""
    temporary = folder / f"{MARK}.new"
    temporary.write_text(f"revision: {mark.revision}\nversion: {mark.version}\n", "utf-8")
    temporary.replace(folder / MARK)


def write_folder(
    folder: Path, records: Iterable[Record | RedirectRecord], mark: Mark, *, replace: bool
) -> None:
    """Write the records, which come in order of ID, and the revision's mark.

    The files are written beside the folder first: a fault on the way leaves it as it was.

    Args:
        folder: made if it is not there; else it must be empty.
        records: the state to write.
        mark: its number and version.
        replace: write over an earlier export: its YAML files are removed, other files are kept.

    Raises:
        ExchangeError: a folder that holds files, or cannot be written.
    """
    _refuse_to_overwrite(folder, replace)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write_files(beside, records)
            _move(beside, folder)
            write_mark(folder, mark)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise ExchangeError(f"{folder}: cannot be written: {error.strerror or error}") from None


def _refuse_to_overwrite(folder: Path, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise ExchangeError(f"{folder}: is a file; YAML is written to a folder")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MARK).exists():
        raise ExchangeError(f"{folder}: holds files that no export wrote: name another folder")
    if not replace:
        raise ExchangeError(f"{folder}: holds an earlier export; --replace writes over it")


def _write_files(folder: Path, records: Iterable[Record | RedirectRecord]) -> None:
    with ExitStack() as stack:
        series = {name: stack.enter_context(_Series(folder, name)) for name in _names()}
        for record in records:
            name = _FILES[record.type] if isinstance(record, Record) else _MERGED
            series[name].write(record)


def _names() -> tuple[str, ...]:
    return (*_FILES.values(), _MERGED)


def _move(beside: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for pattern in ("*.yaml", "*.yml"):
        for old in folder.rglob(pattern):
            if not any(part.startswith(".") for part in old.relative_to(folder).parts):
                old.unlink()
    for file in beside.iterdir():
        file.replace(folder / file.name)


class _Series:
    """The files of one type: people.yaml, or people-001.yaml and so on if there are several."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._file: TextIO | None = None
        self._files = 0
        self._records = 0

    def __enter__(self) -> _Series:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        if self._files == 1:
            self._path(1).rename(self._folder / f"{self._name}.yaml")

    def write(self, record: Record | RedirectRecord) -> None:
        """Append a record to the file that is open, or to the next."""
        if self._file is None:
            self._files += 1
            self._records = 0
            self._file = self._path(self._files).open("w", encoding="utf-8", newline="\n")
        else:
            self._file.write("\n" if isinstance(record, Record) else "")
        self._file.write(yaml_record(record))
        self._records += 1
        if self._records >= _MOST or (self._records >= _LEAST and _ends_a_file(record.id)):
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _path(self, number: int) -> Path:
        return self._folder / f"{self._name}-{number:03}.yaml"


def _ends_a_file(entity_id: str) -> bool:
    return hashlib.sha256(entity_id.encode("ascii")).digest()[0] % _ENDS == 0
