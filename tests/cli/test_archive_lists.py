"""`nisba archive diff`, `mentions` and `report`, as people and spreadsheets get them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nisba_service.cli.app import app
from nisba_service.cli.archive.spreadsheet import cell, lines
from nisba_service.errors import ArchiveError, EntityNotFound
from tests.support.archives import Article, SmallArchive

AROURI, HAMDALLAH = "per:saleh-al-arouri", "per:rami-hamdallah"
EN = Article("en-1", "Saleh al-Arouri met Hamdallah.", date(2023, 5, 2))
AR = Article("ar-1", "قال صالح العاروري إن الحمد الله وصل.", date(2024, 1, 2))
TRAP = Article("=HYPERLINK(1)", "@SUM(A1) met Hamdallah.")


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    made = SmallArchive.of(tmp_path / "archive", [EN, AR, TRAP])
    arouri = EN.link("Saleh al-Arouri", AROURI)
    made.link(
        "r000001",
        [arouri, EN.link("Hamdallah"), AR.link("الحمد الله"), TRAP.link("@SUM(A1)", HAMDALLAH)],
        completed="2026-01-01",
    )
    made.link(
        "r000002",
        [arouri, EN.link("Hamdallah", HAMDALLAH), AR.link("الحمد الله", HAMDALLAH)],
        completed="2026-01-02",
    )
    return made


def run(archive: SmallArchive, *arguments: str) -> Result:
    command = ["archive", *arguments, "--archive", str(archive.layout.root)]
    return CliRunner().invoke(app, command)


def done(archive: SmallArchive, *arguments: str) -> str:
    result = run(archive, *arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout_bytes.decode()


class TestDiff:
    def test_for_a_person(self, archive: SmallArchive) -> None:
        assert done(archive, "diff", "1", "2").splitlines() == [
            "r000001 → r000002: 3 documents; 0 of 1 shards are the same files",
            "3 mentions in 3 documents changed",
            "",
            "newly_linked: 2 mentions in 2 documents",
            f"          2  NIL → {HAMDALLAH}",
            "",
            "removed: 1 mention in 1 document",
            f"          1  {HAMDALLAH} → -",
        ]

    def test_no_change(self, archive: SmallArchive) -> None:
        assert done(archive, "diff", "1", "1").splitlines()[1:] == ["no mention has another answer"]

    def test_as_json(self, archive: SmallArchive) -> None:
        first, second, _ = map(
            json.loads, done(archive, "diff", "1", "2", "--format", "json").splitlines()
        )
        assert (first["document_id"], first["change"]) == ("en-1", "newly_linked")
        assert (second["text"], second["date"], second["because"]) == (
            "الحمد الله",
            "2024-01-02",
            [],
        )

    def test_for_a_spreadsheet(self, archive: SmallArchive, tmp_path: Path) -> None:
        file = tmp_path / "diff.csv"
        done(archive, "diff", "1", "2", "--format", "csv", "-o", str(file))
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbfdocument_id,date,start")
        assert content.decode("utf-8-sig") == done(archive, "diff", "1", "2", "--format", "csv")[1:]
        header, english, arabic, trap = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        assert header[:6] == ["document_id", "date", "start", "end", "text", "change"]
        assert english[:2] == ["en-1", "2023-05-02"]
        assert arabic[4:8] == ["الحمد الله", "newly_linked", "NIL", ""]
        assert trap[:2] == ["'=HYPERLINK(1)", ""]
        assert trap[4] == "'@SUM(A1)"

    def test_errors(self, archive: SmallArchive, tmp_path: Path) -> None:
        assert isinstance(run(archive, "diff", "1", "9").exception, ArchiveError)
        result = run(archive, "diff", "1", "2", "-o", str(tmp_path / "no" / "file"))
        assert "cannot be written" in str(result.exception)


class TestMentions:
    def test_for_a_person(self, archive: SmallArchive) -> None:
        told = done(archive, "mentions", HAMDALLAH).replace("\u2068", "").replace("\u2069", "")
        assert told.splitlines() == [
            "2023-05-02  0.90  en-1",
            "    Saleh al-Arouri met [Hamdallah].",
            "2024-01-02  0.90  ar-1",
            "    قال صالح العاروري إن [الحمد الله] وصل.",
            "2 mentions",
        ]

    def test_of_a_state_between_days_as_json(self, archive: SmallArchive) -> None:
        (line,) = done(
            archive,
            "mentions",
            HAMDALLAH,
            "--state",
            "2",
            "--from",
            "2024-01-01",
            "--format",
            "json",
        ).splitlines()
        found = json.loads(line)
        assert (found["before"], found["mention"]) == ("قال صالح العاروري إن ", "الحمد الله")
        earlier = done(archive, "mentions", HAMDALLAH, "--to", "2023-12-31", "--format", "json")
        assert json.loads(earlier)["document_id"] == "en-1"

    def test_for_a_spreadsheet(self, archive: SmallArchive) -> None:
        content = done(archive, "mentions", HAMDALLAH, "--state", "1", "--format", "csv")
        header, row = csv.reader(io.StringIO(content.removeprefix("\ufeff")))
        assert (header[0], header[-1]) == ("document_id", "after")
        assert row[0] == "'=HYPERLINK(1)"
        assert row[-2:] == ["'@SUM(A1)", " met Hamdallah."]

    def test_merged_ids_are_followed_where_a_gazetteer_knows_them(
        self, archive: SmallArchive, tmp_path: Path
    ) -> None:
        gazetteer = tmp_path / "gazetteer.jsonl"
        records = [
            {"id": HAMDALLAH, "type": "PERSON", "names": [{"name": "رامي الحمد الله"}]},
            {"id": "per:h", "merged_into": HAMDALLAH},
            {"id": "per:silent", "type": "PERSON", "names": [{"name": "Rafik Hariri"}]},
        ]
        gazetteer.write_text("\n".join(map(json.dumps, records)), "utf-8")
        known = ("--gazetteer", str(gazetteer))
        assert done(archive, "mentions", "per:h", *known).splitlines()[-1] == "2 mentions"
        assert done(archive, "mentions", "per:silent", *known).splitlines() == ["0 mentions"]
        with_none = run(archive, "mentions", "per:nobody", *known)
        assert isinstance(with_none.exception, EntityNotFound)
        assert done(archive, "mentions", AROURI, *known).splitlines()[-1] == "1 mention"

    def test_errors(self, archive: SmallArchive) -> None:
        of_a_store = run(archive, "mentions", "per:h").exception
        assert isinstance(of_a_store, ArchiveError)
        assert str(of_a_store).startswith("r000002: nothing is linked to per:h; whether there is")
        unknown = run(archive, "mentions", HAMDALLAH, "--state", "7")
        assert isinstance(unknown.exception, ArchiveError)
        assert run(archive, "mentions", HAMDALLAH, "--from", "May").exit_code == 2


def test_who_reads_a_state_is_told_of_articles_that_came_after_it(tmp_path: Path) -> None:
    made = SmallArchive.of(tmp_path / "archive", [EN], [AR, TRAP])
    page = str(tmp_path / "page.html")

    def said(newest: str) -> set[str]:
        asked = (["diff", "1", newest], ["report", "-o", page], ["mentions", HAMDALLAH])
        return {run(made, *one).stderr for one in asked}

    for state in ("r000001", "r000002"):
        made.link(state, [EN.link("Hamdallah", HAMDALLAH)], completed=f"2026-01-0{state[-1]}")
    assert said("2") == {
        "nisba: r000002 lacks 2 documents taken in after it was made;"
        " `nisba archive link` links them\n"
    }
    made.link(
        "r000003",
        [EN.link("Hamdallah")],
        [AR.link("الحمد الله", HAMDALLAH)],
        completed="2026-01-03",
    )
    assert said("3") == {""}


class TestReport:
    def test_a_page_of_the_newest_state_and_the_one_before(
        self, archive: SmallArchive, tmp_path: Path
    ) -> None:
        file = tmp_path / "report.html"
        assert done(archive, "report", "-o", str(file)) == f"{file}: r000001 → r000002\n"
        html = file.read_text("utf-8")
        assert "<mark>الحمد الله</mark>" in html
        assert "linked now, unknown before" in html

    def test_the_first_state_has_nothing_to_compare(
        self, archive: SmallArchive, tmp_path: Path
    ) -> None:
        file = tmp_path / "report.html"
        assert done(archive, "report", "--to", "1", "-o", str(file)) == f"{file}: r000001\n"
        assert "What changed" not in file.read_text("utf-8")

    def test_states_by_name(self, archive: SmallArchive, tmp_path: Path) -> None:
        file = tmp_path / "report.html"
        told = done(archive, "report", "--from", "r2", "--to", "r1", "-o", str(file))
        assert told == f"{file}: r000002 → r000001\n"
        assert "not in the gazetteer any more" in file.read_text("utf-8")

    def test_errors(self, archive: SmallArchive, tmp_path: Path) -> None:
        assert run(archive, "report").exit_code == 2  # where to?
        unknown = run(archive, "report", "--from", "9", "-o", str(tmp_path / "x.html"))
        assert isinstance(unknown.exception, ArchiveError)
        assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+972", "'+972"),
        ("-حماس", "'-حماس"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        (" =1", "' =1"),
        ("\t1", "'\t1"),
        ("صالح - العاروري", "صالح - العاروري"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_cell_that_looks_like_a_formula_is_text(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_numbers_stay_numbers() -> None:
    assert "".join(lines(["n"], [[-1], [0.5], [None]])) == '\ufeffn\r\n-1\r\n0.5\r\n""\r\n'
