"""Where a run is done, by how many, and with whose models: from options to engines and setups."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nisba_service.archive.description import Archive
from nisba_service.archive.engines.base import Engine
from nisba_service.archive.engines.local import LocalEngine
from nisba_service.archive.engines.ray import RayEngine
from nisba_service.archive.engines.ray_options import RayOptions
from nisba_service.archive.tag_worker import TagSetup
from nisba_service.archive.tagging_run import TaggingSetup
from nisba_service.cli.archive.run_options import EngineName
from nisba_service.cli.options import TOKEN

# One sends while the other waits for its last answers, so that a service never waits for a shard.
_WORKERS_OF_A_SERVICE = 2


@dataclass(frozen=True, slots=True)
class Machines:
    """What works for a run; `workers` None: as many as there is room for."""

    engine: EngineName = EngineName.LOCAL
    workers: int | None = None

    def ready(self, archive: Archive, workers: int | None = None) -> Engine:
        """Return the engine, with so many workers where the user does not say how many."""
        workers = self.workers or workers
        if self.engine is EngineName.RAY:
            return RayEngine(RayOptions(archive.layout.root, workers))
        return LocalEngine(workers)


@dataclass(frozen=True, slots=True)
class Taggers:
    """Who tags: models here or, if there are `servers`, services."""

    models: Path
    servers: tuple[str, ...] = ()
    insecure: bool = False

    @property
    def workers(self) -> int | None:
        """Return how many workers the services keep busy; None: any number is right."""
        return len(self.servers) * _WORKERS_OF_A_SERVICE or None

    def setup(self) -> TaggingSetup:
        """Raises ModelsError, ArchiveError: there are none that can be used together."""
        if not self.servers:
            return TagSetup.of(self.models)
        from nisba_service.archive.remote_tagging import (  # noqa: PLC0415 (gRPC: only for servers)
            RemoteTagSetup,
            Service,
        )

        token = os.environ.get(TOKEN)
        services = [Service(address, token, insecure=self.insecure) for address in self.servers]
        return RemoteTagSetup.of(services)
