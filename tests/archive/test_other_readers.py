"""An archive as DuckDB and pandas read it: the queries of docs/archive.md, on both languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nisba_service.archive.diff import compare
from tests.support.archives import Article, Row, SmallArchive, candidate, links

HAMDALLAH, AROURI = "per:rami-hamdallah", "per:saleh-al-arouri"
EN = Article("en-1", "On Monday Rami Hamdallah met Saleh al-Arouri in Cairo.", date(2023, 5, 2))
EN_2 = Article("en-2", "Hamdallah resigned.", date(2023, 5, 30))
AR = Article("ar-1", "التقى رامي الحمد الله صالح العاروري في القاهرة.", date(2023, 5, 3))
AR_2 = Article("ar-2", "ورحب بالحمد الله أحمد.", date(2023, 6, 1))
GUIDE = Path(__file__).parents[2] / "docs" / "archive.md"


def rows(*, known: bool) -> list[Row]:
    """Return the links; Hamdallah is in the gazetteer, or is not yet."""
    hamdallah = HAMDALLAH if known else ""
    return [
        EN.link("Rami Hamdallah", hamdallah),
        EN.link("Saleh al-Arouri", AROURI),
        EN_2.link("Hamdallah", hamdallah, confidence=0.7),
        AR.link("رامي الحمد الله", hamdallah),
        AR.link("صالح العاروري", AROURI),
        AR_2.link("الحمد الله", hamdallah, prefix="ب"),
        AR_2.ambiguous("أحمد", candidates=[candidate("per:a", "أحمد"), candidate("per:b", "أحمد")]),
    ]


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallArchive:
    """Return an archive of two states and what lies between them; the test stands in its folder."""
    made = SmallArchive.of(tmp_path / "archive", [EN, EN_2], [AR, AR_2])
    old, new = rows(known=False), rows(known=True)
    made.link("r000011", old[:3], old[3:])
    made.link("r000012", new[:3], new[3:])
    because = {article.id: [HAMDALLAH] for article in (EN, EN_2, AR, AR_2)}
    made.delta("r000011", "r000012", compare(links(*old), links(*new), because))
    monkeypatch.chdir(made.layout.root)
    return made


def queries(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.+?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def ask(query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return list(connection.execute(query).fetchall())


def answers(beginning: str) -> list[tuple[object, ...]]:
    """Return what DuckDB answers to the query of the guide that begins so."""
    (query,) = (query for query in queries("sql") if query.startswith(beginning))
    return ask(query)


def test_every_query_has_an_answer() -> None:
    assert len(queries("sql")) == 5
    for query in queries("sql"):
        assert ask(query), query


def test_links_per_entity_and_month_in_each_language() -> None:
    may, june = "2023-05", "2023-06"
    assert answers("SELECT entity_id, strftime") == [
        (HAMDALLAH, may, "ar", 1),
        (HAMDALLAH, may, "en", 2),
        (HAMDALLAH, june, "ar", 1),
        (AROURI, may, "ar", 1),
        (AROURI, may, "en", 1),
    ]


def test_spellings_without_their_particles() -> None:
    assert answers("SELECT name, prefix") == [
        ("Hamdallah", "", HAMDALLAH, 1, 0.7),
        ("Rami Hamdallah", "", HAMDALLAH, 1, 0.9),
        ("الحمد الله", "ب", HAMDALLAH, 1, 0.9),
        ("رامي الحمد الله", "", HAMDALLAH, 1, 0.9),
    ]


def test_offsets_count_code_points_in_sql_as_well() -> None:
    found = answers("SELECT document_id, links.text")
    assert [row[:2] for row in found] == [
        ("ar-1", "رامي الحمد الله"),
        ("ar-2", "الحمد الله"),
        ("en-1", "Rami Hamdallah"),
        ("en-2", "Hamdallah"),
    ]
    exact = ask(
        "SELECT bool_and(substr(d.text, l.start + 1, l.end - l.start) = l.text)"
        " FROM 'links/r000012/*.parquet' l JOIN 'documents/*.parquet' d USING (document_id)"
    )
    assert exact == [(True,)]


def test_candidates_are_a_table_of_their_own() -> None:
    assert answers("SELECT name, candidate") == [("أحمد", "per:a", 0.5), ("أحمد", "per:b", 0.5)]


def test_what_the_change_of_an_entity_changed() -> None:
    assert answers("SELECT entity, change") == [(HAMDALLAH, "newly_linked", 4, 4)]


def test_pandas_counts_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas")
    (code,) = queries("python")
    exec(compile(code, str(GUIDE), "exec"), {})
    told = capsys.readouterr().out
    assert re.search(rf"{HAMDALLAH} +2023-05 +3\n +2023-06 +1\n", told)
