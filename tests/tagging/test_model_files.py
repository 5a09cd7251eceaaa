from __future__ import annotations

import json
from pathlib import Path

import pytest

from nisba_service.errors import ModelsError
from nisba_service.names.types import Language
from nisba_service.tagging import model_files

PUBLISHED = {
    "packages": {
        "default": {"tokenize": "combined", "mwt": "combined", "ner": "ontonotes_charlm"},
    },
    "tokenize": {"combined": {}},
    "mwt": {"combined": {}},
    "ner": {
        "ontonotes_charlm": {
            "dependencies": [
                {"model": "pretrain", "package": "conll17"},
                {"model": "forward_charlm", "package": "1billion"},
            ]
        }
    },
}
FILES = (
    "tokenize/combined.pt",
    "mwt/combined.pt",
    "ner/ontonotes_charlm.pt",
    "pretrain/conll17.pt",
    "forward_charlm/1billion.pt",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "resources.json").write_text(
        json.dumps({"en": PUBLISHED, "ar": PUBLISHED, "url": "x"}), encoding="utf-8"
    )
    for language in ("en", "ar"):
        for name in FILES:
            path = tmp_path / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(name.encode())
    return tmp_path


def test_the_default_packages_and_all_they_stand_on_are_found(folder: Path) -> None:
    english, arabic = model_files.find(folder)
    assert english.language is Language.EN
    assert arabic.language is Language.AR
    assert english.packages == {
        "tokenize": "combined",
        "mwt": "combined",
        "ner": "ontonotes_charlm",
    }
    assert {str(path.relative_to(folder / "ar")) for path in arabic.files} == set(FILES)


@pytest.mark.parametrize("apart", [True, False])
def test_a_tagger_may_say_that_it_sees_particles_apart(folder: Path, apart: bool) -> None:
    entry = {**PUBLISHED, "ner": {"ontonotes_charlm": {"particles_apart": apart}}}
    (folder / "resources.json").write_text(
        json.dumps({"en": PUBLISHED, "ar": entry}), encoding="utf-8"
    )
    found = {model.language: model.particles_apart for model in model_files.find(folder)}
    assert found == {Language.EN: False, Language.AR: apart}


def test_the_hash_is_of_the_contents(folder: Path) -> None:
    before = model_files.content_hash(model_files.find(folder))
    assert len(before) == 16
    assert set(before) <= set("0123456789abcdef")
    assert model_files.content_hash(model_files.find(folder)) == before
    (folder / "ar/pretrain/conll17.pt").write_bytes(b"other")
    assert model_files.content_hash(model_files.find(folder)) != before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelsError, match="nowhere: no such folder"):
        model_files.find(tmp_path / "nowhere")


def test_a_folder_that_is_no_stanza_folder_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ModelsError, match=r"resources\.json: missing.*stanza\.download"):
        model_files.find(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", "\udcff"])
def test_a_damaged_resources_file_is_named(folder: Path, content: str) -> None:
    path = folder / "resources.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelsError, match=r"resources\.json"):
        model_files.find(folder)


def test_a_missing_language_is_named(folder: Path) -> None:
    (folder / "resources.json").write_text(json.dumps({"en": PUBLISHED}), encoding="utf-8")
    with pytest.raises(ModelsError, match="'ar'"):
        model_files.find(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_what_to_do(folder: Path, name: str) -> None:
    (folder / "ar" / name).unlink()
    with pytest.raises(ModelsError, match=f"{name}: model file missing; restore .*download"):
        model_files.find(folder)


def test_the_file_of_a_processor_is_found_where_there_is_one(folder: Path) -> None:
    english, _ = model_files.find(folder)
    assert english.only_file("ner") == folder / "en/ner/ontonotes_charlm.pt"
    with pytest.raises(LookupError, match="0 files of bert"):
        english.only_file("bert")
