from __future__ import annotations

from collections.abc import Sequence

import pytest

from nisba._targets import is_loopback, one_target


@pytest.mark.parametrize(
    "target",
    [
        "localhost:50051",
        "LOCALHOST:50051",
        "localhost",
        "127.0.0.1:50051",
        "127.8.9.10:1",
        "[::1]:50051",
        "::1",
        "dns:///localhost:50051",
        "dns:localhost:50051",
        "ipv4:127.0.0.1:50051,127.0.0.2:50051",
        "ipv6:[::1]:50051",
        "unix:/run/nisba.sock",
        "unix-abstract:nisba",
    ],
)
def test_this_machine_is_recognised(target: str) -> None:
    assert is_loopback(target)


@pytest.mark.parametrize(
    "target",
    [
        "nisba.example:50051",
        "localhost.example:50051",
        "127.0.0.1.example:50051",
        "192.168.0.1:50051",
        "0.0.0.0:50051",
        "[2001:db8::1]:50051",
        "dns:///nisba:50051",
        "ipv4:127.0.0.1:50051,10.0.0.1:50051",
        "xds:///nisba",
        ":50051",
    ],
)
def test_what_only_looks_like_this_machine_is_not(target: str) -> None:
    assert not is_loopback(target)


@pytest.mark.parametrize(
    "target",
    [
        "localhost:50051",
        "nisba.example:50051",
        "[::1]:50051",
        "dns:///nisba.example:50051",
        "ipv4:10.0.0.1:50051,10.0.0.2:50051",
        "unix:/run/nisba,old.sock",
        "xds:///nisba",
    ],
)
def test_a_target_of_grpc_is_left_as_it_is(target: str) -> None:
    assert one_target(target) == target
    assert one_target([target]) == target


@pytest.mark.parametrize(
    ("addresses", "target"),
    [
        (["10.0.0.1:50051", "10.0.0.2:50051"], "ipv4:10.0.0.1:50051,10.0.0.2:50051"),
        ("10.0.0.1:50051, 10.0.0.2:50051", "ipv4:10.0.0.1:50051,10.0.0.2:50051"),
        (("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"), "ipv4:127.0.0.1:1,127.0.0.1:2,127.0.0.1:3"),
        (["[::1]:50051", "[2001:db8::1]:443"], "ipv6:[::1]:50051,[2001:db8::1]:443"),
    ],
)
def test_several_addresses_are_one_target(addresses: str | Sequence[str], target: str) -> None:
    assert one_target(addresses) == target


@pytest.mark.parametrize(
    ("addresses", "problem"),
    [
        ("", "must be an address"),
        ([], "must be an address"),
        (["10.0.0.1:50051", ""], "must be an address"),
        ("10.0.0.1:50051,", "must be an address"),
        (["nisba-1:50051", "nisba-2:50051"], "'nisba-1:50051' is not; .* 'dns:///NAME:PORT'"),
        (["10.0.0.1:50051", "10.0.0.2"], "'10.0.0.2' is not"),
        (["10.0.0.1:50051", "ipv4:10.0.0.2:50051"], "'ipv4:10.0.0.2:50051' is not"),
        (["10.0.0.1:50051", "[::1]:50051"], "all of IPv4 or all of IPv6"),
    ],
)
def test_what_one_target_cannot_hold_is_refused(
    addresses: str | Sequence[str], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        one_target(addresses)
