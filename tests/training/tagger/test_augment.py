from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.names.types import EntityType, Language
from tests.training.tagger.test_corpus import sentence
from training.tagger import augment, corpus, name_parts
from training.tagger.augment import RATES, Rates, augmented

AR, EN = Language.AR, Language.EN
ARABIC = [
    sentence("قال [محمود عباس PERSON] إن [حماس ORGANIZATION] غادرت [القاهرة LOCATION]"),
    sentence("زار [عباس PERSON] [إيران LOCATION]"),
] * 50
ENGLISH = [sentence("[Mahmoud Abbas PERSON] left [Cairo LOCATION] .")] * 50


def only(monkeypatch: pytest.MonkeyPatch, language: Language, rates: Rates) -> None:
    monkeypatch.setitem(RATES, language, rates)


@pytest.mark.parametrize(("sentences", "language"), [(ARABIC, AR), (ENGLISH, EN)])
def test_equal_seeds_give_equal_sentences(
    sentences: list[TaggedSentence], language: Language
) -> None:
    assert augmented(sentences, language, 1) == augmented(sentences, language, 1)
    assert augmented(sentences, language, 1) != augmented(sentences, language, 2)


@pytest.mark.parametrize(("sentences", "language"), [(ARABIC, AR), (ENGLISH, EN)])
def test_new_people_stand_where_people_stood(
    monkeypatch: pytest.MonkeyPatch, sentences: list[TaggedSentence], language: Language
) -> None:
    only(monkeypatch, language, Rates(new_name=1))
    varied = augmented(sentences, language, 1)
    for before, after in zip(sentences, varied, strict=True):
        assert [e.type for e in before.entities] == [e.type for e in after.entities]
        assert kept(before) == kept(after)
    full_names = {corpus.parts_of(s)[0 if language is EN else 1][0] for s in varied}
    assert len(full_names) > 20


def kept(sentence: TaggedSentence) -> list[tuple[str, ...]]:
    return [w for w, type_ in corpus.parts_of(sentence) if type_ is not EntityType.PERSON]


def test_particles_join_names_that_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, AR, Rates(new_name=0, particle=1))
    heads = Counter(corpus.parts_of(s)[1][0][0] for s in augmented([ARABIC[1]] * 200, AR, 1))
    assert heads.keys() == {"وعباس", "لعباس", "بعباس", "فعباس", "كعباس"}
    assert heads.most_common(1)[0][0] == "وعباس"
    known = [sentence("[بيروت LOCATION] بعيدة")]
    assert augmented(known, AR, 1) == known  # a ب that may be a particle


def test_the_article_after_li(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, AR, Rates(new_name=0, particle=1))
    heads = {s.tokens[0] for s in augmented([sentence("[القاهرة LOCATION] بعيدة")] * 200, AR, 1)}
    assert "للقاهرة" in heads
    assert "لالقاهرة" not in heads


def test_lists_are_names_of_one_type_joined_by_and(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, AR, Rates(new_name=0, list=1))
    (varied,) = augmented([ARABIC[1]], AR, 1)
    assert [e.type.value[:3] for e in varied.entities] == ["PER", "PER", "LOC", "LOC"]
    assert all(varied.tokens[e.start].startswith("و") for e in varied.entities[1::2])
    assert varied.entities[0].end == varied.entities[1].start


def test_and_joins_an_ordinary_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, AR, Rates(new_name=0, and_before=1))
    (varied,) = augmented([ARABIC[0]], AR, 1)
    assert varied.tokens == ("وقال", *ARABIC[0].tokens[1:])
    assert varied.entities == ARABIC[0].entities
    for untouched in ("[عباس PERSON] هنا", "وزير هنا", "“ لا ”"):
        assert augmented([sentence(untouched)], AR, 1) == [sentence(untouched)]


def test_clauses_stand_behind_the_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, AR, Rates(new_name=0, clauses=0.2))
    varied = augmented(ARABIC, AR, 1)
    assert varied[: len(ARABIC)] == ARABIC
    clauses = varied[len(ARABIC) :]
    assert len(clauses) == 20
    assert all(c.entities for c in clauses)
    assert not any("{" in token for c in clauses for token in c.tokens)


def test_names_side_by_side_stay_two() -> None:
    """The clause that teaches the tagger where one name ends and another begins."""
    clauses = [c for c in name_parts.CLAUSES_AR if c[:3] == ("استقبل", "{شخص}", "{شخص}")]
    variation = augment._Variation(Random(1), RATES[AR], AR, augment._names(ARABIC))
    (made,) = (corpus.of_parts([variation._filled(word) for word in c]) for c in clauses)
    first, second, place = made.entities
    assert first.end == second.start
    assert (first.type, second.type, place.type) == (
        EntityType.PERSON,
        EntityType.PERSON,
        EntityType.LOCATION,
    )
