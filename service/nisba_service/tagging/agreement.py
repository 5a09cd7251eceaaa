"""Types of tagged spans that the text itself corrects, in order of strength:

1. who is named in full is a person again by the end of that name: "Nikolai Mladenov … Mladenov";
2. what a place's kind stands behind is a place: "al-Salam mosque", "Dheisheh camp";
3. what one is in is a place: "in Haret Hreik", "في متسبيه هيلا";
4. capitals throughout are a body's initials: "head of MI6".

A name that the gazetteer knows keeps the types it has there: see `mentions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView, Sequence
from dataclasses import replace

from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType
from nisba_service.tagging import cues, place_words
from nisba_service.tagging.glued import ends_of_people
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import ARTICLE, LAM
from nisba_service.tagging.words import Words

_PARTICLE_AND_ARTICLE = ("بال", "كال", "لل")
_IN = frozenset({"in", normal_form("في")})
_MIN_ACRONYM = 2


def agreed(
    words: Words, spans: Sequence[TaggedSpan], is_name: Callable[[str], bool]
) -> Iterator[TaggedSpan]:
    """Yield the spans in order, with the types, and the ends, that the text gives them.

    Nobody is brought into a text by a last name with a particle: "وصفه بالمشين" is no span.
    """
    people = ends_of_people(words, spans).keys()
    for span in spans:
        first, last = words.within(span.start, span.end)
        if first > last or is_name(words.original[span.start : span.end]):
            yield span
        elif not (first == last and _is_quality(words.at(first), span, people, is_name)):
            yield _agreed(words, span, first, last, people)


def _is_quality(
    word: str, span: TaggedSpan, people: KeysView[str], is_name: Callable[[str], bool]
) -> bool:
    """Say whether a lone word with particle and article is the name of nobody in the text."""
    if span.type is not EntityType.PERSON or not word.startswith(_PARTICLE_AND_ARTICLE):
        return False
    bare = ARTICLE + word[len(ARTICLE) + (word[0] != LAM) :]
    return bare not in people and not is_name(bare)


def _agreed(
    words: Words, span: TaggedSpan, first: int, last: int, people: KeysView[str]
) -> TaggedSpan:
    if " ".join(words.texts[first : last + 1]) in people:
        return replace(span, type=EntityType.PERSON)
    if span.type is not EntityType.PERSON:
        return span
    following = words.at(last + 1)
    if following in place_words.SUFFIXES_INSIDE:
        _, end = words.span_of(last + 1, last + 1)
        return TaggedSpan(span.start, end, EntityType.LOCATION)
    if following in place_words.SUFFIXES_OUTSIDE or cues.bare(words.at(first - 1)) in _IN:
        return replace(span, type=EntityType.LOCATION)
    if first == last and _is_acronym(words, first):
        return replace(span, type=EntityType.ORGANIZATION)
    return span


def _is_acronym(words: Words, index: int) -> bool:
    """Say whether a Latin word is capitals throughout and its neighbours are not."""
    written = words.written(index)
    if len(written) < _MIN_ACRONYM or not written.isupper():
        return False
    return not any(words.written(i).isupper() for i in (index - 1, index + 1))
