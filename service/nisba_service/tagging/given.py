"""Mentions at spans that somebody else knows to be names: a gold annotation, an editor's mark."""

from __future__ import annotations

from collections.abc import Callable

from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script
from nisba_service.tagging.clean import plain
from nisba_service.tagging.model import Mention, Source, TaggedSpan
from nisba_service.tagging.proclitics import split
from nisba_service.tagging.words import Words


def given(
    words: Words, span: TaggedSpan, language: Language, is_known: Callable[[str], bool]
) -> Mention:
    """Return the mention at exactly this span.

    What stands before the span in its first word is its prefix; where that is a particle that has
    cost the name its article ("لسلطة" of "للسلطة"), `name` has it again.

    Args:
        words: the text's words.
        span: holds a letter or digit; its type is taken as it is.
        language: of the passage around it.
        is_known: says whether the gazetteer has a name, or one with this first word.
    """
    text = words.original[span.start : span.end]
    begin = _word_begin(words, span.start)
    prefix = words.original[begin : span.start]
    name = plain(text)
    if prefix and script_of(text) is Script.ARABIC:
        whole = split(plain(prefix + text), is_known)
        name = whole.name if whole.length == len(plain(prefix)) else name
    else:
        prefix = ""
    return Mention(
        start=span.start,
        end=span.end,
        text=text,
        name=name,
        prefix=prefix,
        type=span.type,
        language=language,
        source=Source.TAGGER,
    )


def _word_begin(words: Words, offset: int) -> int:
    """Return where the word at an offset begins."""
    index = words.index_at(offset)
    begin, end = words.span_of(index, index) if index >= 0 else (offset, offset)
    return begin if begin <= offset < end else offset
