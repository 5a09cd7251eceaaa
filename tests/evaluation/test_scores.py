from __future__ import annotations

from dataclasses import replace

import pytest

from nisba_service.evaluation.calibration import Share
from nisba_service.evaluation.gold import NIL
from nisba_service.evaluation.matching import Answer, match
from nisba_service.evaluation.scores import Agreement, Scores, TagScore, score
from nisba_service.linking.model import Outcome
from nisba_service.names.types import Language
from tests.evaluation import cases

LANGUAGES = pytest.mark.parametrize("language", list(Language))


def scores(language: Language) -> Scores:
    return score([match(cases.document(language), cases.answers(language))])


@LANGUAGES
def test_mentions(language: Language) -> None:
    assert scores(language).mentions == Agreement(right=5, answered=7, gold=7)
    assert scores(language).mentions_overlapping == Agreement(right=6, answered=7, gold=7)


@LANGUAGES
def test_links_against_the_mentions_that_the_gazetteer_has(language: Language) -> None:
    in_kb = scores(language).in_kb
    # Right: Hamas, Rami Hamdallah, Gaza. Besides them Fatah, al-Masri and "left" are linked, and
    # Fatah, Hamdallah and Cairo are not answered right.
    assert in_kb == Agreement(right=3, answered=6, gold=6)
    assert (in_kb.precision, in_kb.recall, in_kb.f1) == (0.5, 0.5, 0.5)


@LANGUAGES
def test_unknown_names(language: Language) -> None:
    assert scores(language).nil == Agreement(right=0, answered=0, gold=1)
    assert scores(language).nil_linked == Share(1, 1)
    assert scores(language).nil_persons_linked == Share(1, 1)


@LANGUAGES
def test_an_unknown_name_answered_nil(language: Language) -> None:
    document = cases.document(language)
    munib, cairo = document.mentions[3], document.mentions[6]
    answers = [Answer(m.start, m.end, Outcome.NIL) for m in (munib, cairo)]
    found = score([match(document, answers)])
    assert found.nil == Agreement(right=1, answered=2, gold=1)
    assert found.nil_linked == Share(0, 1)
    assert found.in_kb == Agreement(right=0, answered=0, gold=6)


@LANGUAGES
def test_a_nil_outside_any_mention_counts_against_precision(language: Language) -> None:
    answers = [replace(a, outcome=Outcome.NIL, entity_id="") for a in cases.answers(language)[-1:]]
    found = score([match(cases.document(language), answers)])
    assert found.nil == Agreement(right=0, answered=1, gold=1)
    assert found.links_outside == 0


@LANGUAGES
def test_what_also_ok_permits_across_the_line_is_counted_on_neither_side(
    language: Language,
) -> None:
    document = cases.document(language)
    munib = replace(document.mentions[3], also_ok=frozenset({"per:munib-al-masri"}))
    cairo = replace(document.mentions[6], also_ok=frozenset({NIL}))
    lenient = replace(document, mentions=(munib, cairo))
    answers = [
        Answer(munib.start, munib.end, Outcome.LINKED, "per:munib-al-masri", 0.9),
        Answer(cairo.start, cairo.end, Outcome.NIL),
    ]
    found = score([match(lenient, answers)])
    assert found.in_kb == found.nil == Agreement(0, 0, 0)
    assert found.nil_linked == Share(0, 1)


@LANGUAGES
def test_links_outside_any_mention(language: Language) -> None:
    found = scores(language)
    assert found.links_outside == 1
    assert found.tokens == 14
    assert found.links_outside_per_1000_tokens == pytest.approx(1000 / 14)


@LANGUAGES
def test_tags(language: Language) -> None:
    ambiguous, namesake, short_name = scores(language).tags
    assert ambiguous == TagScore(
        "ambiguous", mentions=3, right=1, ambiguous=1, wrong=1, unknown=0, missed=0
    )
    assert ambiguous.accuracy == pytest.approx(1 / 3)
    assert (namesake.tag, namesake.missed, namesake.accuracy) == ("namesake", 1, 0.0)
    assert (short_name.tag, short_name.ambiguous) == ("short-name", 1)


@LANGUAGES
def test_links_that_miss_the_span_or_the_gold_count_as_wrong_confidence(language: Language) -> None:
    found = scores(language).calibration
    assert sum(b.right.whole for b in found.bins) == 6
    assert sum(b.right.part for b in found.bins) == 3
    assert found.confident == Share(2, 2)


def test_documents_add_up() -> None:
    both = score([match(cases.document(x), cases.answers(x)) for x in Language])
    assert both.documents == 2
    assert both.in_kb == Agreement(6, 12, 12)
    assert both.nil_persons_linked == Share(2, 2)


def test_figures_of_nothing_are_none() -> None:
    nothing = score([])
    assert nothing.in_kb.f1 is None
    assert nothing.nil.precision is None
    assert nothing.links_outside_per_1000_tokens is None
    assert nothing.calibration.error is None
    # Something to find and nothing found is a figure: zero.
    assert Agreement(right=0, answered=0, gold=3).f1 == 0.0
