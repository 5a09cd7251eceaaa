"""Documents in, links out."""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.linking.model import Decision, LinkedDocument, Provenance
from nisba_service.names.types import EntityType
from nisba_service.tagging.model import Document


class Linker:
    """Links documents and names to one gazetteer. Immutable: threads may share it."""

    @property
    def provenance(self) -> Provenance:
        """Return what makes this linker's answers."""
        raise NotImplementedError

    def link(self, document: Document) -> LinkedDocument:
        """Return the document's links. Raises ScriptUnsupported."""
        return self.link_many([document])[0]

    def link_many(self, documents: Sequence[Document]) -> list[LinkedDocument]:
        """Return the links of each document; equal to `link` one by one, and faster."""
        raise NotImplementedError

    def resolve(self, name: str, type: EntityType | None = None) -> Decision:
        """Return the decision for a name without a text around it."""
        raise NotImplementedError
