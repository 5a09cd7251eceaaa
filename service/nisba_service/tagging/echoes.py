"""People whom the document names in full, met again by their last name.

The tagger misses some of them where the sentence gives no hint ("Soliman, for years the head of"),
and the gazetteer does not know them. A last name that is an ordinary word is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging.model import Mention, TaggedSpan
from nisba_service.tagging.ordinary_words import ORDINARY
from nisba_service.tagging.proclitics import CONJUNCTIONS
from nisba_service.tagging.spelling import ARTICLES, PARTICLES
from nisba_service.tagging.words import Words, texts_of

# Shorter last names are too likely to be something else.
MIN_LETTERS = 4


def echoes(words: Words, mentions: Sequence[Mention]) -> tuple[TaggedSpan, ...]:
    """Return the places outside all mentions where a person's last name stands, in order."""
    names = {name for mention in mentions for name in _last_names(mention)}
    if not names:
        return ()
    spans = (_span(words, i) for i in range(len(words.texts)) if _is_echo(words, i, names))
    return tuple(TaggedSpan(*span, EntityType.PERSON) for span in _outside(spans, mentions))


def _last_names(mention: Mention) -> Iterator[str]:
    """Yield the last word of a person's name of two words or more, in normal form."""
    if mention.type is not EntityType.PERSON:
        return
    *before, last = texts_of(mention.name)
    if before and len(last) >= MIN_LETTERS and last not in ORDINARY and last not in PARTICLES:
        yield last


def _is_echo(words: Words, index: int, names: set[str]) -> bool:
    text = words.texts[index]
    if text in names:
        return script_of(text) is Script.ARABIC or words.written(index)[0].isupper()
    return text[0] in CONJUNCTIONS and text[1:] in names


def _span(words: Words, index: int) -> tuple[int, int]:
    """Return the span of a last name, its Latin article included: "al-Hajj"."""
    return words.span_of(index - (words.at(index - 1) in ARTICLES), index)


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
