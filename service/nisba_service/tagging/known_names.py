"""The gazetteer's names by normal form, for the spotter: a large base, and small changes over it.

Names are found word by word, not letter by letter: the first word of a name tells how many words
names that begin so may have, and a dictionary tells the names. So a change of the gazetteer is a
small dictionary beside the large one, and nothing has to be built anew. Both are immutable once
made: threads share them, and each state keeps its own changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from nisba_service.gazetteer.model import Entity
from nisba_service.names.types import EntityType
from nisba_service.tagging.spelling import Spelling, spelling

Bearers: TypeAlias = tuple[tuple[Spelling, str], ...]
"""Who bears a name: for each, how it is spelt and the entity's ID. No order is meant."""


class NameBook(Protocol):
    """What finding mentions asks of a gazetteer: these questions and no others."""

    def bearers(self, form: str) -> Bearers:
        """Return who bears a name in normal form, () if nobody does: asked of words of a text."""
        ...

    def is_borne(self, form: str) -> bool:
        """Say whether anybody bears a name in normal form: asked of what may be none of a text."""
        ...

    def lengths(self, first_word: str) -> int:
        """Return how many words names that begin with a word may have, as bits from 1 word on."""
        ...

    def has_word(self, word: str) -> bool:
        """Say whether a word stands in any name."""
        ...

    def begins_people(self, word: str) -> bool:
        """Say whether a word begins the name, of two words or more, of a person."""
        ...


@dataclass(frozen=True, slots=True)
class _Table:
    """Names and what is known of their words; a change adds to the counts or takes from them.

    Attributes:
        bearers: of each normal form; in a change, () for a name that nobody bears any more.
        lengths: by first word, a bit for each number of words: bit 2 says "of three words". In a
            change, what may have been added; a bit too many costs a look-up and finds nothing.
        words: in how many names a word stands.
        given: how many names of people, of two words or more, begin with a word.
    """

    bearers: dict[str, Bearers]
    lengths: dict[str, int]
    words: dict[str, int]
    given: dict[str, int]

    @classmethod
    def empty(cls) -> _Table:
        return cls({}, {}, {}, {})

    def copy(self) -> _Table:
        return _Table(
            self.bearers.copy(), self.lengths.copy(), self.words.copy(), self.given.copy()
        )

    def count(self, form: str, bearers: Bearers, step: int) -> None:
        """Let the words of a name count once more, or once less."""
        words = form.split(" ")
        for word in words:
            self.words[word] = self.words.get(word, 0) + step
        if len(words) > 1 and any(how.type is EntityType.PERSON for how, _ in bearers):
            self.given[words[0]] = self.given.get(words[0], 0) + step
        self.lengths[words[0]] = self.lengths.get(words[0], 0) | 1 << len(words) - 1


class KnownNames:
    """The names of one state of the gazetteer. Immutable: threads may share it."""

    def __init__(self, base: _Table, change: _Table) -> None:
        self._base = base
        self._change = change

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> KnownNames:
        """Return the names of entities."""
        bearers: dict[str, Bearers] = {}
        for entity in entities:
            for form, own in forms_of(entity).items():
                there = bearers.get(form)
                bearers[form] = own if there is None else there + own
        return cls.of_forms(bearers)

    @classmethod
    def of_forms(cls, bearers: dict[str, Bearers]) -> KnownNames:
        """Return names in normal form, each with who bears it, as they are."""
        table = replace(_Table.empty(), bearers=bearers)
        for form, of_form in bearers.items():
            table.count(form, of_form, 1)
        return cls(table, _Table.empty())

    def updated(self, removed: Iterable[Entity], added: Iterable[Entity]) -> KnownNames:
        """Return the names after a change of the gazetteer; this state stays as it is.

        Args:
            removed: the entities that are gone or were edited, as they were in this state.
            added: those that are new or were edited, as they are now.
        """
        changed = KnownNames(self._base, self._change.copy())
        for entity in removed:
            for form in forms_of(entity):
                rest = tuple(b for b in changed.bearers(form) if b[1] != entity.id)
                changed._set(form, rest)
        for entity in added:
            for form, own in forms_of(entity).items():
                changed._set(form, changed.bearers(form) + own)
        return changed

    def bearers(self, form: str) -> Bearers:
        """Return who bears a name in normal form, () if nobody does."""
        there = self._change.bearers.get(form)
        return self._base.bearers.get(form, ()) if there is None else there

    def is_borne(self, form: str) -> bool:
        """Say whether anybody bears a name in normal form."""
        return bool(self.bearers(form))

    def lengths(self, first_word: str) -> int:
        """Return how many words names that begin with a word may have, as bits from 1 word on."""
        return self._base.lengths.get(first_word, 0) | self._change.lengths.get(first_word, 0)

    def has_word(self, word: str) -> bool:
        """Say whether a word stands in any name."""
        return self._base.words.get(word, 0) + self._change.words.get(word, 0) > 0

    def begins_people(self, word: str) -> bool:
        """Say whether a word begins the name, of two words or more, of a person."""
        return self._base.given.get(word, 0) + self._change.given.get(word, 0) > 0

    def _set(self, form: str, bearers: Bearers) -> None:
        """Change who bears a name, in a state that nobody else has seen yet."""
        before = self.bearers(form)
        if before:
            self._change.count(form, before, -1)
        if bearers:
            self._change.count(form, bearers, 1)
        self._change.bearers[form] = bearers


def forms_of(entity: Entity) -> dict[str, Bearers]:
    """Return the forms of an entity's names that are looked for, each with how it bears it."""
    forms: dict[str, Bearers] = {}
    shared: dict[int, Bearers] = {}  # spellings are interned, and their hashes are slow
    for name in entity.names:
        found = spelling(name, entity.type)
        if found is None:
            continue
        form, how = found
        own = shared.get(id(how)) or shared.setdefault(id(how), ((how, entity.id),))
        there = forms.setdefault(form, own)
        if own[0] not in there:
            forms[form] = there + own
    return forms
