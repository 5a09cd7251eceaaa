"""Every call of every service is answered or refused as documented, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.server.access import NEEDED
from tests.fuzz.calling import Live, call, check, check_serves, live
from tests.fuzz.contract import ENDLESS, Rpc, rpcs
from tests.fuzz.messages import messages
from tests.fuzz.profile import tries

RPCS = rpcs()
EVERY = pytest.mark.parametrize("rpc", RPCS, ids=str)

# What no reader of messages likes: half a letter, a lone surrogate, an endless varint, a group, a
# length beyond the end, nesting without end.
DAMAGE = (
    *(b"\xd8", b"\xed\xa0\x80", b"\xff" * 12, b"\x0b\x0c", b"\x0a\xff\xff\xff\xff\x07", b"\x00"),
    b"\x0a\x7e" * 120,
)
SAFE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=80)
METADATA = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(("authorization", "x-request-id", "traceparent", "user-agent-x")), SAFE
        ),
        st.tuples(
            st.just("authorization"),
            st.sampled_from(("Bearer", "bearer nisba_0123456789abcdef_" + "A" * 43, "Basic YTpi")),
        ),
        st.tuples(st.sampled_from(("x-request-id-bin", "trace-bin")), st.binary(max_size=60)),
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("fuzz")) as server:
        yield server


@pytest.fixture
def server(running: Live) -> Iterator[Live]:
    yield running
    check_serves(running)


def _read(rpc: Rpc, sent: list[bytes]) -> Iterator[Message]:
    """Yield what is a message among these bytes."""
    for data in sent:
        with suppress(DecodeError):
            yield GetMessageClass(rpc.request).FromString(data)


def test_the_calls_are_those_that_roles_are_given_for() -> None:
    assert {rpc.path for rpc in RPCS} == set(NEEDED)
    assert {rpc.name for rpc in RPCS} > ENDLESS


@EVERY
def test_messages(server: Live, rpc: Rpc) -> None:
    @tries(10 if rpc.name not in ENDLESS else 3)
    @given(st.lists(messages(rpc.request), min_size=1, max_size=4 if rpc.sends_many else 1))
    def answered(sent: list[Message]) -> None:
        check(rpc, call(server, rpc, [message.SerializeToString() for message in sent]), sent)

    answered()
    assert rpc.path in server.called


@EVERY
def test_bytes(server: Live, rpc: Rpc) -> None:
    @tries(6 if rpc.name not in ENDLESS else 2)
    @given(
        st.one_of(
            st.binary(max_size=200), messages(rpc.request).map(lambda m: m.SerializeToString())
        ),
        st.sampled_from((b"", *DAMAGE)),
        st.integers(0, 400),
    )
    def answered(data: bytes, damage: bytes, at: int) -> None:
        sent = [data[:at] + damage + data[at:], data]
        check(rpc, call(server, rpc, sent), list(_read(rpc, sent)))

    answered()


@EVERY
def test_metadata(server: Live, rpc: Rpc) -> None:
    @tries(3 if rpc.name not in ENDLESS else 1)
    @given(METADATA)
    def answered(metadata: list[tuple[str, str | bytes]]) -> None:
        check(rpc, call(server, rpc, [b""], metadata))

    answered()
