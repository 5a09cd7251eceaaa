"""The peer of the benchmark gets what a careful user would give it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.linking.peer import Lookalikes, Peer
from nisba_service.evaluation.gold import NIL, GoldDocument, GoldMention
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from tests.evaluation.cases import span
from tests.support.engine import engine

LOOKALIKES = Lookalikes(engine().gazetteer)


class GoldTagger:
    """Tags what `texts` holds for a text."""

    model_version = "gold"

    def __init__(self, *documents: GoldDocument) -> None:
        self._documents = {document.text: document for document in documents}

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        return [
            [TaggedSpan(m.start, m.end, m.type) for m in self._documents[text].mentions]
            for text in texts
        ]


def document(language: Language, text: str, *names: tuple[str, str]) -> GoldDocument:
    mentions = tuple(GoldMention(*span(text, name), EntityType.PERSON, id) for name, id in names)
    return GoldDocument("d", language, text, mentions)


@pytest.mark.parametrize(
    ("language", "text", "entity_id"),
    [
        (Language.EN, "Saleh Al-Aruri", "per:saleh-al-arouri"),
        (Language.EN, "hamas", "org:hamas"),
        (Language.AR, "صالح العارورى", "per:saleh-al-arouri"),
        (Language.AR, "حماس", "org:hamas"),
    ],
)
def test_the_name_most_alike(language: Language, text: str, entity_id: str) -> None:
    proposal = LOOKALIKES.propose(document(language, text), 0, len(text))
    assert (proposal.start, proposal.end, proposal.entity_id) == (0, len(text), entity_id)


@pytest.mark.parametrize(("text", "start"), [("وحماس", 1), ("وزير", 0), ("وغزة", 1), ("بيت", 0)])
def test_a_particle_is_taken_off_before_a_stored_name(text: str, start: int) -> None:
    assert LOOKALIKES.propose(document(Language.AR, text), 0, len(text)).start == start


def test_the_cutoff_is_the_best_on_the_documents_in_each_language() -> None:
    english = document(Language.EN, "Hamas met Hamad.", ("Hamas", "org:hamas"), ("Hamad", NIL))
    arabic = document(Language.AR, "التقت حماس حماد.", ("حماس", "org:hamas"), ("حماد", NIL))
    peer = Peer(GoldTagger(english, arabic), LOOKALIKES)
    for answers in peer.end_to_end([english, arabic]):
        assert [answer.outcome for answer in answers] == [Outcome.LINKED, Outcome.NIL]
    assert peer.cutoffs == {Language.EN: 100, Language.AR: 100}
    assert peer.spans_given([english]) == peer.end_to_end([english])
