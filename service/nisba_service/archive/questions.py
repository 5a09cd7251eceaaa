"""The questions that linking a document asks of a gazetteer, and what keeps them.

    WORD        a word of the text, in any reading: "which names, which countries begin with it?"
    FORM        a form that the text may not hold: "is it a name?"
    PART        "does a word stand in any name?"
    GIVEN       "does a word begin the name of a person?"
    NAME        "whose names agree best with this one?"
    NOT_NAME    the same name in normal form: "of whom is it said not to be the name?"
    CARD, PROFILE, NEIGHBOURS, HOLDERS, FAME        of an entity: see `Knowledge`

Names that begin with a word of the text are looked up together with the words that follow, so that
what a change of a name can touch has the WORDs of all its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.card import Card
from nisba_service.linking.knowledge import Knowledge
from nisba_service.linking.lexicon import Profile
from nisba_service.linking.vocabulary import Concepts
from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType
from nisba_service.tagging.known_names import Bearers, NameBook

# Words recur from text to text; a key is some 100 bytes here.
_KEPT_KEYS = 1 << 18


class Kind(StrEnum):
    """What a question is about."""

    WORD = "word"
    FORM = "form"
    PART = "part"
    GIVEN = "given"
    NAME = "name"
    NOT_NAME = "not-name"
    CARD = "card"
    PROFILE = "profile"
    NEIGHBOURS = "neighbours"
    HOLDERS = "holders"
    FAME = "fame"


Reasons: TypeAlias = frozenset[str]
"""The IDs of the changed entities that are why a question has another answer."""


@lru_cache(maxsize=_KEPT_KEYS)
def key(kind: Kind, argument: str) -> int:
    """Return 64 bits for a question. Where two questions share them, one document too many is
    linked again; none is missed."""
    digest = blake2b(f"{kind.value}\0{argument}".encode(), digest_size=8).digest()
    return int.from_bytes(digest)


def answer_digest(matches: Iterable[NameMatch]) -> int:
    """Return 64 bits for the answer to NAME: who, by which spelling, how likely.

    The comparisons themselves follow from both spellings.
    """
    told = [(m.entity_id, m.name, m.probability, m.others) for m in matches]
    return int.from_bytes(blake2b(repr(told).encode(), digest_size=8).digest())


@dataclass(slots=True)
class Asked:
    """The questions asked so far."""

    words: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    others: set[tuple[Kind, str]] = field(default_factory=set)

    def keys(self) -> set[int]:
        """Return the keys of all questions."""
        keys = {key(Kind.WORD, word) for word in self.words}
        keys.update(key(Kind.NAME, name) for name in self.names)
        keys.update(key(Kind.NOT_NAME, normal_form(name)) for name in self.names)
        keys.update(key(kind, argument) for kind, argument in self.others)
        return keys


@dataclass(frozen=True, slots=True)
class KeepingNames:
    """A NameBook that keeps what it is asked."""

    names: NameBook
    asked: Asked

    def bearers(self, form: str) -> Bearers:
        """Return who bears a name whose words stand in the text."""
        self.asked.words.update(form.split(" "))
        return self.names.bearers(form)

    def is_borne(self, form: str) -> bool:
        """Say whether anybody bears a name."""
        self.asked.others.add((Kind.FORM, form))
        return self.names.is_borne(form)

    def lengths(self, first_word: str) -> int:
        """Return how many words names that begin with a word may have."""
        self.asked.words.add(first_word)
        return self.names.lengths(first_word)

    def has_word(self, word: str) -> bool:
        """Say whether a word stands in any name."""
        self.asked.others.add((Kind.PART, word))
        return self.names.has_word(word)

    def begins_people(self, word: str) -> bool:
        """Say whether a word begins the name of a person."""
        self.asked.others.add((Kind.GIVEN, word))
        return self.names.begins_people(word)


@dataclass(frozen=True, slots=True)
class KeepingKnowledge:
    """A Knowledge that keeps what it is asked."""

    knowledge: Knowledge
    asked: Asked

    def matches(self, name: str, type: EntityType | None) -> tuple[NameMatch, ...]:
        """Return the entities whose names agree best; `type` is None for the names of a text."""
        assert type is None, "a text does not say a type for certain. This is a bug."
        self.asked.names.add(name)
        return self.knowledge.matches(name, None)

    def card(self, entity_id: str) -> Card:
        """Return how an entity is shown."""
        self.asked.others.add((Kind.CARD, entity_id))
        return self.knowledge.card(entity_id)

    def profile(self, entity_id: str) -> Profile:
        """Return what the gazetteer says of an entity beside its names."""
        self.asked.others.add((Kind.PROFILE, entity_id))
        return self.knowledge.profile(entity_id)

    def neighbours(self, entity_id: str) -> frozenset[str]:
        """Return the IDs that a relation joins to this one."""
        self.asked.others.add((Kind.NEIGHBOURS, entity_id))
        return self.knowledge.neighbours(entity_id)

    def holders(self, entity_id: str) -> frozenset[str]:
        """Return what an entity is a part of."""
        self.asked.others.add((Kind.HOLDERS, entity_id))
        return self.knowledge.holders(entity_id)

    def fame(self, entity_id: str) -> int:
        """Return how much the gazetteer says of an entity."""
        self.asked.others.add((Kind.FAME, entity_id))
        return self.knowledge.fame(entity_id)

    def concepts(self, first: str) -> Concepts:
        """Return which countries and offices words that begin with this one speak of."""
        self.asked.words.add(first)
        return self.knowledge.concepts(first)
