"""Links documents that have been tagged, without traces or shards: what others are held against."""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.linking.linker import NameLinker
from nisba_service.linking.model import LinkedDocument
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.tagging.mention_finder import MentionReader
from nisba_service.tagging.model import Document, TaggedSpan


class PlainLinker:
    """The linker of the service, for documents whose tagged spans are known."""

    def __init__(self, parts: Parts, policy: Policy = POLICY) -> None:
        self._reader = MentionReader(parts.spotter)
        self._linker = NameLinker(parts, policy)

    def link(self, document: Document, spans: Sequence[TaggedSpan]) -> LinkedDocument:
        """Return the links of a document. Raises ScriptUnsupported."""
        return self._linker.link_mentions(document, self._reader.find(document, spans))
