"""A port that cannot be opened is one clear sentence."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from nisba_service.errors import SettingsError
from nisba_service.server.ports import check_port
from nisba_service.settings import load_settings
from tests.support.serving import serving


async def test_a_port_in_use_is_not_shared_in_silence() -> None:
    async with serving() as first:
        with pytest.raises(SettingsError, match=r"cannot listen on .* in use"):
            async with serving(address=first.address):
                pass


async def test_port_0_takes_a_free_port_and_says_which() -> None:
    async with serving() as served:
        assert int(served.address.rpartition(":")[2]) > 0


@pytest.mark.parametrize("address", ["192.0.2.1:50051", "no-such-host.invalid:50051"])
def test_an_address_of_another_machine_is_told(address: str) -> None:
    with pytest.raises(SettingsError, match="NISBA_ADDRESS: cannot listen on"):
        check_port(load_settings(address=address, insecure=True))


def test_an_ipv6_port_in_use_is_told() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with socket.socket(socket.AF_INET6) as taken:
        try:
            taken.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6 loopback")
        taken.listen()
        with pytest.raises(SettingsError, match="in use"):
            check_port(load_settings(address=f"[::1]:{taken.getsockname()[1]}"))


async def test_a_unix_socket_serves_and_is_not_taken_from_a_running_server(tmp_path: Path) -> None:
    address = f"unix:{tmp_path / 'nisba.sock'}"
    async with serving(address=address) as served:
        assert served.address == address
        with pytest.raises(SettingsError, match="another server answers"):
            async with serving(address=address):
                pass


def test_a_unix_socket_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="folder does not exist"):
        check_port(load_settings(address=f"unix:{tmp_path / 'none' / 'nisba.sock'}"))
