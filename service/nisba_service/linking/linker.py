"""Documents and names in, links out.

    link ─► find mentions ─► group by name ─► retrieve ─► score ─► resolve ─► links
            tagging          groups           scoring     features  resolution

The strings are compared below `NameIndex.match`, which `Scorer.retrieve` calls.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.clues import read_clues
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.groups import NameGroup, group
from nisba_service.linking.lexicon import Lexicon
from nisba_service.linking.model import Decision, Link, LinkedDocument, Provenance
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.linking.resolution import DocumentResolver, Resolved
from nisba_service.linking.scoring import Scorer
from nisba_service.names.types import EntityType
from nisba_service.tagging.language import document_language
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, Mention, TaggedSpan


class NameLinker:
    """Links names that stand alone, without a tagger. Immutable: threads may share it."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        index: NameIndex,
        policy: Policy = POLICY,
        *,
        graph: RelationGraph | None = None,
    ) -> None:
        graph = RelationGraph(gazetteer) if graph is None else graph
        self._lexicon = Lexicon(gazetteer)
        scorer = Scorer(gazetteer, index, self._lexicon, graph, policy)
        self._resolver = DocumentResolver(scorer, graph, policy)
        self._provenance = Provenance(
            gazetteer.version, policy_version=policy.version, gazetteer_revision=gazetteer.revision
        )

    @property
    def provenance(self) -> Provenance:
        """Return what makes this linker's answers."""
        return self._provenance

    def resolve(self, name: str, type: EntityType | None = None) -> Decision:
        """Return the decision for a name without a text around it."""
        return self._resolver.resolve_alone(NameGroup.alone(name, type))


class Linker(NameLinker):
    """Links documents and names to one gazetteer. Immutable: threads may share it."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        index: NameIndex,
        finder: MentionFinder,
        policy: Policy = POLICY,
        *,
        graph: RelationGraph | None = None,
    ) -> None:
        super().__init__(gazetteer, index, policy, graph=graph)
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

    def link_mentions(self, document: Document, mentions: Sequence[Mention]) -> LinkedDocument:
        """Return the links of mentions that have been found already. Raises ScriptUnsupported."""
        clues = read_clues(document, mentions, self._lexicon)
        resolved = self._resolver.resolve(group(mentions), clues)
        return LinkedDocument(
            id=document.id,
            language=document_language(document),
            links=_links(mentions, resolved),
            provenance=self._provenance,
        )


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
