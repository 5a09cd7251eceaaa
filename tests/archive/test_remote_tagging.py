"""Tagging by services over real sockets: the same bytes as models here make, whatever happens."""

from __future__ import annotations

import asyncio
import datetime
import pickle
from collections.abc import Iterator
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import Any

import pyarrow as pa
import pytest
import trustme

import nisba
from nisba.testing import FakeNisba
from nisba_service.archive import tables
from nisba_service.archive.engines.base import Engine, Result, Setup, Task
from nisba_service.archive.engines.inline import InlineEngine
from nisba_service.archive.engines.local import LocalEngine
from nisba_service.archive.rejects import Reason
from nisba_service.archive.remote_tagging import PROBE, Patience, RemoteTagSetup, Service
from nisba_service.archive.tag_worker import TagSetup
from nisba_service.errors import ArchiveError, ModelsError, SettingsError
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Role
from nisba_service.settings import bundled
from tests.support.process import started
from tests.support.records import seeded
from tests.support.serving import serving

TEXTS = [
    ("Saleh al-Arouri met Rami Hamdallah in Cairo on Sunday.", ""),
    ("التقى صالح العاروري برامي الحمد الله في القاهرة وعاد إلى بيروت.", "ar"),
    (
        "Layla Mansour of the United Nations spoke \U0001f600.\nقالت ليلى منصور من الأمم المتحدة.",
        "",
    ),
    ("12:30 — !", ""),
    ("哈马斯领导人在加沙会见了记者", ""),
    ("The Ministry of Health in Ramallah said so.", "en"),
]
HASTY = Patience(silence=10, no_progress=0)
CAIRO = nisba.Entity(
    "loc:cairo",
    nisba.EntityType.LOCATION,
    (nisba.Name("Cairo", "en"), nisba.Name("القاهرة", "ar")),
)


def shard(path: Path, texts: list[tuple[str, str]]) -> Path:
    rows = [
        {
            "document_id": f"مقال-{row}",
            "text": text,
            "language": language,
            "date": datetime.date(2023, 10, 7),
            "source": "articles.jsonl",
            "row": row,
        }
        for row, (text, language) in enumerate(texts, 1)
    ]
    table = pa.Table.from_pylist(rows, schema=tables.DOCUMENTS)
    return tables.stage(path, table, tables.DOCUMENTS).path


def tagged(setup: Setup, source: Path, engine: Engine | None = None) -> tuple[bytes, Result]:
    """Return the file that is made of a shard, and what is told of it."""
    task = Task(0, (source,), (source.parent / "tagged",))
    [result] = (engine or InlineEngine()).run(setup, [task])
    [staged] = result.files
    return staged.path.read_bytes(), result


def spans(content: bytes) -> list[tuple[str, int, int, str]]:
    rows = pa.parquet.read_table(pa.BufferReader(content)).to_pylist()
    return [tuple(row.values()) for row in rows]


@pytest.fixture
def cairo(tmp_path: Path) -> Path:
    return shard(tmp_path / "documents", [("Cairo", ""), ("في القاهرة", "ar")] * 20)


@pytest.fixture
def fake() -> Iterator[FakeNisba]:
    with FakeNisba([CAIRO]) as running:
        yield running


class TestBytes:
    async def test_they_are_those_of_the_models_here(self, tmp_path: Path) -> None:
        source = shard(tmp_path / "documents", TEXTS * 4)
        local, result = tagged(TagSetup.of(bundled("models")), source)
        assert len(result.failures) == 4  # the Chinese
        async with started(["-m", "nisba_service.server"], drain_delay="0") as server:
            service = Service((await server.logged("serving"))["address"])
            setup = await asyncio.to_thread(RemoteTagSetup.of, [service])
            assert setup.model_version == TagSetup.of(bundled("models")).model_version
            for engine in (InlineEngine(), LocalEngine(1)):
                remote, by_service = await asyncio.to_thread(tagged, setup, source, engine)
                assert remote == local
                assert by_service.failures == result.failures

    def test_a_setup_travels_and_tells_no_secret(self, fake: FakeNisba, cairo: Path) -> None:
        secret = nisba.TlsConfig(client_certificate=b"PEM", client_key=b"KEY")
        setup = RemoteTagSetup((Service("tagger:1", "nisba_secret", secret),), "m1")
        assert pickle.loads(pickle.dumps(setup)) == setup
        assert "nisba_secret" not in repr(setup)
        assert "KEY" not in repr(setup)


class TestBeforeAnythingIsWritten:
    def test_services_with_other_models_are_told_apart(self, fake: FakeNisba) -> None:
        with FakeNisba() as other:
            made_by = nisba.Provenance(model_version="m2")
            other.add_text(PROBE, nisba.LinkedDocument("", "mul", (), made_by))
            services = [Service(fake.target), Service(other.target)]
            with pytest.raises(ModelsError) as refused:
                RemoteTagSetup.of(services)
        assert f"{fake.target} has fake, {other.target} has m2" in str(refused.value)

    def test_a_service_that_does_not_answer_is_named(self, fake: FakeNisba) -> None:
        with pytest.raises(ArchiveError, match="localhost:1 does not tag"):
            RemoteTagSetup.of([Service(fake.target), Service("localhost:1")])

    def test_a_token_is_not_sent_over_an_open_line(self) -> None:
        with pytest.raises(SettingsError, match=r"tagger.example:50051: .* only sent over TLS"):
            RemoteTagSetup.of([Service("tagger.example:50051", "nisba_x", insecure=True)])


class TestOnTheWay:
    def test_a_service_of_other_models_ends_the_run_and_writes_nothing(
        self, fake: FakeNisba, cairo: Path
    ) -> None:
        setup = RemoteTagSetup((Service(fake.target),), "m1")
        with pytest.raises(ModelsError, match="tags with the models fake, this run with m1"):
            tagged(setup, cairo)
        assert list(cairo.parent.iterdir()) == [cairo]

    def test_what_passes_is_not_seen(self, fake: FakeNisba, cairo: Path) -> None:
        setup = RemoteTagSetup.of([Service(fake.target)])
        undisturbed, _ = tagged(setup, cairo)
        for error, times in (
            (nisba.Unavailable("restarting"), 6),
            (nisba.Overloaded("busy", retry_after=0.01), 6),
            (nisba.InternalError("the service stumbled"), 2),
        ):
            fake.fail(error, times=times)
            content, result = tagged(setup, cairo)
            assert content == undisturbed
            assert result.failures == ()
        assert len(spans(undisturbed)) == 40

    def test_a_document_at_which_the_service_fails_is_left_out_alone(
        self, fake: FakeNisba, tmp_path: Path
    ) -> None:
        fake.add_text("سيئ", nisba.InternalError("oops"))
        source = shard(tmp_path / "documents", [("Cairo", ""), ("سيئ", ""), ("القاهرة", "")])
        content, result = tagged(RemoteTagSetup.of([Service(fake.target)]), source)
        assert [row[0] for row in spans(content)] == ["مقال-1", "مقال-3"]
        [failure] = result.failures
        assert (failure.document_id, failure.reason) == ("مقال-2", Reason.NOT_TAGGED)

    def test_a_service_that_is_away_for_too_long_ends_the_run(
        self, fake: FakeNisba, cairo: Path
    ) -> None:
        setup = RemoteTagSetup.of([Service(fake.target)], HASTY)
        fake.fail(nisba.Unavailable("its disk is gone"))
        with pytest.raises(ArchiveError, match=f"{fake.target}: its disk is gone"):
            tagged(setup, cairo)

    def test_a_service_that_refuses_ends_the_run(self, fake: FakeNisba, cairo: Path) -> None:
        setup = RemoteTagSetup.of([Service(fake.target)])
        fake.fail(nisba.Unauthenticated("the token was revoked"))
        with pytest.raises(ArchiveError, match="does not tag: the token was revoked"):
            tagged(setup, cairo)

    async def test_a_service_that_is_killed_in_the_middle_is_replaced_by_another(
        self, tmp_path: Path
    ) -> None:
        held = shard(tmp_path / "documents", [("heldback in Gaza", ""), ("غزة", "")] * 30)
        stand_in = ("-m", "tests.support.stand_in_server")
        async with started(stand_in) as first, started(stand_in) as second:
            addresses = [(await server.logged("serving"))["address"] for server in (first, second)]
            setup = await asyncio.to_thread(RemoteTagSetup.of, list(map(Service, addresses)))
            run = asyncio.create_task(asyncio.to_thread(tagged, setup, held))
            begun = {asyncio.create_task(server.begun()): server for server in (first, second)}
            [asked], _ = await asyncio.wait(begun, return_when=asyncio.FIRST_COMPLETED)
            victim = begun.pop(asked)
            victim.process.kill()
            [other] = begun
            survivor = begun[other]
            await other
            for _ in range(100):
                survivor.let_go()
            _, result = await run
        assert result.documents == 60
        assert result.failures == ()

    def test_a_service_that_restarts_is_waited_for(self, cairo: Path) -> None:
        first = FakeNisba([CAIRO])
        setup = RemoteTagSetup.of([Service(first.target)])
        first.close()
        results: list[Result] = []
        run = Thread(target=lambda: results.append(tagged(setup, cairo)[1]))
        host, _, port = first.target.rpartition(":")
        with create_server((host, int(port))) as closing:
            run.start()
            closing.accept()[0].close()  # it has asked, and in vain
        with FakeNisba([CAIRO], port=int(port)):
            run.join()
        assert [result.failures for result in results] == [()]


@pytest.fixture
def store_url(tmp_path: Path) -> StoreUrl:
    """Return the address of a store in SQLite: which database knows a token is not the point."""
    return StoreUrl(Database.SQLITE, str(tmp_path / "gazetteer.db"))


async def test_over_tls_with_a_token(tmp_path: Path, store: Store, cairo: Path) -> None:
    seeded(store)
    ca, certificate, key = trustme.CA(), tmp_path / "certificate", tmp_path / "key"
    issued = ca.issue_cert("127.0.0.1")
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    tls = nisba.TlsConfig(root_certificates=ca.cert_pem.bytes())
    token = store.tokens.create("archive", Role.READER, None)
    access: dict[str, Any] = {"tls_certificate": certificate, "tls_key": key, "open_access": "none"}
    async with serving(store, **access) as served:
        setup = await asyncio.to_thread(
            RemoteTagSetup.of, [Service(served.address, token, tls=tls)]
        )
        assert setup.model_version == "stand-in"
        _, result = await asyncio.to_thread(tagged, setup, cairo)
        assert result.failures == ()
        with pytest.raises(ArchiveError, match="does not tag"):
            await asyncio.to_thread(RemoteTagSetup.of, [Service(served.address, tls=tls)])
