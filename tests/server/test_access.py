"""Who may call what: by token, by certificate, by nothing."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
import trustme
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1 import linking_service_pb2 as linking
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.errors import SettingsError, StoreError
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Principal, Role
from nisba_service.server import access
from nisba_service.server.access import NEEDED, Access, Caller, Doors
from nisba_service.server.doors import check_doors, doors
from nisba_service.server.errors import Overloaded, PermissionDenied, Unauthenticated
from nisba_service.settings import Settings, load_settings
from tests.support.process import started
from tests.support.records import seeded
from tests.support.serving import RichError, Served, rich_error, serving

LINK, EDIT = "/nisba.v1.LinkingService/LinkText", "/nisba.v1.GazetteerService/CreateEntity"
LAYLA, READER = Principal("ليلى", Role.CURATOR), Principal("reader", Role.READER)


class Tokens:
    """Knows two tokens; can be away, and counts how often it is asked."""

    def __init__(self) -> None:
        self.known = {"curating": LAYLA, "reading": READER}
        self.away = False
        self.asked = 0
        self.answers = threading.Event()
        self.answers.set()

    def verify(self, secret: str) -> Principal | None:
        self.asked += 1
        self.answers.wait()
        if self.away:
            raise StoreError("away")
        return self.known.get(secret)


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
def by_token(tokens: Tokens) -> Iterator[Access]:
    made = Access(Doors(tokens, {}, None))
    yield made
    made.close()


def shown(token: str | None = None, *names: str) -> Caller:
    return Caller(token, names)


def test_every_method_of_the_contract_has_a_role() -> None:
    services = [
        module.DESCRIPTOR.services_by_name[name]
        for module, name in ((linking, "LinkingService"), (pb, "GazetteerService"))
    ]
    methods = {f"/{s.full_name}/{m.name}" for s in services for m in s.methods}
    assert methods == NEEDED.keys()


class TestTokens:
    async def test_a_role_allows_what_it_allows(self, by_token: Access) -> None:
        assert await by_token.admit(LINK, shown("reading")) == READER
        assert await by_token.admit(LINK, shown("curating")) == LAYLA
        assert await by_token.admit(EDIT, shown("curating")) == LAYLA
        with pytest.raises(PermissionDenied) as denied:
            await by_token.admit(EDIT, shown("reading"))
        assert denied.value.role is Role.CURATOR

    @pytest.mark.parametrize("token", [None, "", "guess", "رمز"])
    async def test_who_shows_no_valid_token_is_refused(
        self, by_token: Access, token: str | None
    ) -> None:
        with pytest.raises(Unauthenticated):
            await by_token.admit(LINK, shown(token))

    async def test_the_store_is_asked_once_in_a_while(
        self, by_token: Access, tokens: Tokens
    ) -> None:
        await asyncio.gather(*(by_token.admit(LINK, shown("reading")) for _ in range(50)))
        assert tokens.asked == 1

    async def test_a_revoked_token_is_refused_once_the_verdict_is_old(
        self, by_token: Access, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(access, "FRESH_SECONDS", 0.0)
        await by_token.admit(LINK, shown("reading"))
        del tokens.known["reading"]
        with pytest.raises(Unauthenticated):
            await by_token.admit(LINK, shown("reading"))

    async def test_while_the_store_is_away_who_was_known_stays_known(
        self, by_token: Access, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(access, "FRESH_SECONDS", 0.0)
        await by_token.admit(LINK, shown("reading"))
        tokens.away = True
        assert await by_token.admit(LINK, shown("reading")) == READER
        with pytest.raises(StoreError):
            await by_token.admit(LINK, shown("curating"))

    async def test_verdicts_do_not_pile_up(
        self, by_token: Access, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(access, "_REMEMBERED", 3)
        for number in range(10):
            with pytest.raises(Unauthenticated):
                await by_token.admit(LINK, shown(f"guess{number}"))
        assert len(by_token._verdicts) == 3

    async def test_guesses_do_not_pile_up_and_keep_nobody_out_who_is_known(
        self, by_token: Access, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(access, "ASKED_AT_ONCE", 3)
        monkeypatch.setattr(access, "FRESH_SECONDS", 0.0)
        await by_token.admit(LINK, shown("reading"))
        tokens.answers.clear()
        guesses = [
            asyncio.ensure_future(by_token.admit(LINK, shown(f"guess{number}")))
            for number in range(10)
        ]
        refused, _ = await asyncio.wait(guesses, return_when=asyncio.FIRST_COMPLETED)
        assert {type(guess.exception()) for guess in refused} == {Overloaded}
        assert await by_token.admit(LINK, shown("reading")) == READER
        tokens.answers.set()
        outcomes = await asyncio.gather(*guesses, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == (
            ["Overloaded"] * 7 + ["Unauthenticated"] * 3
        )

    @pytest.mark.parametrize(
        ("header", "token"),
        [
            ("Bearer x_y", "x_y"),
            ("bearer  x_y ", "x_y"),
            ("Basic x_y", ""),
            ("x_y", ""),
            (None, None),
        ],
    )
    def test_the_token_stands_in_a_header(self, header: str | None, token: str | None) -> None:
        metadata = [] if header is None else [("authorization", header)]
        assert Caller.of(metadata, {}).token == token

    def test_a_token_does_not_show_itself(self) -> None:
        assert "x_y" not in repr(Caller("x_y", ()))


class TestCertificates:
    async def test_a_name_has_its_role(self) -> None:
        roles = {"alice.example": Role.CURATOR, "*": Role.READER}
        by_certificate = Access(Doors(None, roles, None))
        alice = await by_certificate.admit(EDIT, shown(None, "alice", "alice.example"))
        assert alice == Principal("alice.example", Role.CURATOR)
        other = await by_certificate.admit(LINK, shown(None, "bob.example"))
        assert other == Principal("bob.example", Role.READER)
        with pytest.raises(PermissionDenied):
            await by_certificate.admit(EDIT, shown(None, "bob.example"))
        with pytest.raises(Unauthenticated):
            await by_certificate.admit(LINK, shown())
        by_certificate.close()


class TestDoors:
    def test_on_loopback_nothing_need_be_shown(self) -> None:
        assert doors(load_settings(), None).nobody is Role.CURATOR

    @pytest.mark.parametrize("setting", ["none", "reader", "curator"])
    def test_the_settings_say_otherwise(self, setting: str) -> None:
        nobody = doors(load_settings(open_access=setting), None).nobody
        assert nobody == (None if setting == "none" else Role(setting))

    def test_elsewhere_something_must_be_shown(self, store: Store) -> None:
        open_to_all = load_settings(address="0.0.0.0:1", insecure=True)
        assert doors(open_to_all, None).nobody is None
        for tokens in (None, store.tokens):
            with pytest.raises(SettingsError, match="there is no token"):
                check_doors(open_to_all, tokens)
        store.tokens.create("قديم", Role.READER, timedelta(seconds=-1))
        with pytest.raises(SettingsError):
            check_doors(open_to_all, store.tokens)
        store.tokens.create("layla", Role.READER)
        check_doors(open_to_all, store.tokens)

    def test_or_the_operator_says_who_may_come(self) -> None:
        for setting in ("none", "reader", "curator"):
            check_doors(
                load_settings(address="0.0.0.0:1", insecure=True, open_access=setting), None
            )


async def failure(call: Any) -> RichError:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await call
    return rich_error(failed.value)


def bearing(token: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token}"),)


TEXT = linking.LinkTextRequest(document=linking.Document(text="قادة حماس في غزة"))
DELETE = pb.DeleteEntityRequest(id="per:rami-hamdallah")


class TestOverTheWire:
    @pytest.fixture
    async def closed(self, store: Store) -> AsyncIterator[Served]:
        seeded(store)
        async with serving(store, open_access="none") as running:
            yield running

    async def test_an_edit_is_attributed_to_the_name_of_its_token(
        self, closed: Served, store: Store
    ) -> None:
        secret = store.tokens.create("ليلى", Role.CURATOR)
        response = await closed.gazetteer.DeleteEntity(DELETE, metadata=bearing(secret))
        assert response.revision.author == "ليلى"
        assert store.head().author == "ليلى"

    async def test_errors_say_what_is_missing(self, closed: Served, store: Store) -> None:
        error = await failure(closed.linking.LinkText(TEXT))
        assert (error.code, error.reason) == (
            grpc.StatusCode.UNAUTHENTICATED,
            "UNAUTHENTICATED",
        )
        metadata = bearing(store.tokens.create("قارئ", Role.READER))
        await closed.linking.LinkText(TEXT, metadata=metadata)
        error = await failure(closed.gazetteer.DeleteEntity(DELETE, metadata=metadata))
        assert (error.code, error.reason) == (
            grpc.StatusCode.PERMISSION_DENIED,
            "PERMISSION_DENIED",
        )
        assert error.metadata == {"role": "curator"}

    async def test_a_wrong_token_is_refused_where_none_is_needed(self, store: Store) -> None:
        seeded(store)
        async with serving(store) as served:
            await served.linking.LinkText(TEXT)
            error = await failure(served.linking.LinkText(TEXT, metadata=bearing("wrong")))
            assert error.reason == "UNAUTHENTICATED"

    async def test_health_is_open_to_all(self, closed: Served) -> None:
        answer = await HealthStub(closed.channel).Check(HealthCheckRequest())
        assert answer.status == HealthCheckResponse.SERVING

    async def test_a_stream_ends_when_its_token_is_revoked(
        self, closed: Served, store: Store
    ) -> None:
        secret = store.tokens.create("مراقب", Role.READER)
        watch = closed.gazetteer.WatchGazetteer(
            pb.WatchGazetteerRequest(), metadata=bearing(secret)
        )
        news = await watch.read()
        assert isinstance(news, pb.WatchGazetteerResponse)
        store.tokens.revoke(secret.split("_")[1])
        error = await failure(asyncio.wait_for(watch.read(), 30))
        assert error.reason == "UNAUTHENTICATED"

    async def test_no_token_reaches_a_log_or_an_error(self, store: Store, tmp_path: Path) -> None:
        secret = store.tokens.create("layla", Role.READER)
        wrong = "nisba_0123456789abcdef_" + "x" * 43
        settings = {"open_access": "none", "token_store": str(tmp_path / "gazetteer.db")}
        server = ("-m", "tests.support.stand_in_server")
        async with started(server, log_level="debug", drain_delay="0", **settings) as process:
            address = (await process.logged("serving"))["address"]
            async with grpc.aio.insecure_channel(address) as channel:
                stub = LinkingServiceStub(channel)
                await stub.LinkText(TEXT, metadata=bearing(secret))
                error = await failure(stub.LinkText(TEXT, metadata=bearing(wrong)))
                edits = GazetteerServiceStub(channel)
                await failure(edits.DeleteEntity(DELETE, metadata=bearing(secret)))
            process.process.terminate()
            await process.exit_code()
        written = json.dumps(process.log, ensure_ascii=False)
        assert error.message
        for token in (secret, wrong):
            assert token.rpartition("_")[2] not in written + error.message
        callers = [entry.get("caller") for entry in process.log if entry["event"] == "call"]
        assert callers == ["layla", None, None]


@asynccontextmanager
async def mutual(tmp_path: Path, store: Store, **roles: Any) -> AsyncIterator[tuple[Served, Any]]:
    authority = trustme.CA()
    server, ca = authority.issue_cert("localhost"), tmp_path / "ca.pem"
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    authority.cert_pem.write_to_path(str(ca))
    server.cert_chain_pems[0].write_to_path(str(certificate))
    server.private_key_pem.write_to_path(str(key))

    def channel(address: str, name: str) -> grpc.aio.Channel:
        client = authority.issue_cert(name)
        credentials = grpc.ssl_channel_credentials(
            authority.cert_pem.bytes(),
            client.private_key_pem.bytes(),
            client.cert_chain_pems[0].bytes(),
        )
        return grpc.aio.secure_channel(f"localhost:{address.rpartition(':')[2]}", credentials)

    settings = {"tls_certificate": certificate, "tls_key": key, "tls_client_ca": ca, **roles}
    async with serving(store, open_access="none", **settings) as served:
        yield served, channel


@pytest.mark.parametrize(
    ("roles", "curates"),
    [({}, False), ({"tls_client_roles": {"alice.example": "curator"}}, True)],
)
async def test_a_client_certificate_stands_for_a_token(
    tmp_path: Path, store: Store, roles: dict[str, Any], curates: bool
) -> None:
    seeded(store)
    async with mutual(tmp_path, store, **roles) as (served, channel):
        async with channel(served.address, "alice.example") as connected:
            await LinkingServiceStub(connected).LinkText(TEXT)
            delete = GazetteerServiceStub(connected).DeleteEntity(DELETE)
            if curates:
                assert (await delete).revision.author == "alice.example"
            else:
                assert (await failure(delete)).reason == "PERMISSION_DENIED"
        async with channel(served.address, "bob.example") as connected:
            linked = LinkingServiceStub(connected).LinkText(TEXT)
            if curates:
                assert (await failure(linked)).reason == "UNAUTHENTICATED"
            else:
                await linked


def test_roles_of_certificates_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="NISBA_TLS_CLIENT_ROLES"):
        load_settings(tls_client_roles={"a": "curator"})
    monkeypatch.setenv("NISBA_TLS_CLIENT_ROLES", '{"a": "owner"}')
    with pytest.raises(SettingsError, match=r"NISBA_TLS_CLIENT_ROLES"):
        load_settings()
    assert Settings.model_fields["tls_client_roles"].description
