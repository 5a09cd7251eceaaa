"""What stands around a spotted name, and what that says about it. See `support` for its use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nisba_service.names.types import EntityType
from nisba_service.tagging import cues, titles
from nisba_service.tagging.ordinary_words import DEMONYMS, PHRASES
from nisba_service.tagging.proclitics import ARTICLE, CONJUNCTIONS, WAW, is_joined
from nisba_service.tagging.spelling import PARTICLES
from nisba_service.tagging.spotter import Spotted
from nisba_service.tagging.words import PARAGRAPH_BREAK, Words, texts_of

_OPENING = frozenset('«“"')
_CLOSING = frozenset('»”"')
_AND = frozenset({"and", "&", "و"})
_SENTENCE_ENDS = frozenset({".", "!", "?", "…", "؟", "۔", ":", "•", PARAGRAPH_BREAK})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words of a text, asked about the places of names.

    `is_given_name` says of a word in normal form whether people's names begin with it; `beginnings`
    are the words where people's names begin that need no reason, or that the tagger has found.
    """

    words: Words
    is_given_name: Callable[[str], bool]
    beginnings: frozenset[int] = frozenset()

    def is_titled(self, name: Spotted) -> bool:
        """Say whether a title stands before the name, or a body's kind after it.

        Not before a demonym, whose noun it is: "الرئيس المصري" is the Egyptian president.
        """
        if self._form(name) in DEMONYMS:
            return False
        if EntityType.ORGANIZATION in name.types and self.words.at(name.last + 1) in titles.AFTER:
            return True
        before = [self._before(name, distance) for distance in range(titles.LONGEST, 0, -1)]
        if before[-1] == "." and len(before) > 1:  # Dr.
            before.pop()
        phrases = {" ".join(before[start:]) for start in range(len(before))}
        return any(not phrases.isdisjoint(titles.BEFORE[type_]) for type_ in name.types)

    def is_actor(self, name: Spotted) -> bool:
        """Say whether the name speaks, acts or has members, as an Arabic organisation's does."""
        before, after = self._before(name, 1), self.words.at(name.last + 1)
        is_subject = (
            before in cues.SPEAKING_VERBS
            or after in cues.ACTING_VERBS
            or (
                (before in cues.ACTING_VERBS or cues.is_feminine_verb(before))
                and self.is_free_after(name)
            )
        )
        is_subject = is_subject or (before in cues.THAT and cues.is_feminine_present(after))
        if is_subject and CONJUNCTIONS.issuperset(name.prefix):
            return True
        if before == cues.IN:
            return any(self._before(name, distance) in cues.MEMBERS for distance in (2, 3))
        return before in cues.MEMBERS

    def is_free_after(self, name: Spotted) -> bool:
        """Say whether a stop, a function word or a verb follows: no object of a verb."""
        if name.last + 1 in self.beginnings and EntityType.LOCATION in name.types:
            return True  # "مديرها في القطاع جون غينغ"
        after = self.words.at(name.last + 1)
        return not after[0].isalnum() or after in cues.FUNCTION_WORDS or after in cues.ACTING_VERBS

    def is_quoted(self, name: Spotted) -> bool:
        """Say whether quotation marks stand around the name alone: "معلق في «السفير»"."""
        text = self.words.original
        return (
            text[name.start - 1 : name.start] in _OPENING
            and text[name.end : name.end + 1] in _CLOSING
        )

    def is_place_told(self, name: Spotted) -> bool:
        """Say whether "in" stands before a place and nothing of its phrase behind it."""
        after = self.words.at(name.last + 1)
        is_free = self.is_free_after(name) or (after.startswith(WAW) and is_joined(after))
        return cues.bare(self.words.at(name.first - 1)) == cues.IN and is_free

    def is_verb(self, name: Spotted) -> bool:
        """Say whether a single word is a verb with its subject behind it: "وشكر عون"."""
        if name.first != name.last or name.last + 1 not in self.beginnings:
            return False
        starts_clause = name.prefix in CONJUNCTIONS or self._begins_sentence(name.first)
        return starts_clause and self._form(name) in cues.PERSONS_VERBS

    def is_subject(self, name: Spotted) -> bool:
        """Say whether a verb of persons stands directly before the name: "وحيا الحية المعتصمين"."""
        return not name.prefix and cues.is_persons_verb(self.words.at(name.first - 1))

    def is_one_of_many(self, name: Spotted) -> bool:
        """Say whether a word for "every" or "no" stands before the name: "فكل مشرف على الأمن"."""
        before = self.words.at(name.first - 1)
        return before in cues.QUANTIFIERS or before[1:] in cues.QUANTIFIERS

    def is_in_phrase(self, name: Spotted) -> bool:
        """Say whether the name stands in a phrase that has the ordinary word: "بكل حماس"."""
        phrases = PHRASES.get(self._form(name))
        return phrases is not None and (
            not phrases.prefixes.isdisjoint(name.prefix)
            or self._before(name, 1) in phrases.before
            or self.words.at(name.last + 1) in phrases.after
            or (phrases.adjective and self.is_adjective(name))
        )

    def is_adjective(self, name: Spotted) -> bool:
        """Say whether an Arabic word with the article agrees with the noun before it.

        "الحكومة السعودية"; a title's noun is no such noun, unless the word is a demonym.
        """
        before = self._before(name, 1)
        if not (self._form(name).startswith(ARTICLE) and before.startswith(ARTICLE)):
            return False
        if before in cues.FUNCTION_WORDS:  # إلى
            return False
        return self._form(name) in DEMONYMS or before not in titles.BEFORE[EntityType.PERSON]

    def is_part_of_longer_name(self, name: Spotted) -> bool:
        """Say whether another part of a name stands beside a person's single word."""
        content = [t for t in self.words.texts[name.first : name.last + 1] if t not in PARTICLES]
        if len(content) > 1:
            return False
        before = self._before(name, 1)
        if before in titles.BEFORE[EntityType.PERSON]:
            return False
        return (
            self.is_given_name(before)
            or (self._is_capitalised(name.first - 1) and not self._begins_sentence(name.first - 1))
            or self._is_capitalised(name.last + 1)
        )

    def is_capitalised_anyway(self, name: Spotted) -> bool:
        """Say whether a Latin word would be capitalised here whatever it means."""
        if name.first != name.last:
            return True  # a day, "March 14"
        if self._is_acronym(name):
            return self.is_shouted(name)
        return self._begins_sentence(name.first) or self.is_shouted(name)

    def is_shouted(self, name: Spotted) -> bool:
        """Say whether the name and its neighbours are all upper case: "WHO IS NEXT"."""
        neighbours = (self.words.written(name.first - 1), self.words.written(name.last + 1))
        cased = [written for written in neighbours if written.lower() != written.upper()]
        return bool(cased) and self._is_acronym(name) and all(map(str.isupper, cased))

    def are_joined(self, first: Spotted, second: Spotted) -> bool:
        """Say whether only و or "and" stands between two names."""
        gap = second.first - first.last
        if gap == 1:
            return second.prefix.startswith("و")
        return gap == 2 and self.words.at(first.last + 1) in _AND

    def _form(self, name: Spotted) -> str:
        """Return a single word's normal form without particles, "" for a longer name."""
        if name.first != name.last:
            return ""
        return texts_of(name.name)[0]

    def _before(self, name: Spotted, distance: int) -> str:
        """Return a word before the name, without a conjunction joined to a verb or title."""
        return cues.without_conjunction(self.words.at(name.first - distance))

    def _is_acronym(self, name: Spotted) -> bool:
        written = self.words.written(name.first)
        return len(written) > 1 and written.isupper()

    def _is_capitalised(self, index: int) -> bool:
        """Say whether a word may be part of a Latin name: capitalised, and not a lone letter."""
        written = self.words.written(index)
        return len(written) > 1 and written[0].isupper()

    def _begins_sentence(self, index: int) -> bool:
        return self.words.at(index - 1) in _SENTENCE_ENDS
