"""The server: what it is made of, how it starts, and how it ends without losing a call."""

from __future__ import annotations

import asyncio

import grpc
import structlog
from grpc_health.v1 import health_pb2
from grpc_health.v1.health_pb2_grpc import add_HealthServicer_to_server
from grpc_reflection.v1alpha import reflection

from nisba.v1.gazetteer_service_pb2_grpc import add_GazetteerServiceServicer_to_server
from nisba.v1.linking_service_pb2_grpc import add_LinkingServiceServicer_to_server
from nisba_service.server import limits, logs, work
from nisba_service.server.catalogue import Catalogue
from nisba_service.server.engine import Engine, load_engine
from nisba_service.server.gazetteer_service import GazetteerService
from nisba_service.server.health import SERVICES, Health
from nisba_service.server.interceptors import CallInterceptor
from nisba_service.server.lifecycle import StopSignal, leave
from nisba_service.server.linking_service import LinkingService, StreamLimits
from nisba_service.server.ports import check_port, open_port
from nisba_service.server.warm_up import warm_up
from nisba_service.settings import Settings

_log = structlog.get_logger(__name__)


def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT, then drain. Return the exit code.

    Raises:
        SettingsError: the port cannot be opened.
        GazetteerError, ModelsError: what should be served cannot be loaded.
    """
    logs.configure(settings.log_format, settings.log_level)
    check_port(settings)  # Before the seconds that loading takes.
    return run(settings, load_engine(settings))


def run(settings: Settings, engine: Engine) -> int:
    """Serve an engine until SIGTERM or SIGINT, then drain. Return the exit code.

    Raises:
        SettingsError: the port cannot be opened.
    """
    is_busy = asyncio.run(_run(settings, engine))
    return leave(0, abandon_threads=is_busy)


async def _run(settings: Settings, engine: Engine) -> bool:
    stop = StopSignal.installed()
    server = Server(settings, engine)
    await server.start()
    await stop.received()
    await server.stop(settings.drain_delay if stop.leaves_time_to_drain else 0.0)
    return server.busy


class Server:
    """A server over one engine. Starts once and stops once."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._documents = work.documents(engine.linker, settings)
        self._lookups = work.lookups()
        self._draining = asyncio.Event()
        self._health = Health()
        self._grpc = grpc.aio.server(interceptors=[CallInterceptor()], options=_options(settings))
        self._add_services(engine)

    @property
    def busy(self) -> bool:
        """Tell whether a thread still works on something that nobody waits for."""
        return self._documents.busy or self._lookups.busy

    async def start(self) -> str:
        """Open the port, warm up, then say SERVING. Return the address that is served.

        Raises:
            SettingsError: the port cannot be opened.
        """
        address = open_port(self._grpc, self._settings)
        self._documents.start()
        self._lookups.start()
        await self._grpc.start()
        await warm_up(self._documents)
        await self._health.set_serving(True)
        _log.info("serving", address=address, tls=self._settings.tls_certificate is not None)
        return address

    async def stop(self, drain_delay: float = 0.0) -> None:
        """Say NOT_SERVING, wait until balancers know, let calls in flight finish, end."""
        _log.info("draining", seconds=drain_delay, grace=self._settings.grace)
        await self._health.set_serving(False)
        await asyncio.sleep(drain_delay)
        self._draining.set()
        await self._health.close()
        await self._grpc.stop(self._settings.grace)
        await self._documents.close()
        await self._lookups.close()
        _log.info("stopped")

    def _add_services(self, engine: Engine) -> None:
        streams = StreamLimits(self._settings.stream_in_flight, self._draining)
        linking = LinkingService(engine.linker, self._documents, self._lookups, streams)
        catalogue = Catalogue.of(engine.gazetteer)
        add_LinkingServiceServicer_to_server(linking, self._grpc)
        add_GazetteerServiceServicer_to_server(
            GazetteerService(catalogue, engine.index, self._lookups), self._grpc
        )
        add_HealthServicer_to_server(self._health, self._grpc)
        if self._settings.reflection:
            health = health_pb2.DESCRIPTOR.services_by_name["Health"].full_name
            names = (*filter(None, SERVICES), health, reflection.SERVICE_NAME)
            reflection.enable_server_reflection(names, self._grpc)


def _options(settings: Settings) -> list[tuple[str, int]]:
    return [
        # Otherwise a second server takes the same port in silence, and half of the connections.
        ("grpc.so_reuseport", 0),
        ("grpc.max_receive_message_length", limits.RECEIVED_BYTES),
        # A text of only names has an answer many times its size: the caller's limit decides.
        ("grpc.max_send_message_length", -1),
        ("grpc.max_connection_age_ms", round(settings.max_connection_age * 1000)),
        ("grpc.max_connection_age_grace_ms", round(settings.grace * 1000)),
        # Finds callers that vanished without a word; theirs may ping as often without a GOAWAY.
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", 30_000),
    ]
