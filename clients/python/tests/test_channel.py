from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest

import nisba
from nisba import Client, ClientConfig, Compression, KeepaliveConfig, TlsConfig
from nisba._channel import endpoint
from nisba.v1.linking_service_pb2 import LinkTextRequest, LinkTextResponse

Serve = Callable[..., str]
Connect = Callable[..., Any]

CERTIFICATES = Path(__file__).parent / "certificates"
CERTIFICATE = (CERTIFICATES / "localhost.pem").read_bytes()
KEY = (CERTIFICATES / "localhost.key").read_bytes()
TRUSTING = ClientConfig(tls=TlsConfig(root_certificates=CERTIFICATE))


def _authorization(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
    """Answer with the caller's token as the document's ID."""
    response = LinkTextResponse()
    response.document.id = str(dict(context.invocation_metadata()).get("authorization", ""))
    return response


class TestEncryption:
    @pytest.mark.parametrize(
        ("target", "insecure", "tls", "encrypted"),
        [
            ("localhost:50051", False, None, False),
            ("localhost:50051", False, TlsConfig(), True),
            ("nisba.example:443", False, None, True),
            ("nisba.example:443", False, TlsConfig(), True),
            ("nisba.example:443", True, None, False),
        ],
    )
    def test_tls_everywhere_but_here(
        self, target: str, insecure: bool, tls: TlsConfig | None, encrypted: bool
    ) -> None:
        config = ClientConfig(tls=tls)
        found = endpoint(target, insecure=insecure, token=None, config=config)
        assert (found.credentials is not None) is encrypted

    def test_contradictions_are_refused(self) -> None:
        with pytest.raises(ValueError, match="contradict"):
            Client("nisba.example:443", insecure=True, config=ClientConfig(tls=TlsConfig()))
        with pytest.raises(ValueError, match="belong together"):
            TlsConfig(client_key=b"key")
        with pytest.raises(ValueError, match="address"):
            Client("")

    def test_several_addresses_over_tls_need_the_name_in_their_certificates(self) -> None:
        addresses = ["192.0.2.1:443", "192.0.2.2:443"]
        with pytest.raises(ValueError, match="server_name"):
            Client(addresses)
        named = ClientConfig(tls=TlsConfig(server_name="nisba.example"))
        found = endpoint(addresses, insecure=False, token=None, config=named)
        assert dict(found.options)["grpc.default_authority"] == "nisba.example"

    def test_several_addresses_are_called_over_tls(self, serve: Serve, connect: Connect) -> None:
        credentials = grpc.ssl_server_credentials([(KEY, CERTIFICATE)])
        targets = [serve(LinkText=_authorization, credentials=credentials) for _ in range(2)]
        numbers = [target.replace("localhost", "127.0.0.1") for target in targets]
        named = ClientConfig(tls=TlsConfig(CERTIFICATE, server_name="localhost"))
        client = connect(numbers, token="secret", config=named)
        assert [client.link(text).id for text in ("Hamas", "حماس")] == ["Bearer secret"] * 2
        stranger = TlsConfig(CERTIFICATE, server_name="nisba.example")
        with pytest.raises(nisba.Unavailable):
            connect(numbers, config=ClientConfig(tls=stranger)).link("حماس")

    def test_a_token_is_not_sent_over_an_open_line(self) -> None:
        with pytest.raises(ValueError, match="only sent over TLS"):
            Client("nisba.example:443", token="secret", insecure=True)

    def test_a_token_is_sent_within_this_machine(self, serve: Serve, connect: Connect) -> None:
        client = connect(serve(LinkText=_authorization), token="secret")
        assert client.link("حماس").id == "Bearer secret"
        assert [d.id for _, d in client.link_many(["Hamas", "حماس"])] == ["Bearer secret"] * 2

    def test_a_token_is_sent_over_tls(self, serve: Serve, connect: Connect) -> None:
        credentials = grpc.ssl_server_credentials([(KEY, CERTIFICATE)])
        target = serve(LinkText=_authorization, credentials=credentials)
        client = connect(target, token="secret", config=TRUSTING)
        assert client.link("Hamas").id == "Bearer secret"

    def test_without_a_token_none_is_sent(self, serve: Serve, connect: Connect) -> None:
        credentials = grpc.ssl_server_credentials([(KEY, CERTIFICATE)])
        target = serve(LinkText=_authorization, credentials=credentials)
        assert connect(target, config=TRUSTING).link("حماس").id == ""

    def test_a_client_shows_its_own_certificate(self, serve: Serve, connect: Connect) -> None:
        credentials = grpc.ssl_server_credentials(
            [(KEY, CERTIFICATE)], root_certificates=CERTIFICATE, require_client_auth=True
        )
        target = serve(LinkText=_authorization, credentials=credentials)
        tls = TlsConfig(CERTIFICATE, client_certificate=CERTIFICATE, client_key=KEY)
        connect(target, config=ClientConfig(tls=tls)).link("Hamas")
        with pytest.raises(nisba.Unavailable):
            connect(target, config=TRUSTING).link("Hamas")

    def test_a_stranger_is_not_trusted(self, serve: Serve, connect: Connect) -> None:
        credentials = grpc.ssl_server_credentials([(KEY, CERTIFICATE)])
        target = serve(LinkText=_authorization, credentials=credentials)
        with pytest.raises(nisba.Unavailable):
            connect(target, config=ClientConfig(tls=TlsConfig())).link("Hamas")

    def test_a_certificate_of_another_name(self, serve: Serve, connect: Connect) -> None:
        credentials = grpc.ssl_server_credentials([(KEY, CERTIFICATE)])
        target = serve(LinkText=_authorization, credentials=credentials)
        wanted = TlsConfig(CERTIFICATE, server_name="localhost")
        connect(target, config=ClientConfig(tls=wanted)).link("Hamas")
        other = TlsConfig(CERTIFICATE, server_name="nisba.example")
        with pytest.raises(nisba.Unavailable):
            connect(target, config=ClientConfig(tls=other)).link("Hamas")


class TestOptions:
    def _options(self, target: str = "nisba.example:443", **config: Any) -> dict[str, str | int]:
        found = endpoint(target, insecure=False, token=None, config=ClientConfig(**config))
        return dict(found.options)

    def test_a_proxy_is_not_asked_for_this_machine(self) -> None:
        assert self._options("localhost:50051")["grpc.enable_http_proxy"] == 0
        assert "grpc.enable_http_proxy" not in self._options()

    def test_several_addresses_are_called_by_the_name_of_the_first(self) -> None:
        several = self._options("127.0.0.1:50051, 127.0.0.1:50052")
        assert several["grpc.default_authority"] == "127.0.0.1:50051"
        assert "grpc.default_authority" not in self._options("127.0.0.1:50051")

    def test_pings_only_if_asked_for(self) -> None:
        assert "grpc.keepalive_time_ms" not in self._options()
        options = self._options(keepalive=KeepaliveConfig(interval=90))
        assert options["grpc.keepalive_time_ms"] == 90_000

    def test_the_service_learns_who_calls(self, serve: Serve, connect: Connect) -> None:
        agents = []

        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            agents.append(str(dict(context.invocation_metadata())["user-agent"]))
            return LinkTextResponse()

        connect(serve(LinkText=link)).link("حماس")
        assert agents[0].startswith(f"nisba-client/{nisba.__version__} ")

    def test_a_compressed_request_arrives_whole(self, serve: Serve, connect: Connect) -> None:
        lengths = []

        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            lengths.append(len(request.document.text))
            return LinkTextResponse()

        client = connect(serve(LinkText=link), config=ClientConfig(compression=Compression.GZIP))
        client.link("ع" * 90_000)
        assert lengths == [90_000]
