"""grpc.health.v1: one status for the whole server and for each of its services.

Our own servicer, because the one of grpcio-health-checking (1.81) forgets a service's other
watchers when one of them leaves, and keeps every Watch open through a graceful stop, which then
lasts as long as its grace period wherever clients watch the health of their servers.
"""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import grpc
import structlog
from grpc_health.v1 import health_pb2 as pb
from grpc_health.v1.health_pb2_grpc import HealthServicer

from nisba.v1 import gazetteer_service_pb2, linking_service_pb2

SERVICES = (
    "",
    linking_service_pb2.DESCRIPTOR.services_by_name["LinkingService"].full_name,
    gazetteer_service_pb2.DESCRIPTOR.services_by_name["GazetteerService"].full_name,
)
"""The names that stand for what is served; "" is the server as a whole."""

FOLLOWING = "nisba.following"
"""The name that says whether the newest revision of the gazetteer's store is served. To be watched,
not probed: a server that does not follow still links, and a restart would not help."""

ALIVE = "nisba.alive"
"""The name that says whether the process answers at all: SERVING while it loads, drains or lags
behind its store, too. For probes that restart what does not answer, since a restart helps nothing
of these."""

_log = structlog.get_logger(__name__)

_LOOK_SECONDS: Final = 1.0
"""How often it is looked whether texts can be read."""

Context = grpc.aio.ServicerContext[Any, Any]


class Health(HealthServicer):  # type: ignore[misc]  # grpc_health has no types
    """Answers for all of SERVICES alike, since they share one engine, for FOLLOWING and ALIVE."""

    def __init__(self) -> None:
        self._serving = False
        self._able = True
        self._following = True
        self._closed = False
        self._changed = asyncio.Condition()

    @property
    def is_serving(self) -> bool:
        """Tell whether the status is SERVING. Any thread may ask."""
        return self._serving and self._able

    async def set_serving(self, serving: bool) -> None:
        """Change the status and tell every watcher."""
        self._serving = serving
        async with self._changed:
            self._changed.notify_all()

    async def set_able(self, able: bool) -> None:
        """Note whether texts can be read at all; a server that cannot is NOT_SERVING."""
        if able is self._able:
            return
        _log.info("workers_back") if able else _log.error("no_workers")
        self._able = able
        async with self._changed:
            self._changed.notify_all()

    async def set_following(self, following: bool) -> None:
        """Change what FOLLOWING says and tell every watcher."""
        self._following = following
        async with self._changed:
            self._changed.notify_all()

    async def keep_looking(self, is_able: Callable[[], bool]) -> None:
        """Ask again and again whether texts can be read, until cancelled."""
        while True:
            await self.set_able(is_able())
            await asyncio.sleep(_LOOK_SECONDS)

    async def close(self) -> None:
        """Say NOT_SERVING and end every Watch, so that none holds up the server's stop."""
        self._closed = True
        await self.set_serving(False)

    async def Check(
        self, request: pb.HealthCheckRequest, context: Context
    ) -> pb.HealthCheckResponse:
        """Return the status of a service."""
        status = self._status_of(request.service)
        if status == pb.HealthCheckResponse.SERVICE_UNKNOWN:
            await context.abort(grpc.StatusCode.NOT_FOUND, "no such service")
        return pb.HealthCheckResponse(status=status)

    async def Watch(self, request: pb.HealthCheckRequest, context: Context) -> None:
        """Send the status of a service now and whenever it changes."""
        sent = None
        while True:
            status = self._status_of(request.service)
            if status != sent:
                await context.write(pb.HealthCheckResponse(status=status))
                sent = status
            if self._closed:
                return
            async with self._changed:
                if status == self._status_of(request.service) and not self._closed:
                    await self._changed.wait()

    def _status_of(self, service: str) -> pb.HealthCheckResponse.ServingStatus.ValueType:
        response = pb.HealthCheckResponse
        status = response.SERVING if self.is_serving else response.NOT_SERVING
        if service in SERVICES:
            return status
        if service == ALIVE:
            return pb.HealthCheckResponse.SERVING
        if service != FOLLOWING:
            return pb.HealthCheckResponse.SERVICE_UNKNOWN
        return status if self._following else response.NOT_SERVING
