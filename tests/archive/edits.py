"""Random edits of a gazetteer, of every kind that curators make, for the tests of re-linking."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from nisba_service.gazetteer.model import Entity, Gazetteer, Name, NameKind, NameUse, Relation
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script

_RELATIONS = ("member_of", "leader_of", "located_in", "part_of")
_DESCRIPTIONS = (
    "Lebanese president 2016-2022",
    "King of Jordan since 1999",
    "Palestinian prime minister",
    "رئيس ليبيا السابق",
    "وزير الخارجية المصري 2004-05",
)
_DAYS = (date(2005, 8, 1), date(2011, 2, 11), date(2015, 1, 23))


def name(text: str, **rest: object) -> Name:
    """Return a name in the language of its script."""
    language = Language.AR if script_of(text) is Script.ARABIC else Language.EN
    return Name(text, language, **rest)  # type: ignore[arg-type]  # kind, use, dates


@dataclass(slots=True)
class Editor:
    """Edits a gazetteer at random; `spellings` are what it adds as names."""

    gazetteer: Gazetteer
    spellings: Sequence[str]
    chance: random.Random

    def edit(self) -> str:
        """Make one edit and return its kind."""
        kind = self.chance.choice([*_EDITS])
        entities = dict(self.gazetteer.entities)
        redirects = dict(self.gazetteer.redirects)
        _EDITS[kind](self, entities, redirects)
        number = self.gazetteer.revision + 1
        self.gazetteer = Gazetteer(
            MappingProxyType(dict(sorted(entities.items()))),
            f"v{number}",
            MappingProxyType(dict(sorted(redirects.items()))),
            number,
        )
        return kind

    def one(self, entities: dict[str, Entity]) -> Entity:
        """Return any entity."""
        return entities[self.chance.choice(sorted(entities))]

    def any_name(self) -> Name:
        """Return a new name, some with a use or with days."""
        rest: dict[str, object] = {"kind": self.chance.choice([*NameKind][1:])}
        if self.chance.random() < 0.3:
            rest["use"] = self.chance.choice([*NameUse])
        if self.chance.random() < 0.3:
            rest["valid_from"] = self.chance.choice(_DAYS)
        return name(self.chance.choice(self.spellings), **rest)


_Entities = dict[str, Entity]
_Redirects = dict[str, str]


def _add_alias(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    new = by.any_name()
    if new not in entity.names:
        entities[entity.id] = replace(entity, names=(*entity.names, new))


def _remove_alias(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    if len(entity.names) > 1:
        gone = by.chance.randrange(len(entity.names))
        rest = entity.names[:gone] + entity.names[gone + 1 :]
        entities[entity.id] = replace(entity, names=rest)


def _limit_alias(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    place = by.chance.randrange(len(entity.names))
    limited = replace(
        entity.names[place],
        use=by.chance.choice([*NameUse]),
        valid_to=by.chance.choice([None, *_DAYS]),
    )
    names = (*entity.names[:place], limited, *entity.names[place + 1 :])
    entities[entity.id] = replace(entity, names=names)


def _add_entity(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    type = by.chance.choice([EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION])
    first = name(by.chance.choice(by.spellings), kind=NameKind.PRIMARY)
    new = Entity(f"new:{by.gazetteer.revision}", type, (first,))
    entities[new.id] = new


def _delete(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    if len(entities) > 3:
        del entities[by.one(entities).id]


def _merge(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    kept, gone = by.one(entities), by.one(entities)
    if kept.id != gone.id:
        names = dict.fromkeys((*kept.names, *gone.names))
        entities[kept.id] = replace(kept, names=tuple(names))
        del entities[gone.id]
        redirects[gone.id] = kept.id


def _split(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    if len(entity.names) > 1:
        half = len(entity.names) // 2
        entities[entity.id] = replace(entity, names=entity.names[:half])
        new = replace(entity, id=f"split:{by.gazetteer.revision}", names=entity.names[half:])
        entities[new.id] = new


def _relate(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity, target = by.one(entities), by.one(entities)
    relation = Relation(by.chance.choice(_RELATIONS), target.id)
    entities[entity.id] = replace(entity, relations=(*entity.relations, relation))


def _unrelate(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one({id: e for id, e in entities.items() if e.relations} or entities)
    entities[entity.id] = replace(entity, relations=entity.relations[1:])


def _describe(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    entities[entity.id] = replace(entity, description=by.chance.choice(_DESCRIPTIONS))


def _retype(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    type = by.chance.choice([EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION])
    entities[entity.id] = replace(entity, type=type)


def _say_no(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    not_names = (*entity.not_names[-2:], by.chance.choice(by.spellings))
    entities[entity.id] = replace(entity, not_names=not_names)


def _name_country(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    countries = {id: e for id, e in entities.items() if e.type is EntityType.LOCATION}
    entity = by.one(countries or entities)
    entities[entity.id] = replace(entity, names=(*entity.names, by.any_name()))


def _rename(by: Editor, entities: _Entities, redirects: _Redirects) -> None:
    entity = by.one(entities)
    first = replace(by.any_name(), kind=NameKind.PRIMARY)
    entities[entity.id] = replace(entity, names=(first, *entity.names))


_EDITS: dict[str, Callable[[Editor, _Entities, _Redirects], None]] = {
    "add alias": _add_alias,
    "remove alias": _remove_alias,
    "limit alias": _limit_alias,
    "add entity": _add_entity,
    "delete": _delete,
    "merge": _merge,
    "split": _split,
    "relate": _relate,
    "unrelate": _unrelate,
    "describe": _describe,
    "retype": _retype,
    "say no": _say_no,
    "name a country": _name_country,
    "rename": _rename,
}
