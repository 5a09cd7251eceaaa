"""Whatever a file holds, it is loaded or its problems are told: nothing else is raised."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nisba_service.gazetteer.load import check, load

# Pieces that come near to a record reach further than characters at random.
PIECES = st.sampled_from(
    [
        *("- ", "id: ", "a", "\n", "  ", "names:", "name: ", "غزة", "type: ", "PERSON", "lang: ar"),
        *("[", "]", "{", "}", ", ", "? ", "<<: ", "relations:", "~", "\t", "\r\n", "#"),
        *("---", "...", "&a ", "*a", "!!int ", "|", ">", '"', "'", "%YAML", "\\", "`", "@"),
        *("\x00", "\ufeff", "\u2028"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
RECORDS = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b"]) | VALUES, "type": st.just("PERSON") | VALUES},
    optional={
        "names": st.lists(
            st.fixed_dictionaries(
                {"name": st.text() | VALUES},
                optional=dict.fromkeys(("lang", "kind", "source"), VALUES),
            )
        )
        | VALUES,
        "wikidata": VALUES,
        "other_ids": VALUES,
        "relations": st.lists(st.fixed_dictionaries({"rel": VALUES, "target": VALUES})) | VALUES,
        "غزة": VALUES,
    },
)


def is_loaded_or_told(name: str, content: bytes) -> bool:
    """Tell whether the file is loaded, always to the same, or every problem of it has words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        report = check(path)
        if report.gazetteer is not None:
            return load(path) == report.gazetteer
        return bool(report.errors) and all(problem.message for problem in report.errors)


@given(st.binary())
def test_bytes(content: bytes) -> None:
    assert is_loaded_or_told("a.yaml", content)
    assert is_loaded_or_told("a.jsonl", content)


@given(st.lists(PIECES).map("".join) | st.text())
def test_text_that_resembles_yaml(text: str) -> None:
    assert is_loaded_or_told("a.yaml", text.encode("utf-8", "surrogatepass"))


@given(st.lists(RECORDS | VALUES, max_size=3))
def test_records_of_any_values(records: list[object]) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]

    assert is_loaded_or_told("a.jsonl", "\n".join(lines).encode("utf-8", "surrogatepass"))
    assert is_loaded_or_told("a.yaml", json.dumps(records).encode())
