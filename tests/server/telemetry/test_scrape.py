"""The address for Prometheus: strangers that hold on to it, and its end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from nisba_service.errors import SettingsError
from nisba_service.server.telemetry.scrape import ScrapePort
from tests.support.scraping import get


@contextmanager
def port(address: str = "127.0.0.1:0") -> Iterator[ScrapePort]:
    opened = ScrapePort(address, lambda: "nisba_serving 1\n")
    try:
        yield opened
    finally:
        opened.close()


def connected(opened: ScrapePort) -> socket.socket:
    host, _, number = opened.address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(number)), timeout=30)


@pytest.mark.parametrize("address", ["127.0.0.1:0", "[::1]:0", "localhost:0"])
def test_it_listens_where_it_should(address: str) -> None:
    with port(address) as opened:
        assert get(opened.address).body == "nisba_serving 1\n"


def test_one_that_says_nothing_holds_up_nobody() -> None:
    with port() as opened, connected(opened):
        assert get(opened.address).status == 200


def test_too_many_at_once_are_turned_away_and_come_again_later() -> None:
    with port() as opened:
        with ExitStack() as silent:
            for _ in range(8):
                silent.enter_context(connected(opened))
            with connected(opened) as ninth:
                assert ninth.recv(1) == b"", "hung up"
        until_answered(opened)


def until_answered(opened: ScrapePort) -> None:
    for _ in range(100):
        try:
            assert get(opened.address).status == 200
        except OSError:
            continue
        return
    raise AssertionError("those who went away still have their places")


def test_garbage_is_answered_with_an_error_and_not_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with port() as opened, connected(opened) as stranger:
        stranger.sendall("الزرقاوية\r\n\r\n".encode())
        assert b"400" in stranger.recv(1_000)
    assert capsys.readouterr().err == ""


def test_an_address_that_is_taken_is_a_clear_error() -> None:
    with port() as opened, pytest.raises(SettingsError, match="NISBA_METRICS_ADDRESS: cannot"):
        ScrapePort(opened.address, str)


def test_nothing_listens_after_the_end() -> None:
    with port() as opened:
        pass
    with pytest.raises(OSError, match="refused"):
        connected(opened)
