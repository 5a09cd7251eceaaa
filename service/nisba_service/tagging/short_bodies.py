"""Bodies that the Arabic press calls by the first word of their names: السلطة, الجهاد, الإخوان.

The word is an ordinary noun too (power, struggle, brothers), so that what is around must make it a
body: its officers or its seat before it, another body joined to it, a verb of which it is subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType
from nisba_service.tagging import cues, titles
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import ALEF, ARTICLE, WAW
from nisba_service.tagging.words import Words


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# السلطة الفلسطينية, الجهاد الإسلامي, الإخوان المسلمون.
SHORT = _forms("السلطة الجهاد الإخوان")
# What belongs to a body: "مقر السلطة", "رواتب السلطة", "سجون السلطة".
_ITS = cues.MEMBERS | _forms("""
    رئيس أمن مقر مقار مقرات أجهزة شرطة سجون سجناء موظفو موظفي رواتب خزينة ميزانية مناطق مدارس مؤسسات
    وزراء مواقع صواريخ مسلحي مكاتب
""")
_NEGATIONS = _forms("لن لم لا قد لا ليست")


def short_bodies(
    words: Words, spans: Sequence[TaggedSpan], is_known: Callable[[str], bool]
) -> Iterator[TaggedSpan]:
    """Yield the places, outside all spans, where such a word is a body; in order."""
    bodies = frozenset(_words_of_bodies(words, spans))
    taken = frozenset(i for span in spans for i in _indices(*words.within(span.start, span.end)))
    for index, text in enumerate(words.texts):
        word = _bare(text)
        if word not in SHORT or index in taken or not is_known(word):
            continue
        if not _goes_on(words, index) and _is_body(words, index, text, bodies):
            yield TaggedSpan(*words.span_of(index, index), EntityType.ORGANIZATION)


def _indices(first: int, last: int) -> range:
    return range(first, last + 1)


def _words_of_bodies(words: Words, spans: Sequence[TaggedSpan]) -> Iterator[int]:
    for span in spans:
        if span.type is EntityType.ORGANIZATION:
            yield from _indices(*words.within(span.start, span.end))


def _bare(text: str) -> str:
    """Return a word without particles before its article: والسلطة, للسلطة."""
    if text.startswith("لل"):
        return ALEF + text[1:]
    start = text.find(ARTICLE)
    return text[start:] if 0 < start <= len(WAW) else text


def _goes_on(words: Words, index: int) -> bool:
    """Say whether an adjective follows: "السلطة التنفيذية" is no body."""
    following = words.at(index + 1)
    return following.startswith(ARTICLE) and not titles.is_title_word(following)


def _is_body(words: Words, index: int, text: str, bodies: frozenset[int]) -> bool:
    before, after = words.at(index - 1), words.at(index + 1)
    if index - 1 in bodies:
        return text.startswith(WAW)
    if after.startswith(WAW) and index + 1 in bodies:
        return True
    verb = cues.without_conjunction(before)
    if verb in _ITS or verb in cues.SPEAKING_VERBS:
        return True
    is_subject = before in cues.THAT and (after in _NEGATIONS or cues.is_feminine_present(after))
    return is_subject or after in cues.SPEAKING_VERBS
