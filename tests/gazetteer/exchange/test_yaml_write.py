"""Records as curators write them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given

from nisba_service.gazetteer.exchange.yaml_write import yaml_record
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.schema import NameRecord, Record, RedirectRecord, RelationRecord, parse
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.yaml_records import read_yaml
from nisba_service.names.types import EntityType
from nisba_service.settings import bundled
from tests.gazetteer.exchange.examples import gazetteers, patient


def read_back(text: str) -> list[Record | RedirectRecord]:
    sources = list(read_yaml("a.yaml", text))
    return [parse(source) for source in sources if isinstance(source, SourceRecord)]


def test_the_layout() -> None:
    record = Record(
        id="per:saleh-al-arouri",
        type=EntityType.PERSON,
        names=[
            NameRecord(name="Saleh al-Arouri", kind="primary"),
            NameRecord(name="صالح العاروري", kind="primary", evidence="text", source="a: b"),
            NameRecord(name="العاروري", kind="short", use="never-alone", valid_to="2024-01-02"),
        ],
        description="نائب رئيس المكتب السياسي لحركة حماس",
        other_ids={"viaf": "007"},
        relations=[RelationRecord(rel="member_of", target="org:hamas")],
        not_names=["Aruri, a village"],
    )
    assert (
        yaml_record(record)
        == """\
- id: per:saleh-al-arouri
  type: PERSON
  names:
  - {name: Saleh al-Arouri, kind: primary}
  - {name: صالح العاروري, kind: primary, evidence: text, source: "a: b"}
  - {name: العاروري, kind: short, use: never-alone, valid_to: "2024-01-02"}
  description: نائب رئيس المكتب السياسي لحركة حماس
  other_ids: {viaf: "007"}
  relations:
  - {rel: member_of, target: org:hamas}
  not_names: ["Aruri, a village"]
"""
    )
    redirect = RedirectRecord(id="per:aruri", merged_into="per:saleh-al-arouri")
    assert yaml_record(redirect) == "- {id: per:aruri, merged_into: per:saleh-al-arouri}\n"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Hamas", "Hamas"),
        ("No", '"No"'),
        ("17", '"17"'),
        ("M.T.F. (م.ت.ف)", "M.T.F. (م.ت.ف)"),
        ("a\u200fب", '"a\\u200Fب"'),  # a mark that nobody sees
        ('the "Lions"', '"the \\"Lions\\""'),
        ("مُحمّد", '"مُحمّد"'),
    ],
)
def test_quotation_marks_only_where_they_help(name: str, written: str) -> None:
    record = Record(id="a", type=EntityType.PERSON, names=[NameRecord(name=name)])
    assert f"- {{name: {written}}}\n" in yaml_record(record)


@patient
@given(records=gazetteers())
def test_any_record_comes_back_as_it_was(records: list[Record | RedirectRecord]) -> None:
    text = "".join(map(yaml_record, records))

    assert read_back(text) == records
    # Other readers of YAML see the same text in it.
    for read, record in zip(yaml.safe_load(text), records, strict=True):
        assert read == record.model_dump(mode="json", exclude_none=True)


def test_the_seeds_come_back_as_they_were() -> None:
    sources = list(read_records(Path(bundled("seeds", "gazetteer"))))
    records = [parse(source) for source in sources if isinstance(source, SourceRecord)]

    assert len(records) == len(sources) > 700
    assert read_back("".join(map(yaml_record, records))) == records
