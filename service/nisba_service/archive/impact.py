"""Which documents a change of the gazetteer touches: those that must be linked again, no others.

Of the questions in their traces those are looked up that have another answer now:

    of an entity        each compared by value                                          facets
    of words and forms  the same; of names in texts, the texts are searched             impact_texts
    of names            the few that the change reaches are matched again, once each    impact_names
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from nisba_service.archive.facets import changed_facets
from nisba_service.archive.impact_names import NamesImpact
from nisba_service.archive.impact_texts import TextOf, TextsImpact, changed_forms, changed_words
from nisba_service.archive.questions import Kind, Reasons, key
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.gazetteer.changes import GazetteerChanges, replaced
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy


@dataclass(frozen=True, slots=True)
class Impact:
    """A change of the gazetteer, ready to be held against the traces of one shard after another.

    Attributes:
        after: the parts of the later state.
        questions: the keys of questions that have another answer, with the reasons.
        texts, names: what must be looked at in texts, and what must be asked again.
    """

    after: Parts
    questions: Mapping[int, Reasons]
    texts: TextsImpact
    names: NamesImpact

    @classmethod
    def between(cls, before: Parts, changes: GazetteerChanges, policy: Policy = POLICY) -> Impact:
        """Return the impact of changes on what was linked by `policy` to a state."""
        after = before.updated(changes)
        # In one layer an index answers sooner, and there are thousands of names to ask for.
        after = replace(after, index=after.index.compacted())
        removed = replaced(before.gazetteer, changes)
        either = (*removed, *changes.changed)
        forms = changed_forms(before.names, after.names, either)
        questions: dict[int, Reasons] = defaultdict(frozenset)
        for kind, argument, reasons in (
            *changed_facets(before, after, changes),
            *changed_words(before.names, after.names, forms),
        ):
            questions[key(kind, argument)] |= reasons
        return cls(
            after=after,
            questions=dict(questions),
            texts=TextsImpact.between(before, after, forms, either),
            names=NamesImpact.between(before, after, (removed, changes.changed), policy),
        )

    def touched(self, index: TraceIndex, text_of: TextOf) -> Mapping[int, tuple[str, ...]]:
        """Return the documents of a shard to link again, in order, each with the reasons.

        Args:
            index: the traces of the shard.
            text_of: returns the text of a document; called for few.

        The reasons are IDs of changed entities, in order.
        """
        touched: dict[int, Reasons] = defaultdict(frozenset)
        for document, reasons in self.texts.touched(index, text_of):
            touched[document] |= reasons
        questions = dict(self.questions)
        for name, reasons in self.names.changed(index):
            asked = key(Kind.NAME, name)
            questions[asked] = questions.get(asked, frozenset()) | reasons
        keys = [*questions]
        documents, places = index.asking(keys)
        for document, place in zip(documents.tolist(), places.tolist(), strict=True):
            touched[document] |= questions[keys[place]]
        return {document: tuple(sorted(touched[document])) for document in sorted(touched)}
