"""docs/gazetteer.md tells curators the truth."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.model import NameKind, NameUse
from nisba_service.gazetteer.schema import NameRecord, Record

DOCS = (Path(__file__).parents[2] / "docs" / "gazetteer.md").read_text(encoding="utf-8")
HAMAS = "\n- {id: org:hamas, type: ORGANIZATION, names: [{name: حماس}]}\n"


def block(language: str) -> str:
    found = re.search(f"```{language}\n(.*?)```", DOCS, re.DOTALL)
    assert found is not None
    return found[1]


def first_cells(heading: str) -> list[str]:
    """Return the words in code style that begin the rows of the tables under a heading."""
    section = DOCS.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)


def test_the_examples_load(write: Callable[[dict[str, str | bytes]], Path]) -> None:
    folder = write({"a.yaml": block("yaml") + HAMAS, "b.jsonl": block("json")})

    assert list(load(folder / "a.yaml").entities) == [
        "org:hamas",
        "org:unrwa",
        "per:saleh-al-arouri",
    ]
    assert list(load(folder / "b.jsonl").entities) == ["loc:gaza-city"]


def test_every_key_and_kind_is_explained() -> None:
    assert first_cells("Keys of a record") == list(Record.model_fields)
    assert first_cells("Keys of a name") == [*NameRecord.model_fields, *NameKind, *NameUse]
