"""The contract only grows: in a rolling upgrade old and new, client and server, work together.

A change that would break what was built from the first form of the contract fails here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import nisba
from nisba_service.gazetteer.store.store import Store
from tests.support.old_contract import FIRST, OldClient, old_server
from tests.support.records import seeded
from tests.support.serving import Served, serving

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("Saleh al-Arouri spoke in Gaza.", "تحدث صالح العاروري في غزة.")
LINKED = ("per:saleh-al-arouri", "loc:gaza")


@pytest.fixture
async def served(tmp_path: Path, store: Store) -> AsyncIterator[Served]:
    seeded(store)
    async with serving(store) as running:
        yield running


@pytest.mark.parametrize("text", TEXTS)
async def test_an_old_client_links_text(served: Served, text: str) -> None:
    client = OldClient(served.channel)
    document = client.message("Document", text=text, id="d1")
    answer = await client.call("LinkingService", "LinkText", document=document)
    linked = [mention.entity_id for mention in answer.document.mentions]
    assert linked == list(LINKED)
    assert answer.provenance.gazetteer_version
    assert not hasattr(answer.provenance, "gazetteer_revision")


async def test_an_old_client_reads_the_gazetteer(served: Served) -> None:
    client = OldClient(served.channel)
    answer = await client.call("GazetteerService", "GetEntity", id="per:saleh-al-arouri")
    assert [name.name for name in answer.entity.names][:2] == ["Saleh al-Arouri", "صالح العاروري"]
    assert (await client.call("GazetteerService", "GetGazetteer")).gazetteer.entity_count == 4
    found = await client.call("GazetteerService", "SearchEntities", query="العاروري")
    assert found.results[0].entity.id == "per:saleh-al-arouri"
    page = await client.call("GazetteerService", "ListEntities", page_size=2)
    assert page.next_page_token


@pytest.fixture
async def of_old(served: Served) -> AsyncIterator[nisba.AsyncClient]:
    """Today's client of a server that knows the first contract alone."""
    async with old_server(served.channel) as address, nisba.AsyncClient(address) as client:
        yield client


def linked(outcome: nisba.LinkedDocument | nisba.NisbaError) -> tuple[str | None, ...]:
    assert isinstance(outcome, nisba.LinkedDocument), outcome
    return tuple(mention.entity_id for mention in outcome.mentions)


@pytest.mark.parametrize("text", TEXTS)
async def test_an_old_server_links_text_for_a_new_client(
    of_old: nisba.AsyncClient, text: str
) -> None:
    document = await of_old.link(text, id="d1", date="2024-01-02")  # it knows no dates yet
    assert linked(document) == LINKED
    assert document.provenance.gazetteer_version
    assert document.provenance.gazetteer_revision == 0
    assert [linked(outcome) for outcome in await of_old.link_batch([text] * 2)] == [LINKED] * 2
    assert [linked(outcome) async for _, outcome in of_old.stream([text] * 3)] == [LINKED] * 3


async def test_an_old_server_answers_for_the_gazetteer(of_old: nisba.AsyncClient) -> None:
    [aruri, nobody] = await of_old.resolve(["صالح العاروري", "Nobody"])
    assert (aruri.entity_id, nobody.entity_id) == ("per:saleh-al-arouri", None)
    assert (await of_old.get_entity("per:saleh-al-arouri")).primary_name("ar") == "صالح العاروري"
    assert [entity.id async for entity in of_old.list_entities(page_size=3)][:2] == [
        "loc:gaza",
        "org:hamas",
    ]
    assert (await of_old.search("حماس"))[0].entity.id == "org:hamas"
    with pytest.raises(nisba.NotFound) as missing:
        await of_old.get_entity("per:nobody")
    assert missing.value.entity_ids == ("per:nobody",)


async def test_what_an_old_server_lacks_is_unsupported(of_old: nisba.AsyncClient) -> None:
    entity = nisba.Entity("per:new", nisba.EntityType.PERSON, (nisba.Name("جديد", "ar"),))
    with pytest.raises(nisba.Unsupported):
        await of_old.create_entity(entity)
    with pytest.raises(nisba.Unsupported):
        await of_old.import_entities([entity])
    with pytest.raises(nisba.Unsupported):
        await anext(aiter(of_old.watch()))
    outcomes = [outcome async for _, outcome in of_old.stream_tags(TEXTS)]
    assert [type(outcome) for outcome in outcomes] == [nisba.Unsupported] * 2


async def test_texts_are_linked_alike_while_servers_are_upgraded(served: Served) -> None:
    async with (
        old_server(served.channel) as old,
        nisba.AsyncClient([old, served.address]) as client,
    ):
        revisions: set[int] = set()
        while revisions != {0, 1}:  # both have answered: the old one tells of no revision
            for text in TEXTS:
                document = await client.link(text)
                assert linked(document) == LINKED
                revisions.add(document.provenance.gazetteer_revision)


def test_nothing_that_was_published_is_gone(tmp_path: Path) -> None:
    generate = [sys.executable, str(ROOT / "protos" / "generate.py"), str(tmp_path)]
    subprocess.run(generate, check=True)
    buf, now = Path(sys.executable).parent / "buf", tmp_path / "protos.binpb"
    breaking = [buf, "breaking", now, "--against", FIRST, "--config", ROOT / "buf.yaml"]
    checked = subprocess.run(list(map(str, breaking)), capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
