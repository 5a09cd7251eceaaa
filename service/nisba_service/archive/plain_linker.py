"""Links documents that have been tagged, without traces or shards: what others are held against."""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.linking.linker import Linker
from nisba_service.linking.model import LinkedDocument
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.names.types import Language
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, TaggedSpan


class PlainLinker:
    """The linker of the service, for documents whose tagged spans are known."""

    def __init__(self, parts: Parts, policy: Policy = POLICY) -> None:
        self._finder = MentionFinder(_NoTagger(), parts.spotter)
        self._linker = Linker(parts, self._finder, policy)

    def link(self, document: Document, spans: Sequence[TaggedSpan]) -> LinkedDocument:
        """Return the links of a document. Raises ScriptUnsupported."""
        return self._linker.link_mentions(document, self._finder.find(document, spans))


class _NoTagger:
    """Stands where a finder has its tagger: documents of an archive have been tagged."""

    @property
    def model_version(self) -> str:
        """Return nothing: the manifest names the models."""
        return ""

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Never called."""
        raise AssertionError("an archive tags with its own workers. This is a bug.")
