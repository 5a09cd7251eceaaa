"""The name of a gazetteer's state."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.version import ContentHash, entity_hash
from tests.gazetteer.conftest import Load

SIDON = """\
- id: loc:sidon
  type: LOCATION
  names:
  - {name: Sidon, kind: primary}
  - {name: صيدا, kind: primary}
  - {name: Saida}
  other_ids: {geonames: 1, whosonfirst: 2}
  relations:
  - {rel: located_in, target: loc:lebanon}
  - {rel: part_of, target: loc:lebanon}
"""
LEBANON = "- {id: loc:lebanon, type: LOCATION, names: [{name: لبنان}]}\n"
SIDON_JSON = {
    "relations": [
        {"target": "loc:lebanon", "rel": "part_of"},
        {"target": "loc:lebanon", "rel": "located_in"},
    ],
    "other_ids": {"whosonfirst": 2, "geonames": 1, "geonames_source": "a list"},
    "names": [
        {"name": "Saida", "lang": "en", "kind": "variant", "evidence": "text", "source": None},
        {"name": "Sidon", "lang": "en", "kind": "primary"},
        {"name": "صيدا", "lang": "ar", "kind": "primary"},
    ],
    "type": "LOCATION",
    "id": "loc:sidon",
}
LEBANON_JSON = {"id": "loc:lebanon", "type": "LOCATION", "names": [{"name": " لبنان "}]}


def test_its_form(load_yaml: Load) -> None:
    assert re.fullmatch("[0-9a-f]{16}", load_yaml(LEBANON).version)


def test_files_and_order_do_not_matter(
    load_yaml: Load, load_jsonl: Load, write: Callable[[dict[str, str | bytes]], Path]
) -> None:
    version = load_yaml(SIDON + LEBANON).version

    assert load_yaml("# مدن\n\n" + LEBANON + SIDON).version == version
    assert load(write({"x/b.yaml": SIDON, "x/c/a.yaml": LEBANON}) / "x").version == version
    lines = "\n".join(json.dumps(record) for record in (SIDON_JSON, LEBANON_JSON))
    assert load_jsonl(lines).version == version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Saida", "Sayda"),
        ("صيدا", "صيداء"),
        ("{name: Saida}", "{name: Saida, kind: former}"),
        ("{name: Saida}", "{name: Saida, use: never-alone}"),
        ("{name: Saida}", "{name: Saida, valid_to: 1999}"),
        ("  - {name: Saida}\n", ""),
        ("  type: LOCATION\n", "  type: LOCATION\n  not_names: [صور]\n"),
        ("geonames: 1", "geonames: 3"),
        ("rel: part_of", "rel: near"),
        ("type: LOCATION\n", "type: ORGANIZATION\n"),
        ("id: loc:sidon", "id: loc:saida"),
        ("  type: LOCATION\n", "  type: LOCATION\n  description: ميناء\n"),
        ("  type: LOCATION\n", "  type: LOCATION\n  wikidata: Q1\n"),
    ],
)
def test_what_the_model_knows_matters(load_yaml: Load, before: str, after: str) -> None:
    changed = SIDON.replace(before, after, 1)

    assert changed != SIDON
    assert load_yaml(changed + LEBANON).version != load_yaml(SIDON + LEBANON).version


def test_an_edit_changes_it_without_the_rest(load_yaml: Load) -> None:
    before, after = load_yaml(SIDON + LEBANON), load_yaml(SIDON.replace("صيدا", "صَيدا") + LEBANON)
    old, new = (g.entities["loc:sidon"] for g in (before, after))
    edited = ContentHash.of(before.entities.values(), {}).without([entity_hash(old)])

    assert edited.with_([entity_hash(new)]).version == after.version


def test_a_redirect_matters(load_yaml: Load) -> None:
    redirect = "- {id: loc:saida, merged_into: loc:sidon}\n"

    assert load_yaml(SIDON + LEBANON + redirect).version != load_yaml(SIDON + LEBANON).version


def test_what_the_model_leaves_out_does_not(load_yaml: Load) -> None:
    annotated = SIDON.replace("{name: Saida}", "{name: Saida, evidence: text, source: جريدة}")
    noted = annotated + "  notes: يراجع\n"

    assert load_yaml(noted + LEBANON).version == load_yaml(SIDON + LEBANON).version


def test_the_order_of_names_decides_which_is_shown(load_yaml: Load) -> None:
    one = load_yaml("- {id: a, type: PERSON, names: [{name: أحمد}, {name: أحمد قريع}]}")
    other = load_yaml("- {id: a, type: PERSON, names: [{name: أحمد قريع}, {name: أحمد}]}")

    assert one.version != other.version
