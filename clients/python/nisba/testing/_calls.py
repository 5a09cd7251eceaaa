"""What a fake was asked, for assertions."""

from __future__ import annotations

from dataclasses import dataclass

from nisba._model import Document


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the fake; of a stream, one of its messages. Retries are calls too."""

    method: str
    """The client's method that makes such calls: "link", also for `link_many`."""
    documents: tuple[Document, ...] = ()
    """The documents to link."""
    names: tuple[str, ...] = ()
    """The names to resolve."""
    entity_ids: tuple[str, ...] = ()
    """The entities to return or to edit."""
    query: str = ""
    """The name searched for."""
    reason: str = ""
    """Why the gazetteer was edited."""
