"""Arabic names that the tagger has passed over, told by the words beside them.

- a given name and a family name: "ساجدة الريشاوي"; behind a title, any word behind a given name:
  "المدير سلام عودة";
- in a place's list, what stands before its "and": "في الحمامات وسوسة", where سوسة is tagged;
- a body's kind, whom it unites, and which nation: "اتحاد الناشرين العرب".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import cues, given_names, name_ends, place_words, titles
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import ARTICLE, CONJUNCTIONS, OWN_WAW, WAW
from nisba_service.tagging.words import Words

_PREPOSITIONS = frozenset(map(normal_form, ("في", "من", "إلى", "بين", "قرب", "نحو")))
_NATIONS = frozenset(map(normal_form, ("العرب", "العربي", "العربية", "الدولي", "الدولية")))
_MIN_LETTERS = 3
_LONGEST_BODY = 5


def untagged(words: Words, spans: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
    """Yield the names outside all spans, in order.

    Args:
        words: the document's words.
        spans: of all names that are known so far, in order of start.
    """
    if not any(map(_is_arabic, words.texts)):
        return
    kinds = _kinds(words, spans)
    index = 0
    while index < len(words.texts):
        found = None if index in kinds else _name_at(words, index, kinds)
        if found is None:
            index += 1
            continue
        last, type_ = found
        yield TaggedSpan(*words.span_of(index, last), type_)
        index = last + 1


def _is_arabic(word: str) -> bool:
    return word[0].isalpha() and script_of(word[0]) is Script.ARABIC


def _kinds(words: Words, spans: Sequence[TaggedSpan]) -> dict[int, TaggedSpan]:
    """Return the span of each word that is in one."""
    kinds = {}
    for span in spans:
        first, last = words.within(span.start, span.end)
        kinds.update(dict.fromkeys(range(first, last + 1), span))
    return kinds


def _name_at(
    words: Words, index: int, taken: dict[int, TaggedSpan]
) -> tuple[int, EntityType] | None:
    """Return the last word and the type of a name that begins at a word, None if none does."""
    if not _is_arabic(words.at(index)):
        return None
    if index + 1 not in taken and _is_person(words, index):
        return index + 1, EntityType.PERSON
    if _is_joined_place(words, index, taken):
        return index, EntityType.LOCATION
    last = _body_at(words, index)
    if last is not None and taken.keys().isdisjoint(range(index, last + 1)):
        return last, EntityType.ORGANIZATION
    return None


def _is_person(words: Words, index: int) -> bool:
    given, family = words.at(index), words.at(index + 1)
    bare = given[1:] if given[0] in CONJUNCTIONS else given
    if not _is_arabic(family) or len(family) < _MIN_LETTERS or family in cues.FUNCTION_WORDS:
        return False
    if name_ends.is_never_in_name(family) or family.startswith(WAW):
        return False
    if family.startswith(ARTICLE):
        return given_names.is_given_name(given) or given_names.is_given_name(bare)
    before = words.at(index - 1)
    is_titled = titles.is_title_word(before) and before.startswith(ARTICLE)
    return is_titled and given_names.may_be_given_name(given)


def _is_joined_place(words: Words, index: int, taken: dict[int, TaggedSpan]) -> bool:
    """Say whether a place joined by "and" follows, and a preposition stands before."""
    word, following = words.at(index), taken.get(index + 1)
    if following is None or following.type is not EntityType.LOCATION:
        return False
    joined = words.at(index + 1)
    if not joined.startswith(WAW) or joined.startswith(OWN_WAW):
        return False
    is_name = len(word) >= _MIN_LETTERS and not (
        titles.is_beside_names(word) or word in cues.FUNCTION_WORDS or _is_kind(word)
    )
    return is_name and words.at(index - 1) in _PREPOSITIONS


def _is_kind(word: str) -> bool:
    bare = word.removeprefix(ARTICLE)
    return bare in place_words.KINDS_OUTSIDE or bare in place_words.KINDS_INSIDE


def _body_at(words: Words, index: int) -> int | None:
    """Return the last word of a body's name that begins with its kind, None if none does."""
    kind = words.at(index)
    bare = kind[1:] if kind[0] in CONJUNCTIONS else kind
    if kind not in place_words.BODIES and bare not in place_words.BODIES:
        return None
    last = index
    while last - index < _LONGEST_BODY and words.at(last + 1).startswith(ARTICLE):
        last += 1
    return last if last - index > 1 and words.at(last) in _NATIONS else None
