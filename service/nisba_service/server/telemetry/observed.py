"""Where the metrics come from that are asked for when somebody reads.

The sources are asked in the thread of whoever reads, so they look at numbers and wait for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from nisba_service.server.health import Health
from nisba_service.server.house import House
from nisba_service.server.jobs import Load
from nisba_service.server.live import FollowState, Live
from nisba_service.server.telemetry import metrics
from nisba_service.server.telemetry.meters import Sample
from nisba_service.server.telemetry.metric import Metric
from nisba_service.server.telemetry.metrics import Queue
from nisba_service.server.workers.staff import Staff

Source = Callable[[], Iterable[Sample]]


def sources(house: House, health: Health) -> Mapping[Metric, Source]:
    """Return what tells of a server's state."""
    return {
        metrics.SERVING: lambda: [(float(health.is_serving), ())],
        **_of_queues(house),
        **_of_live(house.live),
        **_of_staff(lambda: house.hands.staff),
    }


def _of_queues(house: House) -> dict[Metric, Source]:
    def of(figure: Callable[[Load], float]) -> Source:
        return lambda: [
            (figure(house.documents.load), (Queue.TEXTS,)),
            (figure(house.lookups.load), (Queue.LOOKUPS,)),
        ]

    return {
        metrics.QUEUE_WAITING: of(lambda load: load.waiting),
        metrics.QUEUE_FILLED: of(lambda load: load.filled),
        metrics.BATCHES_RUNNING: of(lambda load: load.running),
    }


def _of_live(live: Live) -> dict[Metric, Source]:
    def behind() -> float:
        return max(0, live.following.newest - live.current.revision)

    return {
        metrics.REVISION_SERVED: lambda: [(live.current.revision, ())],
        metrics.REVISION_BEHIND: lambda: [(behind(), ())],
        metrics.FOLLOWING: lambda: [
            (float(state is live.following.state), (state,)) for state in FollowState
        ],
        metrics.ENTITIES: lambda: [(live.current.catalogue.count(), ())],
    }


def _of_staff(staff: Callable[[], Staff]) -> dict[Metric, Source]:
    return {
        metrics.WORKERS_WANTED: lambda: [(staff().wanted, ())],
        metrics.WORKERS_ALIVE: lambda: [(staff().alive, ())],
        metrics.WORKERS_LOST: lambda: [(staff().lost, ())],
        metrics.WORKERS_NOT_STARTED: lambda: [(staff().not_started, ())],
    }
