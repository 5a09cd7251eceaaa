"""What a curator should look at though no rule is broken: warnings of `check`.

Names that several entities share are often right (Abbas, طرابلس) and then say where links will be
ambiguous; the rest are mistakes more often than not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from nisba_service.errors import Problem
from nisba_service.gazetteer.model import Entity, Name, NameKind, NameUse
from nisba_service.gazetteer.source import Place
from nisba_service.names.normalise import normal_form
from nisba_service.names.parse import parse
from nisba_service.names.types import EntityType, Language

_LANGUAGE_NAMES = {Language.EN: "English", Language.AR: "Arabic"}
# Short names and acronyms sound alike by chance; of one part, so do full names.
_FULL_KINDS = frozenset({NameKind.PRIMARY, NameKind.VARIANT})
_MIN_PARTS = 2
_WIKIDATA_ITEM = re.compile(r"Q[1-9][0-9]*")

SoundKey = tuple[EntityType, tuple[str, ...]]


def doubts(entities: Mapping[str, Entity], places: Mapping[str, Place]) -> list[Problem]:
    """Return what looks doubtful in `entities`, which are found at `places`, in order of place."""
    messages = (
        _missing_languages(entities.values()),
        _invisible_characters(entities.values()),
        _own_item(entities.values()),
        _never_linked(entities.values()),
        _related_to_itself(entities.values()),
        _shared_wikidata(entities.values(), places),
        _shared_ids(entities.values(), places),
        _shared_names(entities.values(), places),
        _near_duplicates(entities.values(), places),
    )
    problems = [
        Problem(places[entity_id].path, places[entity_id].line, f"{entity_id}: {message}")
        for part in messages
        for entity_id, message in part
    ]
    return sorted(problems, key=lambda problem: (problem.path, problem.line))


_Messages = Iterator[tuple[str, str]]


def _missing_languages(entities: Iterable[Entity]) -> _Messages:
    for entity in entities:
        present = {name.language for name in entity.names}
        for language in Language:
            if language not in present:
                yield entity.id, f"has no {_LANGUAGE_NAMES[language]} name"


def _invisible_characters(entities: Iterable[Entity]) -> _Messages:
    for entity in entities:
        for name in entity.names:
            invisible = next((c for c in name.name if unicodedata.category(c) == "Cf"), None)
            if invisible is not None:
                what = unicodedata.name(invisible, f"U+{ord(invisible):04X}")
                yield entity.id, f'"{name.name}" holds an invisible character: {what}'


def _own_item(entities: Iterable[Entity]) -> _Messages:
    """An ID that looks like an item of Wikidata is taken for that item."""
    for entity in entities:
        if not _WIKIDATA_ITEM.fullmatch(entity.id):
            continue
        if not entity.wikidata_id:
            yield entity.id, "looks like a Wikidata item, but wikidata does not say that it is"
        elif entity.wikidata_id != entity.id:
            yield entity.id, f"looks like a Wikidata item, but wikidata says {entity.wikidata_id}"


def _never_linked(entities: Iterable[Entity]) -> _Messages:
    for entity in entities:
        if all(name.use is NameUse.NEVER_ALONE for name in entity.names):
            yield entity.id, "all its names are never-alone: none can ever be linked"


def _related_to_itself(entities: Iterable[Entity]) -> _Messages:
    for entity in entities:
        for relation in entity.relations:
            if relation.target_id == entity.id:
                yield entity.id, f"is {relation.rel} itself"


def _shared_ids(entities: Iterable[Entity], places: Mapping[str, Place]) -> _Messages:
    first: dict[tuple[str, str], str] = {}
    for entity in entities:
        for system, value in entity.other_ids.items():
            other = first.setdefault((system, value), entity.id)
            if other != entity.id:
                yield entity.id, f"has the {system} ID of {other} ({places[other]})"


def _shared_wikidata(entities: Iterable[Entity], places: Mapping[str, Place]) -> _Messages:
    first: dict[str, str] = {}
    for entity in entities:
        if entity.wikidata_id:
            other = first.setdefault(entity.wikidata_id, entity.id)
            if other != entity.id:
                yield entity.id, f"has the Wikidata ID of {other} ({places[other]})"


def _shared_names(entities: Iterable[Entity], places: Mapping[str, Place]) -> _Messages:
    for bearers in _groups(entities, lambda _, name: normal_form(name.name)):
        first_id = next(iter(bearers))
        for entity_id, name in bearers.items():
            if entity_id != first_id:
                yield entity_id, f'"{name}" is also a name of {first_id} ({places[first_id]})'


def _near_duplicates(entities: Iterable[Entity], places: Mapping[str, Place]) -> _Messages:
    told: set[tuple[str, str]] = set()
    for bearers in _groups(entities, _sound_key):
        first_id, first_name = next(iter(bearers.items()))
        for entity_id, name in bearers.items():
            same_text = normal_form(name) == normal_form(first_name)
            if entity_id == first_id or same_text or (first_id, entity_id) in told:
                continue
            told.add((first_id, entity_id))
            alike = f'"{name}" and "{first_name}" sound alike'
            yield entity_id, f"may be the same as {first_id} ({places[first_id]}): {alike}"


def _sound_key(entity: Entity, name: Name) -> SoundKey | None:
    if name.kind not in _FULL_KINDS:
        return None
    skeletons = tuple(sorted(part.skeleton for part in parse(name.name).parts))
    return (entity.type, skeletons) if len(skeletons) >= _MIN_PARTS else None


def _groups(
    entities: Iterable[Entity], key_of: Callable[[Entity, Name], object]
) -> Iterator[dict[str, str]]:
    """Yield, for each key of two or more entities, a name of each of them by entity ID."""
    groups: defaultdict[object, dict[str, str]] = defaultdict(dict)
    for entity in entities:
        for name in entity.names:
            key = key_of(entity, name)
            if key is not None:
                groups[key].setdefault(entity.id, name.name)
    return (bearers for bearers in groups.values() if len(bearers) > 1)
