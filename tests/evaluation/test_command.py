"""`nisba evaluate`, with the bundled models and the seed gazetteer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from nisba_service.cli.app import app

TEXTS = {
    "en": ("Rami Hamdallah arrived in Cairo.", "Rami Hamdallah", "Cairo"),
    "ar": ("وصل رامي الحمد الله إلى القاهرة.", "رامي الحمد الله", "القاهرة"),
}
TAGGED = {
    "en": "Barack B-PER\nObama I-PER\nvisited O\nLondon B-LOC\n. O\n",
    "ar": "زار O\nباراك B-PER\nأوباما I-PER\nلندن B-LOC\n. O\n",
}


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def gold(language: str, *, id: str = "per:rami-hamdallah") -> str:
    text, hamdallah, cairo = TEXTS[language]
    mentions = [
        {"start": text.index(name), "end": text.index(name) + len(name), "type": type, "gold": gold}
        for name, type, gold in ((hamdallah, "PERSON", id), (cairo, "LOCATION", "loc:cairo"))
    ]
    return json.dumps({"id": "d", "lang": language, "text": text, "mentions": mentions})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    for language in TEXTS:
        (folder / f"{language}.jsonl").write_text(gold(language), "utf-8")
        (folder / f"{language}.bio").write_text(TAGGED[language], "utf-8")
    return folder


def test_figures_for_each_language_and_the_page_beside_them(files: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    arguments = (files / "en.jsonl", files / "ar.jsonl", "--format", "json", "--plot", page)
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    sections = json.loads(result.stdout)["sections"]
    for language in TEXTS:
        for way in ("end_to_end", "spans_given"):
            assert sections[language][way]["in_kb"]["f1"] == 1.0
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_errors_are_listed_on_request_and_missing_entities_are_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(gold(language, id="per:nobody") for language in TEXTS), "utf-8")
    assert "Errors" not in run(path).stdout
    result = run(path, "--errors")
    assert "\u2068رامي الحمد الله\u2069" in result.stdout
    assert "\twrong\tper:nobody → per:rami-hamdallah" in result.stdout
    assert result.stderr == "nisba: the gazetteer lacks entities of the gold (1): per:nobody\n"


@pytest.mark.parametrize("language", list(TEXTS))
def test_a_tagger_alone(files: Path, language: str) -> None:
    result = run("--ner", files / f"{language}.bio", "--format", "json")
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    assert scores.keys() == {"sentences", "tokens", "all", "span_only", "types"}
    assert (scores["sentences"], scores["tokens"], scores["all"]["gold"]) == (1, 5, 2)
    assert scores["all"]["f1"] == 1.0
    assert "span only" in run("--ner", files / f"{language}.bio").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give GOLD.jsonl files, or --ner"),
        (["gold.jsonl", "--ner", "x.bio"], "give GOLD.jsonl files, or --ner"),
        (["--ner", "x.bio", "--errors"], "--ner knows"),
        (["--ner", "x.bio", "--format", "html"], "--ner knows"),
        (["gold.jsonl", "--plot", "plot.pdf"], "--plot writes .html"),
    ],
)
def test_what_cannot_be_asked(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())
