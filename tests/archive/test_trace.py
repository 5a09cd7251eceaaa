"""A trace has every question: whoever answers these, and nothing else, gives the same links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from nisba_service.archive.questions import (
    Asked,
    KeepingKnowledge,
    KeepingNames,
    Kind,
    answer_digest,
    key,
)
from nisba_service.archive.trace import TracedLinker
from nisba_service.errors import ScriptUnsupported
from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.card import Card
from nisba_service.linking.knowledge import GazetteerKnowledge
from nisba_service.linking.lexicon import Profile
from nisba_service.linking.linker import MentionLinker
from nisba_service.linking.model import Link
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY
from nisba_service.linking.vocabulary import Concepts
from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType
from nisba_service.tagging.known_names import Bearers, KnownNames
from nisba_service.tagging.mention_finder import MentionReader
from nisba_service.tagging.model import Document, TaggedSpan
from nisba_service.tagging.spotter import Spotter
from tests.archive.relinking import MARKED, marked
from tests.linking.world import WORLD, linker, read

T = TypeVar("T")
PARTS = Parts.of(WORLD)


class NotInTrace(Exception):
    """A question that the trace lacks."""


@dataclass
class Answers:
    """Answers from a gazetteer while it is there; once it is gone, those given before.

    With `keys`, a question that is not among them is refused.
    """

    names: KnownNames | None = PARTS.names
    knowledge: GazetteerKnowledge | None = field(
        default_factory=lambda: GazetteerKnowledge(PARTS, POLICY)
    )
    keys: frozenset[int] | None = None
    given: dict[tuple[Kind, str], object] = field(default_factory=dict)

    def answer(self, kind: Kind, argument: str, ask: Callable[[], T]) -> T:
        if self.keys is not None and key(kind, argument) not in self.keys:
            raise NotInTrace(kind, argument)
        if (kind, argument) not in self.given:
            self.given[kind, argument] = ask()
        return self.given[kind, argument]  # type: ignore[return-value]  # what `ask` returned


@dataclass
class NamesFrom(Answers):
    """A NameBook of answers; a name of words of the text has those words in its trace."""

    forms: dict[str, Bearers] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def bearers(self, form: str) -> Bearers:
        for word in form.split(" "):
            self.answer(Kind.WORD, word, lambda: None)
        if form not in self.forms:
            self.forms[form] = self._names.bearers(form)
        return self.forms[form]

    def is_borne(self, form: str) -> bool:
        return self.answer(Kind.FORM, form, lambda: self._names.is_borne(form))

    def lengths(self, first_word: str) -> int:
        self.answer(Kind.WORD, first_word, lambda: None)
        if first_word not in self.counts:
            self.counts[first_word] = self._names.lengths(first_word)
        return self.counts[first_word]

    def has_word(self, word: str) -> bool:
        return self.answer(Kind.PART, word, lambda: self._names.has_word(word))

    def begins_people(self, word: str) -> bool:
        return self.answer(Kind.GIVEN, word, lambda: self._names.begins_people(word))

    @property
    def _names(self) -> KnownNames:
        assert self.names is not None, "asked for what was not asked before"
        return self.names


@dataclass
class KnowledgeFrom(Answers):
    """A Knowledge of answers."""

    starts: dict[str, Concepts] = field(default_factory=dict)

    def matches(self, name: str, type: EntityType | None) -> tuple[NameMatch, ...]:
        assert type is None
        self.answer(Kind.NOT_NAME, normal_form(name), lambda: None)
        return self.answer(Kind.NAME, name, lambda: self._known.matches(name, None))

    def card(self, entity_id: str) -> Card:
        return self.answer(Kind.CARD, entity_id, lambda: self._known.card(entity_id))

    def profile(self, entity_id: str) -> Profile:
        return self.answer(Kind.PROFILE, entity_id, lambda: self._known.profile(entity_id))

    def neighbours(self, entity_id: str) -> frozenset[str]:
        return self.answer(Kind.NEIGHBOURS, entity_id, lambda: self._known.neighbours(entity_id))

    def holders(self, entity_id: str) -> frozenset[str]:
        return self.answer(Kind.HOLDERS, entity_id, lambda: self._known.holders(entity_id))

    def fame(self, entity_id: str) -> int:
        return self.answer(Kind.FAME, entity_id, lambda: self._known.fame(entity_id))

    def concepts(self, first: str) -> Concepts:
        self.answer(Kind.WORD, first, lambda: None)
        if first not in self.starts:
            self.starts[first] = self._known.concepts(first)
        return self.starts[first]

    @property
    def _known(self) -> GazetteerKnowledge:
        assert self.knowledge is not None, "asked for what was not asked before"
        return self.knowledge


def linked_by(
    names: NamesFrom, knowledge: KnowledgeFrom, document: Document, spans: list[TaggedSpan]
) -> tuple[Link, ...]:
    mentions = MentionReader(Spotter(names)).find(document, spans)
    return MentionLinker(knowledge).links(document, mentions)


@pytest.mark.parametrize("text", MARKED)
def test_links_follow_from_the_answers_to_the_questions_of_the_trace_alone(text: str) -> None:
    written, spans = read(text)
    document = Document(written)
    linked, trace = TracedLinker(PARTS).link(document, spans)
    asked = frozenset(trace.keys)
    names, knowledge = NamesFrom(keys=asked), KnowledgeFrom(keys=asked)
    assert linked_by(names, knowledge, document, spans) == linked.links
    names.names = knowledge.knowledge = None
    assert linked_by(names, knowledge, document, spans) == linked.links


def test_a_question_that_a_trace_lacks_is_noticed() -> None:
    (document, spans), *_ = marked("[P:Abbas] of Fatah")
    _, trace = TracedLinker(PARTS).link(document, spans)
    without = frozenset(trace.keys) - {key(Kind.WORD, "fatah")}
    with pytest.raises(NotInTrace):
        linked_by(NamesFrom(keys=without), KnowledgeFrom(keys=without), document, list(spans))


@pytest.mark.parametrize("text", MARKED)
def test_traced_links_are_those_of_the_linker(text: str) -> None:
    written, spans = read(text)
    document = Document(written, "id")
    plain = linker()
    traced, _ = TracedLinker(PARTS).link(document, spans)
    assert traced.links == plain.link_mentions(document, reader().find(document, spans)).links
    assert (traced.id, traced.language) == ("id", plain.link(document).language)


def reader() -> MentionReader:
    return MentionReader(PARTS.spotter)


@pytest.mark.parametrize(
    ("text", "asked", "not_asked"),
    [
        ("[P:Abbas] of Fatah", (Kind.WORD, "fatah"), (Kind.WORD, "hamas")),
        ("قال [P:عباس] لفتح", (Kind.WORD, "فتح"), (Kind.WORD, "حماس")),
        ("[P:Abbas]", (Kind.NAME, "Abbas"), (Kind.NAME, "Mahmoud Abbas")),
        ("[P:عباس]", (Kind.NAME, "عباس"), (Kind.NAME, "محمود عباس")),
        ("[P:Abbas]", (Kind.FAME, "per:mahmoud-abbas"), (Kind.FAME, "per:michel-aoun")),
        ("[P:محمود عباس]", (Kind.CARD, "per:mahmoud-abbas"), (Kind.FAME, "per:mahmoud-abbas")),
    ],
)
def test_what_a_text_asks(text: str, asked: tuple[Kind, str], not_asked: tuple[Kind, str]) -> None:
    (document, spans), *_ = marked(text)
    _, trace = TracedLinker(PARTS).link(document, spans)
    assert key(*asked) in trace.keys
    assert key(*not_asked) not in trace.keys
    assert list(trace.keys) == sorted(set(trace.keys))


def test_equal_documents_have_equal_traces_and_names_have_the_digest_of_their_matches() -> None:
    (document, spans), *_ = marked("[P:عباس] and [P:Michel Aoun]")
    by = TracedLinker(PARTS)
    assert by.link(document, spans) == TracedLinker(PARTS).link(document, spans)
    names = dict(by.link(document, spans)[1].names)
    known = GazetteerKnowledge(PARTS, POLICY)
    assert names == {n: answer_digest(known.matches(n, None)) for n in ("عباس", "Michel Aoun")}
    assert len(set(names.values())) == 2


def test_keeping_changes_no_answer() -> None:
    asked = Asked()
    names, known = KeepingNames(PARTS.names, asked), GazetteerKnowledge(PARTS, POLICY)
    assert names.bearers("mahmoud abbas") == PARTS.names.bearers("mahmoud abbas") != ()
    assert asked.words == {"mahmoud", "abbas"}
    assert KeepingKnowledge(known, asked).card("org:plo") == known.card("org:plo")
    assert (Kind.CARD, "org:plo") in asked.others


def test_a_document_in_another_script_is_refused() -> None:
    with pytest.raises(ScriptUnsupported):
        TracedLinker(PARTS).link(Document("Президент Аббас выступил"), [])
