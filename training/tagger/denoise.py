"""Names of a machine-annotated source given the type that most of their mentions have.

The machine took Kabul for a place 79 times, for an organisation 31 and for a person 19 times. A
capital that stands for its government is the capital, wherever the linker meets it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.names.types import EntityType

# Fewer mentions are no majority.
LEAST_MENTIONS = 5
# "Jordan", "Washington": where the types are as even as this, the sentence must tell.
LEAST_SHARE = 0.55

Name = tuple[str, ...]


def by_majority(sentences: Sequence[TaggedSentence]) -> list[TaggedSentence]:
    """Return the sentences with the types of their names put right; spans stay."""
    types = _majorities(sentences)
    return [_retyped(sentence, types) for sentence in sentences]


def _majorities(sentences: Iterable[TaggedSentence]) -> dict[Name, EntityType]:
    counts: dict[Name, Counter[EntityType]] = defaultdict(Counter)
    for sentence in sentences:
        for entity in sentence.entities:
            counts[sentence.tokens[entity.start : entity.end]][entity.type] += 1
    found = {}
    for name, types in counts.items():
        ((type_, mentions),) = types.most_common(1)
        if types.total() >= LEAST_MENTIONS and mentions >= LEAST_SHARE * types.total():
            found[name] = type_
    return found


def _retyped(sentence: TaggedSentence, types: dict[Name, EntityType]) -> TaggedSentence:
    entities = tuple(
        replace(e, type=types.get(sentence.tokens[e.start : e.end], e.type))
        for e in sentence.entities
    )
    return replace(sentence, entities=entities)
