"""Which texts a change touches by their words: names that come, go or change hands, and countries.

The traces tell which texts have all words of a name; only these are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from nisba_service.archive.questions import Kind, Reasons, key
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.gazetteer.model import Entity
from nisba_service.linking.lexicon import clues
from nisba_service.linking.parts import Parts
from nisba_service.linking.vocabulary import Vocabulary
from nisba_service.names.types import EntityType
from nisba_service.tagging.known_names import Bearers, KnownNames, forms_of
from nisba_service.tagging.matching import matches
from nisba_service.tagging.words import Words

TextOf: TypeAlias = Callable[[int], str]
"""What reads the text of a document of a shard."""


@dataclass(frozen=True, slots=True)
class TextsImpact:
    """What a change does to the names and countries that texts are read for.

    Attributes:
        forms: names in normal form that come, go or change hands.
        spelt: these names with those bearers alone that only one of the states has.
        vocabularies: the words for countries in both states.
        starts: words that begin what speaks of another country than before.
        places: the changed places, which are why.
    """

    forms: tuple[str, ...]
    spelt: KnownNames
    vocabularies: tuple[Vocabulary, Vocabulary]
    starts: tuple[str, ...]
    places: Reasons

    @classmethod
    def between(
        cls, before: Parts, after: Parts, forms: Iterable[str], entities: Iterable[Entity]
    ) -> TextsImpact:
        """Return the impact of changed forms, and of changed entities as they were and are."""
        forms = tuple(forms)
        vocabularies = before.vocabulary, after.vocabulary
        return cls(
            forms=forms,
            spelt=KnownNames.of_forms(
                {form: _only_in_one(before.names, after.names, form) for form in forms}
            ),
            vocabularies=vocabularies,
            starts=tuple(_changed_starts(*vocabularies)),
            places=frozenset(e.id for e in entities if e.type is EntityType.LOCATION),
        )

    def touched(self, index: TraceIndex, text_of: TextOf) -> Iterator[tuple[int, Reasons]]:
        """Yield the documents whose texts have what changes, with the reasons."""
        for document in sorted(self._candidates(index)):
            words = Words.of(text_of(document))
            reasons = frozenset(match.entity_id for match in matches(words, self.spelt))
            if self._speaks_of_others(words):
                reasons |= self.places
            if reasons:
                yield document, reasons

    def _candidates(self, index: TraceIndex) -> set[int]:
        """Return the documents that have all words of a name, or the first of a country's."""
        found = set(index.asking([key(Kind.WORD, first) for first in self.starts])[0].tolist())
        for form in self.forms:
            found |= index.asking_all(key(Kind.WORD, word) for word in form.split(" "))
        return found

    def _speaks_of_others(self, words: Words) -> bool:
        if not self.starts:
            return False
        before, after = (clues(words.texts, words_for.beginning) for words_for in self.vocabularies)
        return before != after


def changed_forms(
    before: KnownNames, after: KnownNames, entities: Iterable[Entity]
) -> Mapping[str, Reasons]:
    """Return the names, in normal form, whose bearers are others; with the changed entities."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for form in forms_of(entity):
            owners[form].add(entity.id)
    return {
        form: frozenset(ids)
        for form, ids in sorted(owners.items())
        if set(before.bearers(form)) != set(after.bearers(form))
    }


def changed_words(
    before: KnownNames, after: KnownNames, forms: Mapping[str, Reasons]
) -> Iterator[tuple[Kind, str, Reasons]]:
    """Yield what is asked of single words and of whole forms, and has another answer."""
    for form, reasons in forms.items():
        if before.is_borne(form) != after.is_borne(form):
            yield Kind.FORM, form, reasons
        for word in form.split(" "):
            if before.has_word(word) != after.has_word(word):
                yield Kind.PART, word, reasons
            if before.begins_people(word) != after.begins_people(word):
                yield Kind.GIVEN, word, reasons


def _only_in_one(before: KnownNames, after: KnownNames, form: str) -> Bearers:
    old, new = before.bearers(form), after.bearers(form)
    return tuple(b for b in (*old, *new) if (b in old) != (b in new))


def _changed_starts(before: Vocabulary, after: Vocabulary) -> Iterator[str]:
    if before == after:
        return
    for first in sorted(before.by_first.keys() | after.by_first.keys()):
        if before.beginning(first) != after.beginning(first):
            yield first
