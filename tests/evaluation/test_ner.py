from __future__ import annotations

from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.evaluation.ner import ner_scores, ner_table
from nisba_service.evaluation.scores import Agreement
from nisba_service.names.types import EntityType
from nisba_service.tagging.model import TaggedSpan

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION
MISC = EntityType.MISC

GOLD = [
    TaggedSentence(
        ("Rami", "Hamdallah", "of", "Fatah", "left", "Gaza"),
        (TaggedSpan(0, 2, PERSON), TaggedSpan(3, 4, ORGANIZATION), TaggedSpan(5, 6, LOCATION)),
    ),
    TaggedSentence(("وصل", "غزة"), (TaggedSpan(1, 2, LOCATION),)),
]
# Right; type wrong; nothing; right, and something made up.
TAGGED = [
    [TaggedSpan(0, 2, PERSON), TaggedSpan(3, 4, LOCATION)],
    [TaggedSpan(0, 1, PERSON), TaggedSpan(1, 2, LOCATION)],
]


def test_an_entity_is_right_if_span_and_type_are() -> None:
    scores = ner_scores(GOLD, TAGGED)
    assert (scores.sentences, scores.tokens) == (2, 8)
    assert scores.all == Agreement(right=2, answered=4, gold=4)
    assert scores.all.f1 == 0.5


def test_spans_alone() -> None:
    assert ner_scores(GOLD, TAGGED).span_only == Agreement(right=3, answered=4, gold=4)


def test_by_type() -> None:
    by_type = {score.type: score.agreement for score in ner_scores(GOLD, TAGGED).types}
    assert by_type == {
        PERSON: Agreement(1, 2, 1),
        ORGANIZATION: Agreement(0, 0, 1),
        LOCATION: Agreement(1, 2, 2),
    }


def test_one_place_in_two_sentences_is_two_places() -> None:
    assert ner_scores(GOLD, [TAGGED[1], TAGGED[0]]).all.right == 0


def test_misc_does_not_count() -> None:
    gold = [TaggedSentence(("Oslo", "Accords"), (TaggedSpan(0, 2, MISC),))]
    scores = ner_scores(gold, [[TaggedSpan(0, 2, MISC)]])
    assert scores.all == scores.span_only == Agreement(0, 0, 0)


def test_the_table() -> None:
    table = ner_table(ner_scores(GOLD, TAGGED))
    assert table.rows[0] == ("PERSON", "1", "0.500", "1.000", "0.667")
    assert table.rows[1] == ("ORGANIZATION", "1", "–", "0.000", "0.000")
    assert table.rows[-1] == ("span only", "4", "0.750", "0.750", "0.750")
