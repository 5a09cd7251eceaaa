"""People whom the document names in full, met again by their last name or their first.

The tagger misses some of them where the sentence gives no hint ("Soliman, for years the head of"),
and the gazetteer does not know them. A last name that is an ordinary word is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import given_names
from nisba_service.tagging.cues import FUNCTION_WORDS, KUNYA_FIRST
from nisba_service.tagging.model import Mention, TaggedSpan
from nisba_service.tagging.ordinary_words import ORDINARY
from nisba_service.tagging.proclitics import CONJUNCTIONS
from nisba_service.tagging.spelling import ARTICLES, PARTICLES
from nisba_service.tagging.words import Words, texts_of

# Shorter last names are too likely to be something else.
MIN_LETTERS = 4
# A family name may begin so: "وكان هوكستين وبو صعب قد تبادلا", "أبو شباك".
_FATHERS = KUNYA_FIRST | {"بو", "abu", "abou"}
# The other articles are English words, unless a hyphen follows: "as-Sadr".
_PLAIN_ARTICLES = frozenset({"al", "el"})


def echoes(words: Words, mentions: Sequence[Mention]) -> tuple[TaggedSpan, ...]:
    """Return the places outside all mentions where a person's last name stands, in order."""
    last_names = {name for mention in mentions for name in _last_names(mention)}
    first_names = {name for mention in mentions for name in _first_names(mention)}
    if not last_names:
        return ()
    spans = (
        _span(words, i)
        for i in range(len(words.texts))
        if _is_echo(words, i, last_names) or _is_first_name(words, i, first_names)
    )
    return tuple(TaggedSpan(*span, EntityType.PERSON) for span in _outside(spans, mentions))


def _last_names(mention: Mention) -> Iterator[str]:
    """Yield the last word of a person's name of two words or more, in normal form."""
    if mention.type is not EntityType.PERSON:
        return
    *before, last = texts_of(mention.name)
    if not before or last in ORDINARY or last in PARTICLES:
        return
    if len(last) >= MIN_LETTERS or before[-1] in _FATHERS:
        yield last


def _first_names(mention: Mention) -> Iterator[str]:
    """Yield the first word of a person's name of two words or more, if it is hardly a word too."""
    if mention.type is not EntityType.PERSON:
        return
    first, *behind = texts_of(mention.name)
    is_latin = script_of(first) is Script.LATIN
    if not behind or len(first) < MIN_LETTERS - 1 or first in ORDINARY or first in PARTICLES:
        return
    if given_names.is_given_name(first) or (is_latin and len(first) >= MIN_LETTERS):
        yield first


def _is_first_name(words: Words, index: int, names: set[str]) -> bool:
    """Say whether a first name stands alone: "Tedros" inside a sentence, "وانتقلت سهى لاحقا"."""
    if words.texts[index] not in names:
        return False
    if script_of(words.texts[index]) is Script.ARABIC:
        return words.at(index + 1) in FUNCTION_WORDS or not words.at(index + 1)[0].isalpha()
    return (
        words.written(index)[0].isupper()
        and words.at(index - 1)[0].isalpha()
        and not words.written(index + 1)[:1].isupper()
    )


def _is_echo(words: Words, index: int, names: set[str]) -> bool:
    text = words.texts[index]
    if len(text) < MIN_LETTERS and _bare(words.at(index - 1)) not in _FATHERS:
        return False
    if text in names:
        return script_of(text) is Script.ARABIC or words.written(index)[0].isupper()
    return text[0] in CONJUNCTIONS and text[1:] in names


def _bare(word: str) -> str:
    return word[1:] if word[0] in CONJUNCTIONS and word[1:] in _FATHERS else word


def _span(words: Words, index: int) -> tuple[int, int]:
    """Return the span of a name, its Latin article included: "al-Hajj", but not "as Tedros"."""
    article = words.at(index - 1)
    if _bare(article) in _FATHERS:
        return words.span_of(index - 1, index)
    if article not in ARTICLES:
        return words.span_of(index, index)
    _, end = words.span_of(index - 1, index - 1)
    is_part = article in _PLAIN_ARTICLES or words.original[end : end + 1] == "-"
    return words.span_of(index - is_part, index)


def _outside(
    spans: Iterator[tuple[int, int]], mentions: Sequence[Mention]
) -> Iterator[tuple[int, int]]:
    """Yield the spans that share no place with a mention; both are in order."""
    following = iter(mentions)
    mention = next(following, None)
    for start, end in spans:
        while mention is not None and mention.end <= start:
            mention = next(following, None)
        if mention is None or end <= mention.start:
            yield start, end
