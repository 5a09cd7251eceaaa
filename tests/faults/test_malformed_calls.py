"""Calls that are no calls of the contract: wrong bytes, wrong names, wrong headers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import pytest

from nisba.v1 import linking_service_pb2 as pb
from tests.support.serving import Served, rich_error, serving

LINK_TEXT = "/nisba.v1.LinkingService/LinkText"
STREAMS = ("StreamLinkTexts", "StreamTagTexts")


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        yield running


async def sent(served: Served, data: bytes, path: str = LINK_TEXT) -> bytes:
    """Send these bytes as a request and return the bytes of the answer."""
    call: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = served.channel.unary_unary(path)
    return await call(data)


def with_text(raw: bytes) -> bytes:
    """Return a LinkTextRequest whose text is these bytes, UTF-8 or not."""
    document = b"\x12" + bytes([len(raw)]) + raw
    return b"\x0a" + bytes([len(document)]) + document


def test_with_text_makes_what_the_contract_makes() -> None:
    assert (
        with_text(b"abc")
        == pb.LinkTextRequest(document=pb.Document(text="abc")).SerializeToString()
    )


@pytest.mark.parametrize(
    "data",
    [
        with_text(b"Hamas \xff\xfe"),
        with_text("حماس".encode("cp1256")),
        with_text("حماس".encode()[:-1]),
        with_text(b"\xed\xa0\x80"),
        b"\x0a\xff",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
    ids=["no UTF-8", "Arabic in cp1256", "cut short", "surrogate", "cut message", "other protocol"],
)
async def test_bytes_that_are_no_message_are_the_callers_fault(served: Served, data: bytes) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await sent(served, data)
    error = rich_error(failed.value)
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "MALFORMED_REQUEST")


@pytest.mark.parametrize("method", STREAMS)
async def test_a_malformed_message_ends_a_stream(served: Served, method: str) -> None:
    stream: grpc.aio.StreamStreamMultiCallable[bytes, bytes]
    stream = served.channel.stream_stream(f"/nisba.v1.LinkingService/{method}")
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await stream(iter([with_text(b"\xff")])).read()
    assert rich_error(failed.value).reason == "MALFORMED_REQUEST"


async def test_unknown_fields_of_a_newer_contract_are_ignored(served: Served) -> None:
    data = with_text("حماس".encode()) + b"\xfa\x3f\x03abc"
    response = pb.LinkTextResponse.FromString(await sent(served, data))
    assert [m.entity_id for m in response.document.mentions] == ["org:hamas"]


@pytest.mark.parametrize(
    "path", ["/nisba.v1.LinkingService/UnlinkText", "/nisba.v2.LinkingService/LinkText", "/x/y"]
)
async def test_an_unknown_method_is_unimplemented(served: Served, path: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await sent(served, b"", path)
    assert failed.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def request_id(served: Served, *headers: tuple[str, str]) -> str:
    """Return the request ID that a call with these headers is answered with."""
    request = pb.LinkTextRequest(document=pb.Document(text="حماس"))
    call = served.linking.LinkText(request, metadata=headers)
    await call
    return str(dict(await call.trailing_metadata())["x-request-id"])


async def test_a_callers_request_id_comes_back(served: Served) -> None:
    assert await request_id(served, ("x-request-id", "news-2024:17")) == "news-2024:17"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, '"},{"level":"info'])
async def test_an_unsound_request_id_is_replaced(served: Served, sent: str) -> None:
    made = await request_id(served, ("x-request-id", sent))
    assert made != sent
    assert len(made) == 16


async def test_an_error_has_the_request_id_too(served: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await served.linking.LinkText(pb.LinkTextRequest(), metadata=(("x-request-id", "a1"),))
    trailers = dict(failed.value.trailing_metadata() or ())
    assert trailers["x-request-id"] == "a1"
