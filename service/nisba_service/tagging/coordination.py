"""Tagged spans that hold several names: Arabic ones joined by و, an English body "of" a person.

"سعدات ومروان" and "نطنز وفوردو" are two each. So is "the National Initiative of Mustafa Barghouthi"
where the body is a known name and a given name and another word stand behind "of".

An organisation's span stays whole, for its name may say "and" (حزب العدالة والتنمية), unless a
known name ends before it ("الأمن الوقائي والمخابرات العامة"); and so does a place whose second part
has the article (البوسنة والهرسك).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nisba_service.names.types import EntityType
from nisba_service.tagging import titles
from nisba_service.tagging.clean import plain
from nisba_service.tagging.given_names import is_given_name
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import ARTICLE, WAW, is_joined
from nisba_service.tagging.words import Words

_OF = "of"


def apart(
    words: Words,
    spans: Sequence[TaggedSpan],
    is_known: Callable[[str], bool],
    is_name: Callable[[str], bool],
) -> Iterator[TaggedSpan]:
    """Yield the spans in order, each joined name as a span of its own, its و included.

    Args:
        words: the text's words.
        spans: in order of start.
        is_known: says whether a name is known, or its first word from one.
        is_name: says whether a whole name is known.
    """
    for span in spans:
        of = _before_person(words, span, is_name)
        if of is not None:
            yield TaggedSpan(span.start, _end_before(words, of), span.type)
            yield TaggedSpan(words.span_of(of + 1, of + 1)[0], span.end, EntityType.PERSON)
            continue
        start = span.start
        joined = _joined(words, span, is_known)
        if span.type is EntityType.ORGANIZATION:
            joined = _joined_bodies(words, span, is_name)
        for index in joined:
            begin, _ = words.span_of(index, index)
            yield TaggedSpan(start, _end_before(words, index), span.type)
            start = begin
        yield TaggedSpan(start, span.end, span.type)


def _before_person(words: Words, span: TaggedSpan, is_name: Callable[[str], bool]) -> int | None:
    """Return the "of" that stands between a known body and a person, None if there is none."""
    if span.type is not EntityType.ORGANIZATION:
        return None
    first, last = words.within(span.start, span.end)
    first += first < last and words.at(first) in titles.AROUND
    for index in range(first + 1, last - 1):
        if words.at(index) == _OF and is_given_name(words.at(index + 1)):
            start, end = words.span_of(first, index - 1)
            return index if is_name(words.original[start:end]) else None
    return None


def _joined(words: Words, span: TaggedSpan, is_known: Callable[[str], bool]) -> Iterator[int]:
    """Yield the words of a span, but for the first, that begin another name."""
    if span.type not in (EntityType.PERSON, EntityType.LOCATION):
        return
    first, last = words.within(span.start, span.end)
    for index in range(first + 1, last + 1):
        if not words.at(index).startswith(WAW):
            continue
        word = plain(words.written(index))
        if not is_joined(word) or is_known(word):
            continue
        if span.type is EntityType.PERSON or not word[1:].startswith(ARTICLE):
            yield index


def _joined_bodies(words: Words, span: TaggedSpan, is_name: Callable[[str], bool]) -> Iterator[int]:
    """Yield the word that begins another body, if what stands before its "and" is a whole name."""
    first, last = words.within(span.start, span.end)
    first += first < last and words.at(first) in titles.AROUND
    if first > last or is_name(words.original[words.span_of(first, last)[0] : span.end]):
        return
    for index in range(first + 1, last + 1):
        start, end = words.span_of(first, index - 1)
        if words.at(index).startswith(WAW) and is_name(words.original[start:end]):
            yield index
            return


def _end_before(words: Words, index: int) -> int:
    return words.span_of(index - 1, index - 1)[1]
