"""What some edits would change, in the fake's way of linking."""

from __future__ import annotations

from collections.abc import Sequence

from nisba._curation_model import DocumentPreview, Edit, MentionChange, Preview
from nisba._errors import NisbaError
from nisba._model import Document, Mention
from nisba.testing._book import DEFAULT_CANDIDATES, PROVENANCE, Book
from nisba.testing._history import History, changes, edited


def preview(
    book: Book, history: History, edits: Sequence[Edit], documents: Sequence[Document]
) -> Preview:
    """Link documents with and without some edits. Raises what an edit is refused with."""
    before = history.state(history.newest)
    after = before
    for edit in edits:
        after = edited(after, edit)
    other = book.copy()
    other.turn_to(after)
    return Preview(
        documents=tuple(_document(book, other, document) for document in documents),
        changes=tuple(changes(before, other.state)),
        provenance=PROVENANCE,
    )


def _document(book: Book, other: Book, document: Document) -> DocumentPreview:
    try:
        old, new = (
            {(m.start, m.end): m for m in b.link(document, DEFAULT_CANDIDATES).mentions}
            for b in (book, other)
        )
    except NisbaError as error:
        return DocumentPreview(document.id, (), error=error)
    pairs = [MentionChange(old.get(s), new.get(s)) for s in sorted({*old, *new})]
    differing = tuple(p for p in pairs if _gist(p.before) != _gist(p.after))
    return DocumentPreview(document.id, differing, len(pairs) - len(differing))


def _gist(mention: Mention | None) -> tuple[object, ...] | None:
    if mention is None:
        return None
    return mention.outcome, mention.entity_id, mention.name, mention.type
