"""A curator's day with the SDK against a real server on a real store, in both of its clients."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

import nisba
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Role
from tests.support.records import seeded
from tests.support.serving import Served, serving

SINWAR = nisba.Entity(
    id="per:yahya-sinwar",
    type=nisba.EntityType.PERSON,
    names=(
        nisba.Name("Yahya Sinwar", "en", nisba.NameKind.PRIMARY, evidence="statement"),
        nisba.Name("يحيى السنوار", "ar", nisba.NameKind.PRIMARY, source="وكالة"),
        nisba.Name(
            "رئيس الحركة", "ar", use=nisba.NameUse.NEEDS_CONTEXT, valid_from="2017", valid_to="2024"
        ),
    ),
    wikidata_id="Q8045886",
    other_ids={"viaf": "2", "viaf_source": "صفحة"},
    relations=(nisba.Relation("leader_of", "org:hamas"),),
    not_names=("السنوار الصغير",),
    notes="يراجع",
    wikidata_source="صفحة",
    wikidata_confidence="high",
)
TEXTS = ("Yahya Sinwar spoke in Gaza.", "تحدث يحيى السنوار في غزة.")


def day(client: nisba.Client) -> list[nisba.Revision]:
    """Do what a curator does, and return the revisions that came of it."""
    watch = client.watch(timeout=30)
    assert next(watch).number == 1
    preview = client.preview([nisba.CreateEntity(SINWAR)], documents=TEXTS)
    assert [len(document.changes) for document in preview.documents] == [1, 1]

    created = client.create_entity(SINWAR, reason="جديد")
    assert created.entity == SINWAR
    assert (created.revision.number, created.entity.provenance.gazetteer_revision) == (2, 2)
    assert next(watch) == created.revision
    for text in TEXTS:
        document = client.link(text)
        assert document.entity_ids == {"per:yahya-sinwar", "loc:gaza"}
        assert document.provenance.gazetteer_revision == 2

    record = client.get_entity("per:yahya-sinwar", view=nisba.EntityView.RECORD)
    assert record == SINWAR
    updated = client.update_entity(replace(record, notes="راجعته"), fields=["notes"])
    assert updated.entity.notes == "راجعته"
    with pytest.raises(nisba.Conflict) as conflict:
        client.update_entity(replace(record, notes="متأخر"), fields=["notes"])
    assert conflict.value.reason == nisba.ErrorReason.ETAG_CONFLICT
    assert conflict.value.etag == updated.entity.etag

    [change] = client.diff_revisions(1, to_revision=2)
    assert (change.before, change.after) == (None, SINWAR)
    merged = client.merge_entities(["per:yahya-sinwar"], into="per:saleh-al-arouri")
    assert client.get_entity("per:yahya-sinwar").id == merged.entity.id
    assert client.roll_back(1).restored == 1
    revisions = list(client.list_revisions(page_size=2))
    served = client.gazetteer()
    assert (served.revision, served.follow_state) == (5, nisba.FollowState.CURRENT)
    watch.close()
    return revisions


async def test_with_the_client_for_threads(stored: Served) -> None:
    with nisba.Client(stored.address) as client:
        revisions = await asyncio.to_thread(day, client)
    assert [revision.number for revision in revisions] == [5, 4, 3, 2, 1]
    assert revisions[0].restored == 1
    assert revisions[3].reason == "جديد"


async def test_with_the_client_for_asyncio(stored: Served, store: Store) -> None:
    async with nisba.AsyncClient(stored.address) as client:
        people = [replace(SINWAR, id=f"per:n{n}", wikidata_id="") for n in range(1_200)]
        revision = await client.import_entities(people, reason="قائمة")
        assert (revision.number, revision.created_count) == (2, 1_200)
        assert store.head().entity_count == 1_204
        news = client.watch(after_revision=1)
        assert (await anext(news)).number == 2
        await client.delete_entity("per:n0", reason="مكرر")
        assert (await anext(news)).number == 3
        await news.aclose()
        assert [n async for n in client.list_new_names()] == []


async def test_an_import_that_breaks_off_leaves_nothing(stored: Served) -> None:
    def broken() -> Iterator[nisba.Entity]:
        for n in range(1_500):  # the first thousand are sent
            yield replace(SINWAR, id=f"per:n{n}", wikidata_id="")
        raise OSError("القرص")

    with nisba.Client(stored.address) as client, pytest.raises(OSError, match="القرص"):
        await asyncio.to_thread(client.import_entities, broken())
    async with nisba.AsyncClient(stored.address) as asynchronous:
        with pytest.raises(OSError, match="القرص"):
            await asynchronous.import_entities(broken())
        # Edits are made in order: had an import been written, this would be a later revision.
        assert (await asynchronous.delete_entity("per:rami-hamdallah")).number == 2


async def test_an_edit_is_noted_under_the_name_of_a_token(store: Store) -> None:
    seeded(store)
    secret = store.tokens.create("ليلى", Role.CURATOR)
    async with serving(store, open_access="none") as served:
        async with nisba.AsyncClient(served.address, token=secret) as client:
            assert (await client.delete_entity("per:rami-hamdallah")).author == "ليلى"
            assert [d async for d in client.stream(["في غزة"])]
            assert [c.entity_id async for c in client.diff_revisions(1)] == ["per:rami-hamdallah"]
            watch = client.watch()
            assert (await anext(watch)).number == 2
            await watch.aclose()
            assert (await client.import_entities([SINWAR])).author == "ليلى"
        async with nisba.AsyncClient(served.address) as stranger:
            with pytest.raises(nisba.Unauthenticated):
                await stranger.link("في غزة")
