"""Which format a file is in."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.exchange.formats import Form, Reading, form_of, read
from nisba_service.gazetteer.exchange.sources import Source
from tests.gazetteer.exchange.conftest import records, rejects

RECORD = '{"id": "org:fatah", "type": "ORGANIZATION", "names": [{"name": "فتح"}]}'


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.csv", "", Form.CSV),
        ("a.TSV", "", Form.CSV),
        ("a.csv.gz", "", Form.CSV),
        ("a.yml", "", Form.YAML),
        ("a.ftm.json", '{"id": "a", "schema": "Person"}', Form.FTM),
        ("entities", '\n{"schema": "Person"}', Form.FTM),
        ("a.json", "[\n{}", Form.WIKIDATA),
        ("Q1.json", '{"entities": {}}', Form.WIKIDATA),
        ("Q1.json", "{\n", Form.WIKIDATA),
        ("a.jsonl", '{"type": "item", "id": "Q1", "labels": {}}', Form.WIKIDATA),
        ("a.jsonl", RECORD, Form.JSONL),
        ("a.jsonl", '{"id": "a", "merged_into": "b"}', Form.JSONL),
    ],
)
def test_a_file_looks_like(tmp_path: Path, name: str, text: str, form: Form) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert form_of(Source(tmp_path / name)) is form


def test_a_folder_is_yaml(tmp_path: Path) -> None:
    assert form_of(Source(tmp_path)) is Form.YAML


@pytest.mark.parametrize("text", ["", "فتح", '{"name": "فتح"}'])
def test_what_is_none_of_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(ExchangeError, match="Say --from ftm, wikidata, csv, jsonl, yaml"):
        form_of(Source(tmp_path / "a.json"))


def test_our_own_forms(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(RECORD.encode()))
    (tmp_path / "a.yaml").write_text(f"- {RECORD}\n- {{id: org:x}}\n", "utf-8")
    for name, form in (("a.jsonl.gz", Form.JSONL), ("a.yaml", Form.YAML)):
        items = list(read(Source(tmp_path / name), Reading(form), Tally()))
        assert [record.names[0].name for record in records(items)] == ["فتح"]
    assert len(rejects(items)) == 1


def test_compressed_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml.gz").write_bytes(gzip.compress(RECORD.encode()))
    with pytest.raises(ExchangeError, match="uncompressed only"):
        list(read(Source(tmp_path / "a.yaml.gz"), Reading(Form.YAML), Tally()))
