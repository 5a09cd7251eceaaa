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
from nisba_service.server.certificates import Certificates, TlsFiles, keep_looking
from nisba_service.server.engine import Engine, load_engine, load_served
from nisba_service.server.follow import Follower
from nisba_service.server.gate import Gate
from nisba_service.server.gazetteer_service import GazetteerService
from nisba_service.server.health import SERVICES, Health
from nisba_service.server.house import House
from nisba_service.server.interceptors import CallInterceptor
from nisba_service.server.lifecycle import StopSignal, leave
from nisba_service.server.linking_service import LinkingService
from nisba_service.server.live import Live
from nisba_service.server.new_names import NewNames
from nisba_service.server.ports import open_plain_port, open_port
from nisba_service.server.store_calls import StoreCalls
from nisba_service.server.stores import NO_STORES, Stores, open_stores
from nisba_service.server.telemetry.telemetry import Telemetry
from nisba_service.server.warm_up import warm_up
from nisba_service.server.work import Hands, OwnHands
from nisba_service.server.workers.hire import crew, with_workers
from nisba_service.settings import Settings

_log = structlog.get_logger(__name__)


def serve(settings: Settings) -> int:
    """Serve what `preflight.settled` let pass until SIGTERM or SIGINT, then drain.

    Return the exit code.

    Raises:
        SettingsError: the port cannot be opened.
        GazetteerError, ModelsError, StoreError: what should be served cannot be loaded.
    """
    logs.configure(settings.log_format, settings.log_level)
    with open_stores(settings) as stores:
        if settings.workers:
            gazetteer = load_served(settings, stores.gazetteer)
            engine, pool = with_workers(gazetteer, crew(settings))
            return run(settings, engine, stores, pool)
        return run(settings, load_engine(settings, stores.gazetteer), stores)


def run(
    settings: Settings, engine: Engine, stores: Stores = NO_STORES, hands: Hands | None = None
) -> int:
    """Serve an engine until SIGTERM or SIGINT, then drain. Return the exit code.

    Raises:
        SettingsError: the port cannot be opened.
    """
    hands = hands or OwnHands()
    try:
        is_busy = asyncio.run(_run(settings, engine, stores, hands))
    finally:
        hands.close()
    return leave(0, abandon_threads=is_busy)


async def _run(settings: Settings, engine: Engine, stores: Stores, hands: Hands) -> bool:
    stop = StopSignal.installed(before_the_second=hands.close)
    server = Server(settings, engine, stores, hands)
    await server.start()
    await stop.received()
    await server.stop(settings.drain_delay if stop.leaves_time_to_drain else 0.0)
    return server.busy


class Server:
    """A server over an engine, and those that follow it. Starts once and stops once.

    Args:
        settings: what an operator can set.
        engine: what is served at first.
        stores: where its successors come from, and who knows the tokens of callers.
        hands: who reads texts; None: a thread of this process.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        stores: Stores = NO_STORES,
        hands: Hands | None = None,
    ) -> None:
        hands = hands or OwnHands()
        self._settings = settings
        self._health = Health()
        self._telemetry = Telemetry(settings)
        self._house = House(
            live=Live(engine),
            store=StoreCalls(stores.gazetteer),
            hands=hands,
            documents=work.documents(settings, hands, self._telemetry.texts),
            lookups=work.lookups(self._telemetry.lookups),
            new_names=NewNames(settings.new_names),
            draining=asyncio.Event(),
        )
        store = stores.gazetteer
        self._follower = None if store is None else Follower(self._house, store, self._health)
        self._gate = Gate(settings, stores)
        interceptors = [CallInterceptor(self._gate, self._telemetry)]
        self._grpc = grpc.aio.server(interceptors=interceptors, options=_options(settings))
        self._probes = None if settings.health_address is None else grpc.aio.server()
        self._looking: list[asyncio.Task[None]] = []
        self._add_services()

    @property
    def live(self) -> Live:
        """The engine that serves now."""
        return self._house.live

    @property
    def metrics_address(self) -> str | None:
        """Where Prometheus may read now; None: nowhere."""
        return self._telemetry.address

    @property
    def busy(self) -> bool:
        """Tell whether a thread still works on something that nobody waits for."""
        house = self._house
        following = self._follower is not None and self._follower.busy
        return following or house.documents.busy or house.lookups.busy or house.store.busy

    async def start(self) -> str:
        """Open the port, warm up, then say SERVING. Return the address that is served.

        Raises:
            SettingsError: the port cannot be opened.
        """
        files = TlsFiles.of(self._settings)
        certificates = None if files is None else Certificates(files)
        address = open_port(self._grpc, self._settings.address, certificates)
        house = self._house
        house.documents.start()
        house.lookups.start()
        await self._grpc.start()
        if certificates is not None:
            self._looking.append(asyncio.create_task(keep_looking(certificates)))
        await self._start_probes()
        self._telemetry.start(house, self._health)
        await warm_up(house.documents, house.live.current.reader)
        if self._follower is not None:
            self._follower.start()
        able = self._health.keep_looking(lambda: house.hands.are_able)
        self._looking.append(asyncio.create_task(able))
        await self._health.set_serving(True)
        _log.info(
            "serving",
            address=address,
            tls=self._settings.tls_certificate is not None,
            revision=house.live.current.revision,
            metrics=self.metrics_address,
        )
        return address

    async def stop(self, drain_delay: float = 0.0) -> None:
        """Say NOT_SERVING, wait until balancers know, let calls in flight finish, end."""
        _log.info("draining", seconds=drain_delay, grace=self._settings.grace)
        await self._health.set_serving(False)
        await asyncio.sleep(drain_delay)
        house = self._house
        house.draining.set()
        await house.live.close()
        await self._health.close()
        await self._grpc.stop(self._settings.grace)
        if self._follower is not None:
            await self._follower.close()
        await house.documents.close()
        await asyncio.to_thread(house.hands.close)
        await house.lookups.close()
        house.store.close()
        self._gate.close()
        for looking in self._looking:
            looking.cancel()
        if self._probes is not None:
            await self._probes.stop(None)
        await asyncio.to_thread(self._telemetry.close)
        _log.info("stopped")

    async def _start_probes(self) -> None:
        """Open the port for health alone: probes that know neither TLS nor certificates use it."""
        address = self._settings.health_address
        if self._probes is None or address is None:
            return
        add_HealthServicer_to_server(self._health, self._probes)
        open_plain_port(self._probes, address, "NISBA_HEALTH_ADDRESS")
        await self._probes.start()

    def _add_services(self) -> None:
        linking = LinkingService(self._house, self._settings.stream_in_flight)
        add_LinkingServiceServicer_to_server(linking, self._grpc)
        add_GazetteerServiceServicer_to_server(GazetteerService(self._house), self._grpc)
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
