"""What an edit would change: some documents linked with and without it, mention by mention.

The documents are tagged once, with the others' texts; what depends on the gazetteer is done twice,
in one thread of the lookups, so that previews hold up neither linking nor the event loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nisba_service.linking.model import Link, LinkedDocument
from nisba_service.server.engine import Engine
from nisba_service.tagging.model import Document, TaggedDocument

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A mention before and after; None: it is, or would be, no mention."""

    before: Link | None
    after: Link | None

    @property
    def differs(self) -> bool:
        """Tell whether anything that a reader of links goes by is another."""
        return _gist(self.before) != _gist(self.after)

    @property
    def span(self) -> Span:
        """Where the mention is."""
        link = self.before or self.after
        assert link is not None, "one of the two is set; this is a bug"
        return link.mention.start, link.mention.end


@dataclass(frozen=True, slots=True)
class DocumentPreview:
    """How the links of one document would change, in order of start."""

    id: str
    changes: tuple[LinkChange, ...]
    unchanged: int


def preview(
    engines: tuple[Engine, Engine],
    documents: Sequence[Document],
    tagged: Sequence[TaggedDocument | Exception],
) -> list[DocumentPreview | Exception]:
    """Return how each document would be linked differently, or why it cannot be linked.

    Args:
        engines: without the edit, and with it.
        documents: what is linked.
        tagged: what the tagger found in each, or why it found nothing.
    """
    return [_outcome(engines, *pair) for pair in zip(documents, tagged, strict=True)]


def _outcome(
    engines: tuple[Engine, Engine], document: Document, tagged: TaggedDocument | Exception
) -> DocumentPreview | Exception:
    if isinstance(tagged, Exception):
        return tagged
    try:
        linked = [
            engine.linker.link_mentions(document, engine.finder.find(document, tagged.spans))
            for engine in engines
        ]
    except Exception as error:
        return error
    pairs = list(_pairs(*linked))
    changes = tuple(pair for pair in pairs if pair.differs)
    return DocumentPreview(document.id, changes, len(pairs) - len(changes))


def _pairs(before: LinkedDocument, after: LinkedDocument) -> Iterator[LinkChange]:
    """Yield the mentions of both, those with the same span together, in order of start."""
    old, new = ({(k.mention.start, k.mention.end): k for k in d.links} for d in (before, after))
    for span in sorted(old.keys() | new.keys()):
        yield LinkChange(old.get(span), new.get(span))


def _gist(link: Link | None) -> tuple[str, ...] | None:
    if link is None:
        return None
    decision = link.decision
    return decision.outcome, decision.entity_id, link.mention.name, link.type
