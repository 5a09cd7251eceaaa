"""The whole chain in miniature: what `make train-smoke` runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from nisba_service.names.types import Language
from nisba_service.tagging.stanza_tagger import StanzaTagger
from training.tagger import pipeline
from training.tagger.__main__ import main
from training.tagger.pipeline import Places
from training.tagger.recipe import FULL, miniature

MODELS = Path(__file__).parents[3] / "models"
TEXTS = {
    Language.EN: "Omar Haddad met Anna Lind in Amman on Monday.",
    Language.AR: "التقى عمر حداد مع رانيا عزيز في البصرة يوم الاثنين.",
}


def places(data: Path, folder: Path) -> Places:
    return Places(data=data, base=MODELS, out=folder / "models", work=folder / "work")


@pytest.mark.parametrize("language", list(Language))
def test_data_files_become_a_models_folder(
    data: Path, tmp_path: Path, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    out, work = tmp_path / "models", tmp_path / "work"
    arguments = [language.value, "--data", str(data), "--out", str(out), "--work", str(work)]
    main([*arguments, "--miniature"])
    summary = capsys.readouterr().out.splitlines()[-1]
    assert summary.startswith("F1 on the development file ")

    tagger = StanzaTagger.load(out)
    (spans,) = tagger.tag([TEXTS[language]], language)
    assert spans
    own = json.loads((out / "resources.json").read_text("utf-8"))[language]["ner"]["nisba"]
    assert own.get("particles_apart", False) is (language is Language.AR)
    other = Language.EN if language is Language.AR else Language.AR
    for kept in (MODELS / other.value).rglob("*.pt"):
        assert (out / kept.relative_to(MODELS)).read_bytes() == kept.read_bytes()
    assert torch.load(out / language.value / "pretrain/nisba.pt")["emb"].dtype is torch.float16
    facts = (out / f"{language.value}-facts.md").read_text("utf-8")
    assert "CC BY-SA 4.0" in facts
    assert "| PERSON |" in facts


@pytest.mark.parametrize(
    ("language", "stages"),
    [(Language.AR, ["train, 40 steps"]), (Language.EN, ["train, 40 steps", "anneal, 20 steps"])],
)
def test_a_run_repeats_itself_and_does_nothing_twice(
    data: Path, tmp_path: Path, language: Language, stages: list[str]
) -> None:
    recipe = miniature(FULL[language])
    told: list[str] = []
    first = pipeline.run(recipe, places(data, tmp_path / "one"), told.append)
    assert told == ["vectors", "sentences", *stages, "pack", "measure"]
    assert first.f1 is not None
    assert first.f1 > 0.3  # it does learn

    told.clear()
    pipeline.run(recipe, places(data, tmp_path / "one"), told.append)
    assert told == ["sentences", "pack", "measure"]

    again = pipeline.run(recipe, places(data, tmp_path / "two"), told.append)
    assert again == first
    one, two = (
        torch.load(tmp_path / run / "models" / language / "ner/nisba.pt")["model"]
        for run in ("one", "two")
    )
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_the_models_built_upon_are_not_overwritten(data: Path, tmp_path: Path) -> None:
    itself = Places(data=data, base=MODELS, out=MODELS, work=tmp_path)
    with pytest.raises(ValueError, match="must not be those to build upon"):
        pipeline.run(miniature(FULL[Language.EN]), itself, print)


def test_a_missing_file_is_told_without_a_traceback(data: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    arguments = ["ar", "--data", str(tmp_path / "empty"), "--out", str(tmp_path / "models")]
    with pytest.raises(SystemExit, match=r"dev\.bio: cannot be read"):
        main([*arguments, "--miniature"])
