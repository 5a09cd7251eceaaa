"""Edits through a client of two replicas on one store: made once, or reported; never repeated."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

import nisba
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.store import Store
from tests.support.records import seeded
from tests.support.replicas import location, two_replicas

STAND_IN = ("-m", "tests.support.stand_in_server")
CURATORS = ("layla", "كاتبة")


@dataclass(slots=True)
class Curating:
    """Curators who create entities one after the other, and what came of each."""

    client: nisba.AsyncClient
    going: bool = True
    created: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    wrong: list[nisba.NisbaError] = field(default_factory=list)

    async def curate(self, curator: int) -> None:
        number = 0
        while self.going:
            name = nisba.Name(f"{CURATORS[curator % 2]} {curator} {number}", "")
            entity_id = f"per:c{curator}-n{number}"
            entity = nisba.Entity(entity_id, nisba.EntityType.PERSON, (name,))
            try:
                await self.client.create_entity(entity)
                self.created.append(entity_id)
            except nisba.Unavailable:
                self.unknown.append(entity_id)
            except nisba.NisbaError as wrong:
                self.wrong.append(wrong)
            number += 1


@pytest.mark.parametrize("end", ["killed", "drained"])
async def test_no_edit_is_made_twice_and_none_that_was_answered_is_lost(
    store: Store, store_url: StoreUrl, end: str
) -> None:
    seeded(store)
    settings = {"gazetteer": location(store_url), "drain_delay": "1"}
    async with two_replicas(STAND_IN, **settings) as (leaving, staying):
        targets = [leaving.address, staying.address]
        async with nisba.AsyncClient(targets, timeout=60) as client:
            curating = Curating(client)
            work = asyncio.gather(*(curating.curate(number) for number in range(6)))
            await asyncio.gather(leaving.answers(5), staying.answers(5))
            if end == "killed":
                await leaving.kill()
            else:
                leaving.drain()
                assert await leaving.gone() == 0
            await staying.answers(5)
            curating.going = False
            await work
    # A second attempt at what was made would be a Conflict: an ID is never used twice.
    assert curating.wrong == []
    kept = {stored.entity_id for stored in store.records()}
    assert kept >= set(curating.created)
    made = len(curating.created) + len(kept & set(curating.unknown))
    assert store.head().number == 1 + made
    if end == "drained":
        assert curating.unknown == []
