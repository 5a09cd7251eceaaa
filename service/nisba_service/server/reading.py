"""Reading texts: a batch of them tagged together, then each finished by itself.

What happens to a text between the queue and its answer stands here, for the server's own thread and
for the worker processes alike; so nothing here needs gRPC or a store.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from nisba_service.linking.linker import Linker
from nisba_service.linking.model import LinkedDocument
from nisba_service.linking.parts import Parts
from nisba_service.tagging.language import document_language
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, TaggedDocument, TaggedSpan, Tagger

T = TypeVar("T")


class Task(StrEnum):
    """What is wanted of a text: its links, or only what the tagger finds."""

    LINK = "link"
    TAG = "tag"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Reader:
    """What reads texts: the parts of one gazetteer, and a tagger. Immutable; equal is the same."""

    parts: Parts
    tagger: Tagger
    finder: MentionFinder = field(init=False)
    linker: Linker = field(init=False)

    def __post_init__(self) -> None:
        finder = MentionFinder(self.tagger, self.parts.spotter)
        object.__setattr__(self, "finder", finder)
        object.__setattr__(self, "linker", Linker(self.parts, finder))


@dataclass(frozen=True, slots=True)
class Text:
    """A document, what it is read by, and what for."""

    reader: Reader
    document: Document
    task: Task = Task.LINK


Reading = LinkedDocument | TaggedDocument
"""What becomes of a text, by its task."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time by the machine's monotonic clock, which all its processes share."""

    began: float
    ended: float

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.ended - self.began


@dataclass(frozen=True, slots=True)
class Spent:
    """What a text took: the tagging of its batch, of which it was a `share`, and its own linking.

    Without a task of linking, `linked` is what turns spans into the answer.
    """

    tagged: Interval
    share: float
    linked: Interval

    @property
    def tag_seconds(self) -> float:
        """Seconds of tagging that this text is to blame for."""
        return self.tagged.seconds * self.share


class Wanted(Protocol):
    """A text that somebody waits for, or did. Whoever reads it writes down what it took."""

    spent: Spent | None

    @property
    def work(self) -> Text:
        """The text."""
        ...

    @property
    def is_wanted(self) -> bool:
        """Tell whether somebody still waits. Any thread may ask."""
        ...


class Unwanted(Exception):
    """Expected, nobody's fault: the caller has gone, so the text was not read."""


def load_tagger(models: Path) -> Tagger:
    """Load the tagging models. Raises ModelsError."""
    # What runs the models takes time to import: who needs no tagger should not wait.
    from nisba_service.tagging.stanza_tagger import StanzaTagger  # noqa: PLC0415

    return StanzaTagger.load(models)


def read_each(texts: Sequence[Wanted]) -> Iterator[Reading | Exception]:
    """Yield what becomes of each text, in order, as soon as it is known.

    Texts are tagged together, whatever they are read by and for: a revision changes no tagger.
    What nobody waits for any more when its turn comes is Unwanted.
    """
    began = time.monotonic()
    tagged = _tag(texts)
    tagging = Interval(began, time.monotonic())
    length = sum(_length(t) for t, s in zip(texts, tagged, strict=True) if isinstance(s, tuple))
    for text, spans in zip(texts, tagged, strict=True):
        if isinstance(spans, Exception):
            yield spans
        elif not text.is_wanted:
            yield Unwanted()
        else:
            began = time.monotonic()
            outcome = _outcome(partial(_read, text.work, spans))
            linking = Interval(began, time.monotonic())
            text.spent = Spent(tagging, _length(text) / length, linking)
            yield outcome


def _length(text: Wanted) -> int:
    return len(text.work.document.text) or 1


def _tag(texts: Sequence[Wanted]) -> list[tuple[TaggedSpan, ...] | Exception]:
    """Return the spans of each text; where one text spoils the batch, each is tagged alone."""
    wanted = [(place, text.work) for place, text in enumerate(texts) if text.is_wanted]
    outcomes: list[tuple[TaggedSpan, ...] | Exception] = [Unwanted() for _ in texts]
    if not wanted:
        return outcomes
    finder = wanted[0][1].reader.finder
    documents = [work.document for _, work in wanted]
    together = _outcome(partial(finder.tag_many, documents))
    if isinstance(together, Exception):
        tagged = [_outcome(partial(_tag_one, finder, document)) for document in documents]
    else:
        tagged = list(together)
    for (place, _), outcome in zip(wanted, tagged, strict=True):
        outcomes[place] = outcome
    return outcomes


def _tag_one(finder: MentionFinder, document: Document) -> tuple[TaggedSpan, ...]:
    [spans] = finder.tag_many([document])
    return spans


def _read(text: Text, spans: tuple[TaggedSpan, ...]) -> Reading:
    document = text.document
    if text.task is Task.TAG:
        return TaggedDocument(document.id, document_language(document), spans)
    mentions = text.reader.finder.find(document, spans)
    return text.reader.linker.link_mentions(document, mentions)


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:
        return error
