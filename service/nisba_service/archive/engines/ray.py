"""The engine of a Ray cluster: an actor a worker, wherever the cluster has room for it.

Each actor loads models and gazetteer once and does one task at a time, so that as many tasks are in
work as there are actors, and what is lost with a machine is one task an actor. See `ray_crew` for
how they are led, `ray_worker` for what they are.

Ray is imported when a run begins, not with this module: it is an extra, and takes a second.
"""

from __future__ import annotations

import importlib
import logging
import os
import socket
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from nisba_service.archive.engines.base import Result, Setup, Task
from nisba_service.archive.engines.ray_crew import Crew
from nisba_service.archive.engines.ray_options import AUTO, RayOptions
from nisba_service.archive.engines.ray_worker import Order, Software
from nisba_service.archive.engines.shared_folder import SharedFolder
from nisba_service.errors import ArchiveError

_CONNECT_SECONDS: Final = 10.0
"""How long a cluster's head may take to answer at all."""


class RayEngine:
    """Runs tasks on a Ray cluster."""

    def __init__(self, options: RayOptions) -> None:
        self._options = options

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Generator[Result, None, None]:
        """Yield the results of all tasks, in any order. See `Engine.run`.

        Raises:
            ArchiveError: Ray is not installed, no cluster answers, it has no room for a worker, or
                a machine of it does not see the archive or has other software.
        """
        options = self._options
        ray = _imported()
        with (
            _connected(ray, options.address),
            SharedFolder.shown(options.archive) as shared,
        ):
            crew = Crew(ray, Order(setup, shared, Software.here()), options)
            try:
                yield from crew.results(tasks)
            finally:
                crew.dismiss()


def _imported() -> Any:
    try:
        return importlib.import_module("ray")
    except ModuleNotFoundError as error:
        raise ArchiveError(
            "the engine `ray` needs Ray: pip install 'nisba-service[ray]', the same version as on "
            "the cluster; on one machine the engine `local` does as well"
        ) from error


@contextmanager
def _connected(ray: Any, address: str) -> Iterator[None]:
    """Be a driver of the cluster while the context lasts; one that its program made stays."""
    if ray.is_initialized():
        yield
        return
    try:
        _connect(ray, address)
        yield
    finally:
        ray.shutdown()  # also of half a connection, where Ctrl-C came in its middle


def _connect(ray: Any, address: str) -> None:
    try:
        _check_reachable(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, ValueError, RuntimeError) as error:
        raise ArchiveError(
            f"no Ray cluster answers at {_stated(address)!r}: start one (docs/deploy/ray.md), or "
            "name it by RAY_ADDRESS=HOST:PORT"
        ) from error


def _stated(address: str) -> str:
    return os.environ.get("RAY_ADDRESS", address) if address == AUTO else address


def _check_reachable(address: str) -> None:
    """Connect to the head, if it is known: Ray itself tries for six minutes. Raises OSError."""
    host, colon, port = _stated(address).rpartition(":")
    if colon and port.isdecimal() and "/" not in host:
        socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS).close()
