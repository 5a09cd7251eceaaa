"""Documents, and the spans in them that name something.

Offsets are Unicode code points of the text as received, half-open, everywhere in the service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from nisba_service.names.types import EntityType, Language


@dataclass(frozen=True, slots=True)
class Document:
    """One text, with the caller's ID.

    `language` None: detected sentence by sentence. `date` is the day of publication; None: unknown.
    """

    text: str
    id: str = ""
    language: Language | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document in one language. The passages of a document cover its text."""

    start: int
    end: int
    language: Language


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span that the tagger takes for a name, as the tokens run (proclitics still attached)."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """What the tagger found in a document: nothing in it depends on a gazetteer.

    `language` is "en" or "ar", "mul" for a document in both, "und" for one without letters.
    """

    id: str
    language: str
    spans: tuple[TaggedSpan, ...]


class Source(StrEnum):
    """Who found a mention."""

    TAGGER = "tagger"
    DICTIONARY = "dictionary"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names something.

    Attributes:
        start, end: the span of the name; attached particles and a possessive 's are outside.
        text: document.text[start:end].
        name: the name as it is looked up: marks and stretching removed, the article restored
            where writing drops it ("للسلطة": prefix "ل", text "لسلطة", name "السلطة").
        prefix: the particles directly before start, as written; empty if none.
        type: what it is taken to be; None where only the dictionary knows it, as several types.
        language: language of the passage around it.
    """

    start: int
    end: int
    text: str
    name: str
    prefix: str
    type: EntityType | None
    language: Language
    source: Source


class Tagger(Protocol):
    """Finds names in text. Synchronous and pure: equal texts give equal spans."""

    @property
    def model_version(self) -> str:
        """Content hash of the models."""
        ...

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Return the spans of each text, in order of start, not overlapping."""
        ...
