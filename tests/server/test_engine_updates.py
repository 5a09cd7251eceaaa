"""An engine that followed edits is equal to one made anew, part by part and in its answers."""

from __future__ import annotations

import random
from dataclasses import replace
from types import MappingProxyType

import pytest

from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.gazetteer.model import Entity, Gazetteer, Name, NameKind, Relation
from nisba_service.names.types import EntityType, Language
from nisba_service.server.engine import Engine
from nisba_service.tagging.model import Document
from tests.support.engine import ENTITIES, StandInTagger

TEXTS = (
    "Saleh al-Arouri of Hamas met Rami Hamdallah and Abu al-Walid in Gaza.",
    "التقى صالح العاروري من حماس رامي الحمد الله وأبو الوليد في غزة.",
)
POOL = (
    *ENTITIES,
    Entity("per:walid", EntityType.PERSON, (Name("أبو الوليد", Language.AR),)),
    Entity("per:walid2", EntityType.PERSON, (Name("Abu al-Walid", Language.EN),)),
    Entity("org:a", EntityType.ORGANIZATION, (Name("اتحاد", Language.AR, NameKind.PRIMARY),)),
)


def gazetteer(entities: dict[str, Entity], redirects: dict[str, str], revision: int) -> Gazetteer:
    return Gazetteer(
        MappingProxyType(dict(sorted(entities.items()))),
        f"v{revision}",
        MappingProxyType(dict(sorted(redirects.items()))),
        revision,
    )


def edited(entity: Entity, entities: dict[str, Entity], chance: random.Random) -> Entity:
    targets = sorted(entities)
    relations = tuple(Relation("member_of", id) for id in targets if chance.random() < 0.3)
    extra = chance.choice(
        [(), (Name("المعلم", Language.AR),), (Name("Abu al-Walid", Language.EN),)]
    )
    return replace(entity, relations=relations, names=(*entity.names, *extra))


def step(
    entities: dict[str, Entity], redirects: dict[str, str], revision: int, chance: random.Random
) -> GazetteerChanges:
    """Edit at random: add, change, remove, merge. The mappings are edited in place."""
    changed: dict[str, Entity] = {}
    removed: list[str] = []
    added_redirects: dict[str, str] = {}
    for entity in chance.sample(POOL, 3):
        kind = chance.choice(["put", "put", "remove", "merge"])
        if entity.id in redirects:
            continue
        if kind == "put":
            changed[entity.id] = edited(entity, entities, chance)
        elif entity.id in entities and entity.id not in changed:
            removed.append(entity.id)
            if kind == "merge":
                added_redirects[entity.id] = "loc:gaza"
    for id in removed:
        del entities[id]
    entities.update(changed)
    redirects.update(added_redirects)
    return GazetteerChanges(
        tuple(changed[id] for id in sorted(changed)),
        tuple(sorted(removed)),
        MappingProxyType(added_redirects),
        (),
        f"v{revision}",
        revision,
    )


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_it_is_as_if_made_anew(seed: int) -> None:
    chance = random.Random(seed)
    entities = {entity.id: entity for entity in ENTITIES}
    redirects: dict[str, str] = {}
    engine = Engine.of(gazetteer(entities, redirects, 1), StandInTagger())
    for revision in range(2, 8):
        changes = step(entities, redirects, revision, chance)
        engine = engine.updated(changes)
        anew = Engine.of(gazetteer(entities, redirects, revision), StandInTagger())
        assert engine.gazetteer == anew.gazetteer
        assert list(engine.gazetteer.entities) == list(anew.gazetteer.entities)
        assert engine.catalogue == anew.catalogue
        for id in [entity.id for entity in POOL]:
            assert engine.parts.graph.neighbours(id) == anew.parts.graph.neighbours(id)
        for text in TEXTS:
            assert engine.linker.link(Document(text)) == anew.linker.link(Document(text))


def test_the_engine_before_stays_as_it_was() -> None:
    engine = Engine.of(gazetteer({e.id: e for e in ENTITIES}, {}, 1), StandInTagger())
    before = [engine.linker.link(Document(text)) for text in TEXTS]
    changes = GazetteerChanges((POOL[-1],), ("org:hamas",), {}, (), "v2", 2)
    after = engine.updated(changes)
    assert [engine.linker.link(Document(text)) for text in TEXTS] == before
    assert "org:hamas" not in after.gazetteer.entities
    assert "org:hamas" in engine.gazetteer.entities
