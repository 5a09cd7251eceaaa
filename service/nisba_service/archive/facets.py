"""What a change of the gazetteer makes of the answers that concern single entities.

Each such answer is compared before and after by its value, for every entity that the change may
concern: a description that says the same in other words changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from nisba_service.archive.questions import Kind, Reasons
from nisba_service.gazetteer.changes import GazetteerChanges, replaced
from nisba_service.gazetteer.model import Entity
from nisba_service.linking.card import Card
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.knowledge import fame, holders
from nisba_service.linking.lexicon import PART_RELATIONS, Profiles
from nisba_service.linking.parts import Parts
from nisba_service.names.normalise import normal_form


def changed_facets(
    before: Parts, after: Parts, changes: GazetteerChanges
) -> Iterator[tuple[Kind, str, Reasons]]:
    """Yield the questions about entities that have another answer, with the reasons."""
    removed = replaced(before.gazetteer, changes)
    ids = {entity.id for entity in (*removed, *changes.changed)}
    own = {entity_id: frozenset({entity_id}) for entity_id in ids}
    related = _related(removed, changes.changed)
    yield from _differing(Kind.CARD, own, _cards(before), _cards(after))
    yield from _differing(Kind.HOLDERS, own, _holders(before), _holders(after))
    yield from _differing(Kind.FAME, related, _fame(before), _fame(after))
    neighbours = before.graph.neighbours, after.graph.neighbours
    yield from _differing(Kind.NEIGHBOURS, related, *neighbours)
    yield from _differing(
        Kind.PROFILE, _concerned(before, after, ids), _profiles(before), _profiles(after)
    )
    yield from _other_names(before, after, ids)


def _differing(
    kind: Kind,
    concerned: Mapping[str, Reasons],
    before: Callable[[str], object],
    after: Callable[[str], object],
) -> Iterator[tuple[Kind, str, Reasons]]:
    for entity_id, reasons in concerned.items():
        if before(entity_id) != after(entity_id):
            yield kind, entity_id, reasons


def _of(parts: Parts, answer: Callable[[Entity], object]) -> Callable[[str], object]:
    """Return what answers for the entities of a gazetteer, None for those that it has not."""
    entities = parts.gazetteer.entities

    def answered(entity_id: str) -> object:
        entity = entities.get(entity_id)
        return None if entity is None else answer(entity)

    return answered


def _cards(parts: Parts) -> Callable[[str], object]:
    return _of(parts, Card.of)


def _holders(parts: Parts) -> Callable[[str], object]:
    return _of(parts, holders)


def _fame(parts: Parts) -> Callable[[str], object]:
    return _of(parts, lambda entity: fame(entity, parts.graph))


def _profiles(parts: Parts) -> Callable[[str], object]:
    profiles = Profiles(parts.gazetteer.entities, parts.vocabulary)
    return _of(parts, lambda entity: profiles.of(entity.id))


def _related(removed: Iterable[Entity], added: Iterable[Entity]) -> Mapping[str, Reasons]:
    """Return the changed entities and all that they are, or were, related to."""
    reasons: dict[str, set[str]] = defaultdict(set)
    for entity in (*removed, *added):
        for entity_id in (entity.id, *(relation.target_id for relation in entity.relations)):
            reasons[entity_id].add(entity.id)
    return {entity_id: frozenset(why) for entity_id, why in reasons.items()}


def _concerned(before: Parts, after: Parts, ids: set[str]) -> Mapping[str, Reasons]:
    """Return the entities whose profile a change may concern.

    A profile is made of the entity, of those that it is related to, and of all that a place is a
    part of; and of the words for countries, which make every profile.
    """
    reasons: dict[str, set[str]] = defaultdict(set)
    for parts in (before, after):
        for changed in ids:
            for entity_id in (*parts.graph.neighbours(changed), *_within(parts, changed)):
                reasons[entity_id].add(changed)
    if before.vocabulary != after.vocabulary:
        places = ids  # which of them it was is not told apart
        for entity_id in before.gazetteer.entities:
            reasons[entity_id] |= places
    return {entity_id: frozenset(why) for entity_id, why in reasons.items()}


def _within(parts: Parts, entity_id: str) -> set[str]:
    """Return an entity and all places within it, however deep."""
    within = {entity_id}
    todo = [entity_id]
    while todo:
        for other in _directly_within(parts.graph, parts.gazetteer.entities, todo.pop()):
            if other not in within:
                within.add(other)
                todo.append(other)
    return within


def _directly_within(
    graph: RelationGraph, entities: Mapping[str, Entity], entity_id: str
) -> Iterator[str]:
    for other in graph.neighbours(entity_id):
        entity = entities.get(other)
        if entity is not None and any(
            r.target_id == entity_id and r.rel in PART_RELATIONS for r in entity.relations
        ):
            yield other


def _other_names(
    before: Parts, after: Parts, ids: Iterable[str]
) -> Iterator[tuple[Kind, str, Reasons]]:
    """Yield what is said not to be a name any more, or now."""
    for entity_id in ids:
        either = [p.gazetteer.entities.get(entity_id) for p in (before, after)]
        old, new = (set(map(normal_form, e.not_names)) if e else set() for e in either)
        for form in old ^ new:
            yield Kind.NOT_NAME, form, frozenset({entity_id})
