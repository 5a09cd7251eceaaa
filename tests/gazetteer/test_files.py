"""Folders, YAML files and JSON Lines files, found and read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nisba_service.gazetteer.load import load
from tests.gazetteer.conftest import Problems

Write = Callable[[dict[str, str | bytes]], Path]

SIDON = "- {id: loc:sidon, type: LOCATION, names: [{name: صيدا}]}\n"
TYRE = "- {id: loc:tyre, type: LOCATION, names: [{name: صور}]}\n"
GAZA_JSON = '{"id": "loc:gaza", "type": "LOCATION", "names": [{"name": "غزة"}]}\n'


def test_a_folder_with_folders_in_it(write: Write) -> None:
    folder = write(
        {
            "places/a.yaml": SIDON,
            "أماكن/b.YML": TYRE,
            "README.md": "# Places",
            ".c.yaml": "left by an editor",
            ".git/d.yaml": "[",
        }
    )
    assert list(load(folder).entities) == ["loc:sidon", "loc:tyre"]


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.YAML"])
def test_a_yaml_file(write: Write, name: str) -> None:
    assert list(load(write({name: SIDON}) / name).entities) == ["loc:sidon"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_a_json_lines_file(write: Write, name: str) -> None:
    assert list(load(write({name: GAZA_JSON}) / name).entities) == ["loc:gaza"]


def test_a_byte_order_mark_is_passed_over(write: Write) -> None:
    bom = b"\xef\xbb\xbf"
    folder = write({"a.yaml": bom + SIDON.encode(), "b.jsonl": bom + GAZA_JSON.encode()})

    assert list(load(folder / "a.yaml").entities) == ["loc:sidon"]
    assert list(load(folder / "b.jsonl").entities) == ["loc:gaza"]


def test_a_missing_path(problems: Problems) -> None:
    message = "cannot be read: No such file or directory"

    assert problems({}, "nowhere") == [f"nowhere: {message}"]
    assert problems({}, "nowhere.yaml") == [f"nowhere.yaml: {message}"]
    assert problems({}, "لا-شيء.jsonl") == [f"لا-شيء.jsonl: {message}"]


def test_an_empty_folder(problems: Problems) -> None:
    assert problems({}) == [".: the folder holds no .yaml or .yml file"]


def test_files_without_records(problems: Problems) -> None:
    assert problems({"a.yaml": "[]"}) == [".: holds no records"]
    assert problems({"a.jsonl": "\n\n"}, "a.jsonl") == ["a.jsonl: holds no records"]


def test_a_file_of_another_kind(problems: Problems) -> None:
    assert problems({"names.csv": "id,name\n"}, "names.csv") == [
        "names.csv: must be a folder of YAML files, or a file .yaml, .yml or .jsonl"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_file_that_cannot_be_read(problems: Problems, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").symlink_to("nowhere")

    assert problems({"a.yaml": SIDON}) == ["b.yaml: cannot be read: No such file or directory"]


def test_bytes_that_are_not_utf8(problems: Problems) -> None:
    message = "is not valid UTF-8: save the file as UTF-8"
    windows_1256 = "- {id: loc:tyre}\n# صور\n".encode("windows-1256")

    assert problems({"a.yaml": windows_1256}) == [f"a.yaml:2: byte 0xd5 {message}"]
    assert problems(
        {"b.jsonl": GAZA_JSON.encode() + GAZA_JSON.encode("windows-1256")}, "b.jsonl"
    ) == [f"b.jsonl:2: byte 0xdb {message}"]


def test_a_line_that_is_not_json(problems: Problems) -> None:
    assert problems({"a.jsonl": GAZA_JSON + '{"id": "loc:tyre",}\n'}, "a.jsonl") == [
        "a.jsonl:2: not valid JSON: trailing comma at line 1 column 19"
    ]


@pytest.mark.parametrize("line", ["[]", "3", '"غزة"', "null"])
def test_a_line_that_is_no_record(problems: Problems, line: str) -> None:
    assert problems({"a.jsonl": line}, "a.jsonl") == [
        "a.jsonl:1: must be a mapping of keys to values"
    ]


def test_json_that_is_nested_without_end(problems: Problems) -> None:
    [problem] = problems({"a.jsonl": "[" * 200_000}, "a.jsonl")

    assert problem.startswith("a.jsonl:1: not valid JSON: recursion limit exceeded")
