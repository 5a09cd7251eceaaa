"""The articles that the benchmark of archives is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median

import pytest

from bench.archive.articles import Article, Articles
from bench.archive.cast import Cast, Size
from bench.archive.curated import line, records
from bench.archive.generate import main as generate
from nisba_service.gazetteer.load import load
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script
from nisba_service.server.engine import Engine

COUNT = 1_000


@pytest.fixture(scope="module")
def cast() -> Cast:
    return Cast.of(7, Size(invented=8_000, known=3_000))


@pytest.fixture(scope="module")
def articles(cast: Cast) -> list[Article]:
    return list(Articles(cast, 7).made(0, COUNT))


def of(articles: Sequence[Article], language: Language) -> list[Article]:
    return [article for article in articles if article.document.language is language]


def surfaces(article: Article) -> list[str]:
    return [article.document.text[span.start : span.end] for span in article.spans]


def test_half_of_the_articles_are_arabic(articles: list[Article]) -> None:
    for language, script in ((Language.EN, Script.LATIN), (Language.AR, Script.ARABIC)):
        found = of(articles, language)
        assert len(found) == COUNT / 2
        assert {script_of(article.document.text) for article in found} == {script}


def test_every_span_holds_a_spelling_of_its_entity(cast: Cast, articles: list[Article]) -> None:
    for article in articles:
        language = article.document.language
        assert language is not None
        for span, surface in zip(article.spans, surfaces(article), strict=True):
            names = {name.lower() for name in cast.by_id[span.entity_id].spoken(language).names}
            forms = {surface.lower(), surface.replace("أبي ", "أبو "), f"ا{surface}"}
            assert forms & names, f"{article.document.id} names {span.entity_id} by {surface!r}"


def test_spans_are_in_order_and_apart(articles: list[Article]) -> None:
    for article in articles:
        ends = [0, *(span.end for span in article.spans)]
        for before, span in zip(ends, article.spans, strict=False):
            assert before <= span.token_start <= span.start < span.end


def test_particles_are_outside_the_name_and_inside_the_token(articles: list[Article]) -> None:
    joined = {
        (text[span.token_start : span.start], text[span.start : span.end])
        for article in of(articles, Language.AR)
        for text in [article.document.text]
        for span in article.spans
        if span.token_start < span.start
    }
    assert {prefix for prefix, _ in joined} == {"و", "ب", "ل", "ف", "وك"}
    assert not [name for prefix, name in joined if prefix == "ل" and name.startswith("ال")]
    assert [name for prefix, name in joined if prefix == "ل" and name.startswith("ل")]


def test_people_are_introduced_with_titles_and_named_shortly_later(articles: list[Article]) -> None:
    english = " ".join(article.document.text for article in of(articles, Language.EN))
    arabic = " ".join(article.document.text for article in of(articles, Language.AR))

    for words in ("President Emile Lahoud", "that Lahoud", "Central Intelligence Agency (CIA)"):
        assert words in english
    for words in ("الرئيس إميل لحود", "تحدث لحود", "إلى أبي ردينة"):
        assert words in arabic


def test_lengths_are_as_those_of_news(articles: list[Article]) -> None:
    lengths = sorted(len(article.document.text.split()) for article in articles)

    assert 130 < median(lengths) < 190
    assert lengths[len(lengths) // 20] < 90
    assert lengths[-len(lengths) // 20] > 300


def test_dates_are_spread_over_years(articles: list[Article]) -> None:
    years = Counter(article.document.date.year for article in articles if article.document.date)

    assert years.total() == COUNT
    assert set(years) == set(range(2005, 2025))


def test_a_few_are_named_everywhere_and_most_hardly_ever(articles: list[Article]) -> None:
    named = Counter(i for a in articles for i in {span.entity_id for span in a.spans})
    counts = sorted(named.values(), reverse=True)

    assert counts[0] > COUNT / 20
    assert median(counts) <= 2
    assert len(counts) > 2 * COUNT


def test_popularity_follows_zipf(cast: Cast) -> None:
    random = Random(1)
    drawn = Counter(cast.pick(random, EntityType.PERSON).id for _ in range(40_000))
    people = [player.id for player in cast.players if player.type is EntityType.PERSON]
    tenth, hundredth, thousandth = (
        sum(drawn[id] for id in people[place - place // 5 : place + place // 5]) / (place // 5 * 2)
        for place in (10, 100, 1000)
    )
    assert 4 < tenth / hundredth < 10
    assert 7 < hundredth / thousandth < 13


def test_thousands_of_people_are_invented_and_strangers_among_them_are_named(
    cast: Cast, articles: list[Article]
) -> None:
    people = [p for p in cast.players if p.type is EntityType.PERSON and p.is_invented]
    assert len({person.english.full[0] for person in people}) == len(people) > 5_000

    spans = [span for article in articles for span in article.spans]
    strangers = sum(not cast.by_id[span.entity_id].is_known for span in spans)
    assert 0.05 < strangers / len(spans) < 0.25


def test_a_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        generate(folder, documents=20, seed=seed)
        made.append([path.read_bytes() for path in sorted(folder.iterdir())])

    assert made[0] == made[1]
    assert made[0] != made[2]


def test_an_article_does_not_depend_on_how_many_are_made(
    cast: Cast, articles: list[Article]
) -> None:
    assert Articles(cast, 7).article(COUNT - 1) == articles[-1]


def test_the_gazetteer_is_sound_and_has_the_most_popular(tmp_path: Path, cast: Cast) -> None:
    path = tmp_path / "gazetteer.jsonl"
    path.write_text("".join(map(line, records(cast, 7))), "utf-8")

    assert set(load(path).entities) == {player.id for player in cast.players[:3_000]}


def test_the_real_tagger_finds_most_of_the_names(
    articles: list[Article], seed_engine: Engine
) -> None:
    for language in Language:
        sample = of(articles, language)[:10]
        found = seed_engine.finder.find_many([article.document for article in sample])
        spans = [{(m.start, m.end) for m in mentions} for mentions in found]
        truth = [{(span.start, span.end) for span in article.spans} for article in sample]
        hits = sum(len(f & t) for f, t in zip(spans, truth, strict=True))
        assert hits > 0.75 * sum(map(len, truth))
