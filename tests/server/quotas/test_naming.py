"""Whose calls are counted together."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.store.tokens import Principal, Role
from nisba_service.server.access import Caller
from nisba_service.server.quotas.naming import client_name

NOBODY = Principal("anonymous", Role.READER)
PEER = "ipv4:192.0.2.7:40112"


def of(peer: str) -> str:
    return client_name(Caller(None, ()), NOBODY, peer)


def test_a_token_is_known_by_its_name_wherever_it_comes_from() -> None:
    layla = Principal("ليلى", Role.CURATOR)
    assert client_name(Caller("one", ()), layla, PEER) == "token ليلى"
    assert client_name(Caller("renewed", ()), layla, "unix:") == "token ليلى"


def test_a_certificate_is_another_client_than_a_token_of_its_name() -> None:
    named = Principal("newsroom", Role.READER)
    by_certificate = client_name(Caller(None, ("newsroom", "other")), named, PEER)
    assert by_certificate == "certificate newsroom"
    assert by_certificate != client_name(Caller("a", ()), named, PEER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ipv4:192.0.2.7:40112", "ipv4:192.0.2.7:40113"),
        ("ipv6:%5B2001:db8::1%5D:40112", "ipv6:[2001:db8::ffff:1]:99"),
        ("ipv6:[fe80::1%eth0]:40112", "ipv6:[fe80::2%25eth0]:40112"),
        ("ipv4:192.0.2.7:40112", "ipv6:[::ffff:192.0.2.7]:40112"),
        ("unix:", "unix:/run/nisba.sock"),
        ("vsock:3:1", "vsock:4:1"),
    ],
)
def test_callers_of_one_address_are_one_client(one: str, other: str) -> None:
    assert of(one) == of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ipv4:192.0.2.7:40112", "ipv4:192.0.2.8:40112"),
        ("ipv6:[2001:db8::1]:40112", "ipv6:[2001:db8:0:1::1]:40112"),
        ("ipv4:127.0.0.1:40112", "ipv6:[::1]:40112"),
        ("unix:", "ipv4:127.0.0.1:40112"),
    ],
)
def test_callers_of_two_addresses_are_two(one: str, other: str) -> None:
    assert of(one) != of(other)


def test_an_address_that_is_none_is_one_client_of_its_kind() -> None:
    assert of("ipv4:nowhere") == of("ipv4:elsewhere:1") == "address ipv4"
