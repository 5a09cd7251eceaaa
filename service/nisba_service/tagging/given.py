"""Mentions at spans that somebody else knows to be names: a gold annotation, an editor's mark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script
from nisba_service.tagging.clean import plain
from nisba_service.tagging.model import Mention, Passage, Source, TaggedSpan
from nisba_service.tagging.proclitics import split
from nisba_service.tagging.words import Words


def at_spans(
    words: Words,
    passages: Sequence[Passage],
    spans: Sequence[TaggedSpan],
    is_known: Callable[[str], bool],
) -> tuple[Mention, ...]:
    """Return the mentions at exactly these spans, in order of start.

    Args:
        words: the text's words.
        passages: they cover the text.
        spans: within the text, not empty; their types are taken as they are.
        is_known: says whether the gazetteer has a name, or one with this first word.
    """
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    starts = [span.start for span in ordered]
    return tuple(
        _mention(words, span, passage.language, is_known)
        for passage in passages
        for span in ordered[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
    )


def _mention(
    words: Words, span: TaggedSpan, language: Language, is_known: Callable[[str], bool]
) -> Mention:
    text = words.original[span.start : span.end]
    begin = _word_begin(words, span.start) if script_of(text) is Script.ARABIC else span.start
    prefix = words.original[begin : span.start]
    return Mention(
        start=span.start,
        end=span.end,
        text=text,
        name=_name(prefix, text, is_known),
        prefix=prefix,
        type=span.type,
        language=language,
        source=Source.TAGGER,
    )


def _word_begin(words: Words, offset: int) -> int:
    """Return where the word at an offset begins: particles stand between."""
    index = words.index_at(offset)
    if index < 0:
        return offset
    begin, end = words.span_of(index, index)
    return begin if begin < offset < end else offset


def _name(prefix: str, text: str, is_known: Callable[[str], bool]) -> str:
    """Return the name as it is looked up: "لسلطة" after "ل" is السلطة, its article restored."""
    if not prefix:
        return plain(text)
    whole = split(plain(prefix + text), is_known)
    return whole.name if whole.length == len(plain(prefix)) else plain(text)
