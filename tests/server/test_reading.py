"""What becomes of a batch of texts: tagged together, finished one by one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from nisba_service.linking.model import LinkedDocument
from nisba_service.names.types import Language
from nisba_service.server.engine import Engine
from nisba_service.server.reading import Reader, Spent, Task, Text, Unwanted, read_each
from nisba_service.tagging.model import Document, TaggedDocument
from tests.support.engine import SPOILED, StandInTagger, engine

ENGLISH = "Leaders of Hamas met Rami Hamdallah in Gaza. The talks lasted three days."
ARABIC = "التقى قادة حماس رامي الحمد الله في غزة. واستمرت المحادثات ثلاثة أيام."
MIXED = f"{ENGLISH}\n{ARABIC}"


@dataclass(slots=True)
class Asked:
    """A text, and whether somebody still waits for it."""

    work: Text
    is_wanted: bool = True
    spent: Spent | None = None


def asked(reader: Reader, *texts: str, task: Task = Task.LINK) -> list[Asked]:
    return [Asked(Text(reader, Document(text), task)) for text in texts]


def entities(outcome: object) -> list[str]:
    assert isinstance(outcome, LinkedDocument)
    return [link.decision.entity_id for link in outcome.links]


def test_the_sentences_of_several_documents_are_tagged_in_one_batch_for_each_language() -> None:
    tagger = StandInTagger()
    batches: list[tuple[Language, int]] = []

    def find(texts: object, language: Language) -> list[list[object]]:
        assert isinstance(texts, list)
        batches.append((language, len(texts)))
        return [[] for _ in texts]

    tagger.find = find  # type: ignore[assignment]  # it finds nothing
    list(read_each(asked(engine(tagger).reader, ENGLISH, ARABIC, MIXED, ENGLISH)))
    assert sorted(batches) == [(Language.AR, 2), (Language.EN, 3)]


def test_together_they_are_answered_as_one_by_one(seed_engine: Engine) -> None:
    texts = asked(seed_engine.reader, ENGLISH, ARABIC, MIXED, "Hamas", "غزة", "")
    together = list(read_each(texts))
    assert together == [outcome for text in texts for outcome in read_each([text])]
    assert "org:hamas" in entities(together[0])
    assert "org:hamas" in entities(together[1])


def test_texts_of_two_revisions_and_of_both_tasks_share_a_batch_in_their_order() -> None:
    tagger = StandInTagger()
    one, other = engine(tagger).reader, engine(tagger).reader
    linked, tagged, again = read_each(
        [*asked(one, ARABIC), *asked(other, ENGLISH, task=Task.TAG), *asked(other, ENGLISH)]
    )
    assert entities(linked) == ["org:hamas", "per:rami-hamdallah", "loc:gaza"]
    assert isinstance(tagged, TaggedDocument)
    assert entities(again) == ["org:hamas", "per:rami-hamdallah", "loc:gaza"]
    assert len(tagger.texts) == 3


def test_a_text_that_breaks_the_tagger_is_its_own_outcome_alone() -> None:
    spoiled, arabic = f"{SPOILED} Hamas", ARABIC
    good, broken, after = read_each(asked(engine().reader, ENGLISH, spoiled, arabic))
    assert entities(good) == entities(after) == ["org:hamas", "per:rami-hamdallah", "loc:gaza"]
    assert isinstance(broken, KeyError)


def test_what_nobody_waits_for_is_neither_tagged_nor_linked() -> None:
    tagger = StandInTagger()
    texts = asked(engine(tagger).reader, ENGLISH, ARABIC)
    texts[0].is_wanted = False
    gone, stays = read_each(texts)
    assert isinstance(gone, Unwanted)
    assert len(entities(stays)) == 3
    assert tagger.texts == [ARABIC]


def test_a_caller_that_goes_while_the_batch_is_tagged_is_not_linked_for() -> None:
    texts = asked(engine().reader, ENGLISH, ARABIC)
    outcomes = read_each(texts)
    assert len(entities(next(outcomes))) == 3
    texts[1].is_wanted = False
    assert isinstance(next(outcomes), Unwanted)


def test_where_nobody_waits_nothing_is_done() -> None:
    tagger = StandInTagger()
    texts = asked(engine(tagger).reader, ARABIC)
    texts[0].is_wanted = False
    [gone] = read_each(texts)
    assert isinstance(gone, Unwanted)
    assert tagger.texts == []


@pytest.mark.parametrize("texts", [(ENGLISH, ENGLISH * 3), (ARABIC, ARABIC * 3)])
def test_what_a_text_took_is_its_share_of_the_tagging_and_its_own_linking(
    texts: tuple[str, str],
) -> None:
    short, long = batch = asked(engine().reader, *texts)
    list(read_each(batch))
    assert short.spent is not None
    assert long.spent is not None
    assert short.spent.tagged == long.spent.tagged
    assert (short.spent.share, long.spent.share) == (0.25, 0.75)
    assert long.spent.tag_seconds == pytest.approx(3 * short.spent.tag_seconds)
    assert short.spent.tagged.ended <= short.spent.linked.began < short.spent.linked.ended
    assert short.spent.linked.ended <= long.spent.linked.began


def test_what_was_not_read_took_nothing() -> None:
    gone, read = batch = asked(engine().reader, ENGLISH, ARABIC)
    gone.is_wanted = False
    list(read_each(batch))
    assert gone.spent is None
    assert read.spent is not None
    assert read.spent.share == 1
