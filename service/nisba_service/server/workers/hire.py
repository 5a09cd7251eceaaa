"""An engine whose texts are read by workers, and the workers."""

from __future__ import annotations

from functools import partial
from typing import Final

from nisba_service.errors import ModelsError
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.parts import Parts
from nisba_service.server.catalogue import Catalogue
from nisba_service.server.engine import Engine
from nisba_service.server.reading import load_tagger
from nisba_service.server.workers.away import AwayTagger
from nisba_service.server.workers.pool import Crew, WorkerPool
from nisba_service.server.workers.worker import Limits, WorkerNotStarted
from nisba_service.settings import Settings

_START_SECONDS: Final = 600.0
"""A worker loads a million names in a tenth of it; longer, and something hangs."""


def crew(settings: Settings) -> Crew:
    """Return the workers that the settings want."""
    limits = Limits(start=_START_SECONDS, silence=settings.worker_silence)
    return Crew(settings.workers, partial(load_tagger, settings.models), limits)


def with_workers(gazetteer: Gazetteer, crew: Crew) -> tuple[Engine, WorkerPool]:
    """Make the engine of a gazetteer and start the workers that read for it; takes seconds.

    Raises:
        ModelsError: a worker could not load them, or could not read.
    """
    parts = Parts.of(gazetteer)
    pool = WorkerPool(crew)
    try:
        tagger = AwayTagger(pool.start(parts))
        engine = Engine(pool.shared(parts), Catalogue.of(gazetteer), tagger)
    except BaseException as error:
        pool.close()
        if isinstance(error, WorkerNotStarted):
            raise ModelsError(str(error)) from None
        raise
    pool.adopt(engine.reader)
    return engine, pool
