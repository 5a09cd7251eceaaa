"""How far a place's or a body's name goes beyond the span that a tagger has cut short.

See `whole_spans`, which asks. A place's first word belongs to it ("كريات | شمونا"), and which half
of a town is meant ("حلب | الشرقية"); a body's name says whom it is for ("هيئة الشارقة | للكتاب").
"""

from __future__ import annotations

from nisba_service.tagging import cues, place_words
from nisba_service.tagging.proclitics import ARTICLE
from nisba_service.tagging.words import Words

_PARTICLES = frozenset("وفبلك")
_FOR_THE = "لل"


def place_head(words: Words, first: int, begin: int) -> int:
    """Return the first word of a place's name."""
    before, word = words.at(first - 1), words.at(first)
    if not are_side_by_side(words, first - 1, begin):
        return first
    bare = before[1:] if before[0] in _PARTICLES else before
    heads = place_words.HEADS | place_words.KINDS_INSIDE
    is_head = before in heads or bare in heads or (bare, word) in place_words.COMPASS_NAMES
    return first - is_head


def place_tail(words: Words, first: int, last: int, limit: int) -> int:
    """Return the last word of a place's name: "كوريا الجنوبية"."""
    is_side = words.at(last + 1) in place_words.SIDES and not words.at(first).startswith(ARTICLE)
    return last + 1 if is_side and is_within(words, last + 1, limit) else last


def body_head(words: Words, first: int, begin: int) -> int:
    """Return the first word of an English body's name: "Office for the | Coordination of Aid"."""
    joint = first - 1 - (words.at(first - 1) == "the")
    head = joint - 1
    if words.at(joint) not in ("for", "of") or head < 0:
        return first
    start, _ = words.span_of(head, head)
    is_kind = words.at(head) in place_words.ENGLISH_BODIES
    return head if is_kind and words.written(head)[0].isupper() and start >= begin else first


def body_tail(words: Words, first: int, last: int, limit: int) -> int:
    """Return the last word of a body's name that says whom it is for: "هيئة الشارقة للكتاب"."""
    kind = words.at(first)
    bare = kind[1:] if kind[0] in _PARTICLES else kind
    if not words.at(last + 1).startswith(_FOR_THE) or not (
        bare.removeprefix(ARTICLE) in place_words.BODIES or kind in place_words.BODIES
    ):
        return last
    tail = last + 1 + cues.is_adjective(words.at(last + 2))
    return tail if is_within(words, tail, limit) else last


def are_side_by_side(words: Words, index: int, begin: int) -> bool:
    """Say whether a word stands directly before the next one, and not before `begin`."""
    if index < 0 or not words.at(index)[0].isalpha():
        return False
    start, end = words.span_of(index, index)
    following, _ = words.span_of(index + 1, index + 1)
    return start >= begin and words.original[end:following] in (" ", "-")


def is_within(words: Words, index: int, limit: int) -> bool:
    """Say whether a word is there and ends before a limit of the text."""
    return index < len(words.texts) and words.span_of(index, index)[1] <= limit
