"""`nisba link`: texts in, linked documents out, in three formats."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import nisba
from nisba_service.cli import render_pretty
from nisba_service.cli.app import app

ENGLISH = "Rami Hamdallah met the Fatah leader in Cairo. Hamdallah's aides said nothing."
ARABIC = "التقى رامي الحمد الله وفدا من حماس بالقاهرة. وقال الحمد الله إنه متفائل."
MENTION_KEYS = {
    "start", "end", "text", "name", "type", "outcome", "entity_id", "confidence", "source",
    "candidates",
}  # fmt: skip


def run(*arguments: str, input: str | None = None) -> Any:
    return CliRunner().invoke(app, ["link", *arguments], input=input)


def as_json(server: str, *arguments: str, input: str | None = None) -> list[dict[str, Any]]:
    result = run(*arguments, "--server", server, "--format", "json", input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
def test_json_is_one_object_with_the_keys_of_the_contract(server: str, text: str) -> None:
    (document,) = as_json(server, input=text)
    assert document.keys() == {"id", "language", "mentions", "provenance"}
    assert document["id"] == "stdin"
    for mention in document["mentions"]:
        assert mention.keys() >= MENTION_KEYS
        assert text[mention["start"] : mention["end"]] == mention["text"]
    linked = {m["entity_id"] for m in document["mentions"]}
    assert {"per:rami-hamdallah", "loc:cairo"} <= linked


def test_files_are_named_after_themselves(server: str, tmp_path: Path) -> None:
    for name, text in (("a.en.txt", ENGLISH), ("b.ar.txt", ARABIC)):
        (tmp_path / name).write_text(text, "utf-8")
    documents = as_json(server, *map(str, sorted(tmp_path.iterdir())))
    assert [(d["id"], d["language"]) for d in documents] == [("a.en", "en"), ("b.ar", "ar")]


def test_a_jsonl_file_holds_one_document_a_line(server: str, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    records = [{"id": "1", "text": ENGLISH}, {"id": "2", "text": ARABIC, "lang": "ar"}]
    path.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    assert [document["id"] for document in as_json(server, str(path))] == ["1", "2"]


def test_without_a_server_it_works_in_process(server: str) -> None:
    command = [sys.executable, "-m", "nisba_service.cli", "link", "-", "--format", "json"]
    ran = subprocess.run(command, input=ARABIC, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert [json.loads(line) for line in ran.stdout.splitlines()] == as_json(server, input=ARABIC)


def test_pretty_isolates_names_and_says_what_settled_them(server: str) -> None:
    result = run("--server", server, input=ARABIC)
    assert "\u2068الحمد الله\u2069" in result.stdout
    assert "per:rami-hamdallah" in result.stdout


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
def test_explain_says_what_each_candidate_is_made_of(server: str, text: str) -> None:
    result = run("--server", server, "--explain", input=text)
    assert result.exit_code == 0, result.output
    why = result.stdout.partition("log-odds")[2]
    assert "per:rami-hamdallah" in why
    assert re.search(r"name [+]\d", why)
    assert "log-odds" not in run("--server", server, input=text).stdout


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
def test_explain_says_where_the_time_of_a_call_went(server: str, text: str) -> None:
    explained = run("--server", server, "--explain", input=text).stdout
    number = r"\d+\.\d"
    phases = f"queue {number}, batch {number}, tag {number}, link {number}, total {number}"
    assert re.search(f"milliseconds: {phases}; request [0-9a-f]{{16}}", explained)
    assert "milliseconds" not in run("--server", server, input=text).stdout


def test_marks_stay_in_place_whatever_the_line_ends(server: str) -> None:
    styled = _marked_words("Cairo\r\n\x1b[31mHamas\r\nحماس", ("Cairo", "Hamas", "حماس"))
    assert styled == ["Cairo", "Hamas", "حماس"]


def _marked_words(text: str, names: tuple[str, ...]) -> list[str]:
    mentions = [
        nisba.Mention(
            text.index(name),
            text.index(name) + len(name),
            name,
            name,
            nisba.EntityType.LOCATION,
            nisba.Outcome.LINKED,
        )
        for name in names
    ]
    marked = render_pretty._marked(text, mentions)
    assert "\x1b" not in marked.plain
    return [marked.plain[span.start : span.end] for span in marked.spans]


class _Page(HTMLParser):
    """Collects the tags of a page, and the texts of its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "mark":
            self.marks.append(data)


@pytest.mark.parametrize(("text", "name"), [(ENGLISH, "Hamdallah"), (ARABIC, "الحمد الله")])
def test_html_is_one_page_that_fetches_nothing(server: str, text: str, name: str) -> None:
    result = run("--server", server, "--format", "html", input=text)
    assert result.exit_code == 0, result.output
    page = _Page()
    page.feed(result.stdout)
    assert name in page.marks
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"}
    assert not re.search(r"@import|url\(", result.stdout)
    assert all(a["dir"] == "auto" for tag, a in page.tags if tag == "p" and "dir" in a)
    anchors = {a["href"] for tag, a in page.tags if tag == "a"}
    cards = {f"#{a['id']}" for tag, a in page.tags if tag == "section"}
    assert "#per%3Arami-hamdallah" in anchors
    assert "#per:rami-hamdallah" in cards


def test_html_escapes_the_text(server: str) -> None:
    text = "<script>alert('Cairo')</script> & <b>Hamas</b>"
    result = run("--server", server, "--format", "html", input=text)
    assert "<script" not in result.stdout
    assert "&lt;script&gt;" in result.stdout


def test_html_says_why_on_hover(server: str) -> None:
    result = run("--server", server, "--format", "html", input=ARABIC)
    assert re.search(r'title="LINKED per:rami-hamdallah [^"]*: [^"]*name [+]\d', result.stdout)


@pytest.mark.parametrize(
    ("input", "message"),
    [
        ("", "text: must have 1 to 100000 code points"),
        ("法塔赫和哈马斯在开罗会谈", "text: "),
        ("a" * 100_001, "must have at most 100000 code points"),
    ],
)
def test_a_text_that_cannot_be_linked(server: str, input: str, message: str) -> None:
    result = run("--server", server, input=input)
    assert result.exit_code == 1
    assert message in str(result.exception)


def test_input_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "latin1.txt").write_bytes("Québec".encode("latin-1"))
    (tmp_path / "broken.jsonl").write_text('{"text": "a"}\n{"txt": "b"}\n', "utf-8")
    for name, message in (
        ("latin1.txt", "must be UTF-8; it is not at byte 2"),
        ("broken.jsonl", "broken.jsonl:2: must be an object with a"),
        ("missing.txt", "cannot be read: No such file"),
    ):
        result = run(str(tmp_path / name))
        assert result.exit_code == 1
        assert message in str(result.exception)


def test_no_server_there() -> None:
    result = run("--server", "127.0.0.1:1", input="Hamas")
    assert result.exit_code == 1
    assert type(result.exception).__name__ == "Unavailable"
