"""Records of a folder, a YAML file or a JSON Lines file, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from nisba_service.errors import Problem
from nisba_service.gazetteer.source import Place, SourceRecord, not_utf8
from nisba_service.gazetteer.yaml_records import read_yaml

_YAML = frozenset({".yaml", ".yml"})
_JSONL = frozenset({".jsonl", ".ndjson"})
_BOM = b"\xef\xbb\xbf"


def read_records(path: Path) -> Iterator[SourceRecord | Problem]:
    """Yield every record under `path`, and a problem for whatever cannot be read.

    A folder is searched for YAML files in order of path; hidden files and folders are passed over
    (editors and file managers leave them). JSON Lines are streamed.
    """
    try:
        files = _files(path)
        if not files:
            yield Problem(str(path), 0, "the folder holds no .yaml or .yml file")
        for file in files:
            yield from _read_file(file)
    except OSError as error:
        yield Problem(str(error.filename or path), 0, f"cannot be read: {error.strerror}")


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        Path(folder, name)
        for folder, name in _visible_files(path)
        if Path(name).suffix.lower() in _YAML
    )


def _visible_files(path: Path) -> Iterator[tuple[str, str]]:
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield from ((folder, name) for name in names if not name.startswith("."))


def _read_file(path: Path) -> Iterator[SourceRecord | Problem]:
    suffix = path.suffix.lower()
    if suffix in _JSONL:
        yield from _read_jsonl(path)
    elif suffix in _YAML or not path.exists():
        yield from _read_yaml_file(path)
    else:
        message = "must be a folder of YAML files, or a file .yaml, .yml or .jsonl"
        yield Problem(str(path), 0, message)


def _read_yaml_file(path: Path) -> Iterator[SourceRecord | Problem]:
    data = path.read_bytes().removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Problem(str(path), line, not_utf8(error))
    else:
        yield from read_yaml(str(path), text)


def _read_jsonl(path: Path) -> Iterator[SourceRecord]:
    name = str(path)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            content = line.removeprefix(_BOM).strip()
            if content:
                yield SourceRecord(Place(name, number), content)
