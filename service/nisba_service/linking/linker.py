"""Documents and names in, links out.

    link ─► find mentions ─► group by name ─► retrieve ─► score ─► resolve ─► links
            tagging          groups           scoring     features  resolution

What is known of names and entities is asked for in one place, `Knowledge`; the strings are compared
below it, in `NameIndex.match`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from nisba_service.linking.clues import read_clues
from nisba_service.linking.groups import NameGroup, group
from nisba_service.linking.knowledge import GazetteerKnowledge, Knowledge
from nisba_service.linking.model import Decision, Link, LinkedDocument, Provenance
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.linking.resolution import DocumentResolver, Resolved
from nisba_service.names.types import EntityType
from nisba_service.tagging.language import document_language
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, Mention, TaggedSpan


class MentionLinker:
    """Links mentions that have been found, and names alone, by what `knowledge` answers."""

    def __init__(self, knowledge: Knowledge, policy: Policy = POLICY) -> None:
        self._knowledge = knowledge
        self._resolver = DocumentResolver(knowledge, policy)

    def resolve(self, name: str, type: EntityType | None = None) -> Decision:
        """Return the decision for a name without a text around it."""
        return self._resolver.resolve_alone(NameGroup.alone(name, type))

    def links(self, document: Document, mentions: Sequence[Mention]) -> tuple[Link, ...]:
        """Return the links of a document's mentions, which are in order of start."""
        clues = read_clues(document, mentions, self._knowledge.concepts)
        return _links(mentions, self._resolver.resolve(group(mentions), clues))


class NameLinker:
    """Links names, alone or found in a text, without a tagger. Threads may share it."""

    def __init__(self, parts: Parts, policy: Policy = POLICY) -> None:
        gazetteer = parts.gazetteer
        self._linker = MentionLinker(GazetteerKnowledge(parts, policy), policy)
        self._provenance = Provenance(
            gazetteer.version, policy_version=policy.version, gazetteer_revision=gazetteer.revision
        )

    @property
    def provenance(self) -> Provenance:
        """Return what makes this linker's answers."""
        return self._provenance

    def resolve(self, name: str, type: EntityType | None = None) -> Decision:
        """Return the decision for a name without a text around it."""
        return self._linker.resolve(name, type)

    def link_mentions(self, document: Document, mentions: Sequence[Mention]) -> LinkedDocument:
        """Return the links of mentions that have been found already. Raises ScriptUnsupported."""
        return LinkedDocument(
            id=document.id,
            language=document_language(document),
            links=self._linker.links(document, mentions),
            provenance=self._provenance,
        )


class Linker(NameLinker):
    """Links documents and names to one gazetteer. Threads may share it."""

    def __init__(self, parts: Parts, finder: MentionFinder, policy: Policy = POLICY) -> None:
        super().__init__(parts, policy)
        self._finder = finder
        self._provenance = replace(self._provenance, model_version=finder.model_version)

    def link(self, document: Document) -> LinkedDocument:
        """Return the document's links. Raises ScriptUnsupported."""
        return self.link_many([document])[0]

    def link_many(self, documents: Sequence[Document]) -> list[LinkedDocument]:
        """Return the links of each document; equal to `link` one by one, and faster.

        Raises ScriptUnsupported if that is true of any of them.
        """
        found = self._finder.find_many(documents)
        return [self.link_mentions(*pair) for pair in zip(documents, found, strict=True)]

    def link_spans(self, document: Document, spans: Sequence[TaggedSpan]) -> LinkedDocument:
        """Return the links of spans that the caller knows to be names, MISC left out.

        Raises ScriptUnsupported.
        """
        return self.link_mentions(document, self._finder.at_spans(document, spans))


def _links(mentions: Sequence[Mention], resolved: Sequence[Resolved]) -> tuple[Link, ...]:
    """Give each mention the decision of its name. MISC mentions have none and are left out."""
    decided = sorted(((m, r) for r in resolved for m in r.mentions), key=itemgetter(0))
    place = {mention: index for index, (mention, _) in enumerate(decided)}
    return tuple(
        Link(
            mentions[mention],
            outcome.decision,
            place[_nearest(outcome.antecedents, mention)] if outcome.antecedents else None,
            outcome.new_name_key,
        )
        for mention, outcome in decided
    )


def _nearest(sorted_mentions: Sequence[int], mention: int) -> int:
    """Return the last of the mentions before this one, else the first after it (a headline)."""
    return sorted_mentions[max(0, bisect_left(sorted_mentions, mention) - 1)]
