"""Tagged spans that are cut short, made whole by the words beside them.

- A given name, a kunya's first word or "bin" before a person's span belongs to it: "نوعام | شاليط",
  "أبو | شباك", "Hashim | Safi al-Din"; so does "bin" with what follows, and a king's or pope's
  "السادس عشر" behind it.
- Two spans side by side of which the first is a given name are one person: "John | Negroponte",
  "Israel | Katz".
- A place's first word belongs to it: "كريات | شمونا", "نهر | الليطاني".

What the gazetteer knows as a whole name is complete as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import cues, given_names, name_ends, titles
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import ARTICLE, is_joined
from nisba_service.tagging.whole_places import (
    are_side_by_side,
    body_head,
    body_tail,
    is_within,
    place_head,
    place_tail,
)
from nisba_service.tagging.words import Words

_PARTICLES = frozenset("وفبلك")
_CONNECTORS = cues.KUNYA_FIRST | frozenset(map(normal_form, ("عبد", "آل")))
_BEHIND = frozenset(map(normal_form, ("بن", "بنت", "آل")))
_LATIN_CONNECTORS = frozenset({"abu", "abou", "bin", "ben", "ibn", "umm"})
_HIS = ("ه", "ها", "هم", "هما")
_NOUNS = frozenset(
    map(
        normal_form,
        (
            *("مكتب", "حزب", "تيار", "فريق", "وفد", "أنصار", "صديق", "شقيق", "والد", "نجل", "ابن"),
            *("زوج", "جيش", "نظام", "موقف", "خطاب", "قرار", "اتفاق", "اسم", "ملف", "بيت", "منزل"),
            *(
                "غداة",
                "عهد",
                "زمن",
                "موكب",
                "معسكر",
                "محور",
                "خصم",
                "حليف",
                "مساعد",
                "وكيل",
                "طبيب",
            ),
            *("كلام", "دور", "رفض", "طلب", "حكم", "مثل", "بيان", "كتاب", "رجل", "سجن", "مقتل"),
        ),
    )
)
_TEENTH = normal_form("عشر")
_UNITS = ("الحادي", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")
_ORDINALS = frozenset(map(normal_form, _UNITS))


@dataclass(frozen=True, slots=True)
class Whole:
    """Makes spans whole by what the gazetteer knows.

    Attributes:
        is_name: says whether a whole name is known.
        is_given_name: says of a word in normal form whether people's names begin with it.
    """

    is_name: Callable[[str], bool]
    is_given_name: Callable[[str], bool]

    def spans(self, words: Words, spans: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
        """Yield the spans in order, not overlapping, each whole."""
        end = 0
        joined = list(self._joined(words, spans))
        for index, span in enumerate(joined):
            limit = joined[index + 1].start if index + 1 < len(joined) else len(words.original)
            whole = self._whole(words, span, end, limit)
            yield whole
            end = whole.end

    def _joined(self, words: Words, spans: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
        """Yield the spans, a given name and the single word behind it as one person."""
        waiting: TaggedSpan | None = None
        for span in spans:
            if waiting is not None and self._are_one(words, waiting, span):
                waiting = TaggedSpan(waiting.start, span.end, EntityType.PERSON)
                continue
            if waiting is not None:
                yield waiting
            waiting = span
        if waiting is not None:
            yield waiting

    def _are_one(self, words: Words, first: TaggedSpan, second: TaggedSpan) -> bool:
        if words.original[first.end : second.start] != " ":
            return False
        begin, last = words.within(first.start, first.end)
        if begin != last or not _is_single(words, second):
            return False
        word = words.at(begin)
        if word in given_names.PLACES:
            return second.type is EntityType.PERSON
        if first.type is not EntityType.PERSON or second.type is EntityType.PERSON:
            return False  # people side by side: see `mentions`, rule 6
        known = self.is_name(words.original[second.start : second.end])
        return given_names.is_given_name(word) and not known

    def _whole(self, words: Words, span: TaggedSpan, begin: int, limit: int) -> TaggedSpan:
        """Return a span as far as it goes between the one before it and the one behind."""
        first, last = words.within(span.start, span.end)
        if first > last or self.is_name(words.original[span.start : span.end]):
            return span
        if span.type is EntityType.PERSON:
            head = self._person_head(words, first, last, begin)
            tail = _person_tail(words, last, limit)
        elif span.type is EntityType.LOCATION:
            head, tail = place_head(words, first, begin), place_tail(words, first, last, limit)
        else:
            head, tail = body_head(words, first, begin), body_tail(words, first, last, limit)
        start = words.span_of(head, head)[0] if head < first else span.start
        end = words.span_of(tail, tail)[1] if tail > last else span.end
        return replace(span, start=start, end=end)

    def _person_head(self, words: Words, first: int, last: int, begin: int) -> int:
        """Return the first word of a person's name, none before `begin` in the text."""
        head = first
        if not given_names.may_be_given_name(words.at(first)):
            head = self._list_head(words, first, begin)
            head = self._told_head(words, first, begin) if head == first == last else head
        while are_side_by_side(words, head - 1, begin) and self._is_of_name(words, head - 1):
            head -= 1
            if words.at(head)[0] in _PARTICLES and not self._is_given(words.at(head)):
                break  # a particle is joined to it, so that it is the first
        return head

    def _told_head(self, words: Words, first: int, begin: int) -> int:
        """Return the first word of a lone last name's given name behind a verb: "وقال يشار | غولر".

        A person is brought in by two names; what else stands there is a noun, of which few do.
        """
        before = words.at(first - 1)
        if not are_side_by_side(words, first - 1, begin):
            return first
        is_noun = (
            before.startswith((ARTICLE, "و", "ف", "ب", "ل"))
            or self.is_name(before)
            or titles.is_beside_names(before)
            or before in _NOUNS
            or before in cues.MEMBERS
            or name_ends.is_function_word(before)
            or words.written(first - 1).endswith((*_HIS, "ة", "ات", "و", "ي"))
        )
        is_told = cues.is_persons_verb(words.at(first - 2)) and not cues.is_persons_verb(before)
        return first - 1 if is_told and not is_noun else first

    def _list_head(self, words: Words, first: int, begin: int) -> int:
        """Return the first word of a name whose given name stands alone between two people.

        "احتج أورهان باموق وكولم | تويبن": what is joined by و directly behind a person is one.
        """
        before = words.at(first - 1)
        if not (begin and are_side_by_side(words, first - 1, begin) and is_joined(before)):
            return first
        start, _ = words.span_of(first - 1, first - 1)
        is_behind = words.original[begin:start] == " "
        is_noun = titles.is_beside_names(before[1:]) or before[1:].startswith(ARTICLE)
        is_noun = is_noun or words.written(first - 1).endswith(_HIS)  # "ونائبه محمد حمدان"
        return first - 1 if is_behind and not is_noun and before[1:] not in cues.MEMBERS else first

    def _is_of_name(self, words: Words, index: int) -> bool:
        word, following = words.at(index), words.at(index + 1)
        if script_of(following) is Script.LATIN:
            return words.written(index)[0].isupper() and (
                word in _LATIN_CONNECTORS or self._is_given(word)
            )
        bare = word[1:] if word[0] in _PARTICLES else word
        if cues.is_persons_verb(word):
            return False  # "وواصل البدري كلامه"
        if word in _CONNECTORS or bare in _CONNECTORS:
            return True
        if not any(self._is_given(w) or _is_word_too(w, following) for w in (word, bare)):
            return False
        # "أبلغ عباس هنية": who is known by that one word may be the verb's subject.
        subject = self.is_name(word) and cues.is_verb_of_two_before(words, index)
        return not subject

    def _is_given(self, word: str) -> bool:
        if given_names.is_given_name(word):
            return True
        return self.is_given_name(word) and not given_names.may_be_given_name(word)


def _is_word_too(word: str, following: str) -> bool:
    """Say whether an ordinary word is a given name before a family name: "أحلام التميمي"."""
    return given_names.may_be_given_name(word) and following.startswith(ARTICLE)


def _is_single(words: Words, span: TaggedSpan) -> bool:
    first, last = words.within(span.start, span.end)
    return first == last


def _person_tail(words: Words, last: int, limit: int) -> int:
    """Return the last word of a person's name, "bin" with what follows and "the sixteenth" told."""
    tail = last
    following = words.at(tail + 1)
    if following in _BEHIND or (following in _ORDINALS and words.at(tail + 2) == _TEENTH):
        tail += 2
        tail += words.at(tail) in _CONNECTORS
    return tail if is_within(words, tail, limit) else last
