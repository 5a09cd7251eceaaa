"""Which language each stretch of a document is read in.

The script decides, sentence by sentence and line by line. A few Latin words in an Arabic sentence
(PLO, AFP) do not split it, and a stretch with too few letters to judge goes with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from nisba_service.errors import ScriptUnsupported
from nisba_service.names.scripts import Letters
from nisba_service.names.types import Language
from nisba_service.tagging.model import Document, Passage

MIXED = "mul"
UNDETERMINED = "und"

# Fewer letters than this decide nothing: "(AFP)" on a line of its own in an Arabic text.
MIN_LETTERS = 5
TATWEEL = "\u0640"

_SENTENCE = re.compile(r".+?(?:[.!?…؟۔](?=\s)|\n|\Z)", re.DOTALL)


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the document's stretches of one language, which cover its text; () for an empty text.

    Raises:
        ScriptUnsupported: most letters of the text are neither Latin nor Arabic.
    """
    text = document.text
    if not text:
        return ()
    letters = _checked_letters(text)
    if document.language is not None:
        return (Passage(0, len(text), document.language),)
    if not (letters.latin and letters.arabic):
        return (Passage(0, len(text), _language_of(letters)),)
    return tuple(_joined(list(_judged(text)), _language_of(letters)))


def document_language(document: Document) -> str:
    """Return "en" or "ar", "mul" for a document in both, "und" for one without letters.

    Raises:
        ScriptUnsupported: most letters of the text are neither Latin nor Arabic.
    """
    if document.language is not None:
        return document.language.value
    if not _checked_letters(document.text).total:
        return UNDETERMINED
    languages = {passage.language for passage in passages(document)}
    return MIXED if len(languages) > 1 else languages.pop().value


def _language_of(letters: Letters) -> Language:
    return Language.AR if letters.arabic > letters.latin else Language.EN


def _checked_letters(text: str) -> Letters:
    letters = Letters.of(text)
    # Stretching is a letter to Unicode, and a line may hold more of it than of letters.
    others = sum(map(str.isalpha, text)) - text.count(TATWEEL) - letters.total
    if others > letters.total:
        raise ScriptUnsupported(
            "text",
            "most letters must be Latin or Arabic",
            limit="half of the letters in other scripts",
            actual=f"{others} of {others + letters.total} letters in other scripts",
        )
    return letters


def _judged(text: str) -> Iterator[tuple[int, int, Language | None]]:
    """Yield each sentence or line with its language, None where its letters are too few."""
    for match in _SENTENCE.finditer(text):
        letters = Letters.of(match.group())
        enough = letters.total >= MIN_LETTERS
        yield match.start(), match.end(), _language_of(letters) if enough else None


def _joined(
    sentences: list[tuple[int, int, Language | None]], fallback: Language
) -> Iterator[Passage]:
    """Yield neighbours of one language as one; a sentence of none goes with those before it."""
    current = next((lang for _, _, lang in sentences if lang is not None), fallback)
    filled = []
    for start, end, language in sentences:
        current = current if language is None else language
        filled.append(Passage(start, end, current))
    for language, run in groupby(filled, key=lambda passage: passage.language):
        members = list(run)
        yield Passage(members[0].start, members[-1].end, language)
