"""Links a document and keeps its trace: every question that linking it asked of the gazetteer.

Linking is a pure function of the document, its tagged spans and the answers. So a document need be
linked again if and only if a change of the gazetteer gives one of its questions another answer; see
docs/adr/0009. `impact` finds these documents, `trace_index` keeps the traces of a shard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nisba_service.archive.questions import Asked, KeepingKnowledge, KeepingNames, answer_digest
from nisba_service.linking.knowledge import GazetteerKnowledge
from nisba_service.linking.linker import MentionLinker
from nisba_service.linking.model import LinkedDocument, Provenance
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.tagging.language import document_language
from nisba_service.tagging.mention_finder import MentionReader
from nisba_service.tagging.model import Document, TaggedSpan
from nisba_service.tagging.spotter import Spotter


@dataclass(frozen=True, slots=True)
class Trace:
    """The questions of a document.

    Attributes:
        keys: of all of them, in order, each once.
        names: the names that were asked for, in order, each with the digest of the answer.
    """

    keys: tuple[int, ...]
    names: tuple[tuple[str, int], ...]


NO_TRACE = Trace((), ())
"""That of a document that no gazetteer can link, or that was given up."""


class TracedLinker:
    """Links tagged documents and traces them; needs no tagger. Threads may share it."""

    def __init__(self, parts: Parts, policy: Policy = POLICY, model_version: str = "") -> None:
        gazetteer = parts.gazetteer
        self._names = parts.names
        self._knowledge = GazetteerKnowledge(parts, policy)
        self._policy = policy
        self._provenance = Provenance(
            gazetteer.version, model_version, policy.version, gazetteer.revision
        )

    def link(
        self, document: Document, tagged: Sequence[TaggedSpan]
    ) -> tuple[LinkedDocument, Trace]:
        """Return a document's links, as `Linker` has them, and its trace.

        Raises:
            ScriptUnsupported: most letters of the document are neither Latin nor Arabic.
        """
        asked = Asked()
        reader = MentionReader(Spotter(KeepingNames(self._names, asked)))
        linker = MentionLinker(KeepingKnowledge(self._knowledge, asked), self._policy)
        links = linker.links(document, reader.find(document, tagged))
        language = document_language(document)
        return LinkedDocument(document.id, language, links, self._provenance), self._trace(asked)

    def _trace(self, asked: Asked) -> Trace:
        names = ((name, self.answer(name)) for name in sorted(asked.names))
        return Trace(tuple(sorted(asked.keys())), tuple(names))

    def answer(self, name: str) -> int:
        """Return the digest of whose names agree best with a name."""
        return answer_digest(self._knowledge.matches(name, None))
