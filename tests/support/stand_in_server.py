"""`python -m tests.support.stand_in_server`: the server's process, over a stand-in or a store.

It holds a text with HELD in it until a line comes on standard input, and writes BEGUN to standard
output when it takes one up, so that a test knows what is in flight. Where the settings want
workers, these have the tagger of `faulty.py` instead.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.names.types import Language
from nisba_service.server import logs
from nisba_service.server.app import run
from nisba_service.server.engine import Engine
from nisba_service.server.stores import open_stores
from nisba_service.server.workers.hire import with_workers
from nisba_service.server.workers.pool import Crew
from nisba_service.server.workers.worker import Limits
from nisba_service.settings import load_settings
from nisba_service.tagging.model import TaggedSpan
from tests.support.engine import StandInTagger, engine
from tests.support.faulty import load_faulty

HELD = "heldback"
BEGUN = "begun"


class HoldingTagger(StandInTagger):
    """Waits for a line before it is done with a text that has HELD in it."""

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        if any(HELD in text for text in texts):
            print(BEGUN, flush=True)
            sys.stdin.readline()
        return super().tag(texts, language)


def main() -> int:
    """Serve the store that the settings name, else the stand-in's own gazetteer."""
    settings = load_settings()
    logs.configure(settings.log_format, settings.log_level)
    with open_stores(settings) as stores:
        if settings.workers:
            store = stores.gazetteer
            gazetteer = engine().gazetteer if store is None else load_gazetteer(store)
            limits = Limits(start=60, silence=settings.worker_silence)
            made, pool = with_workers(gazetteer, Crew(settings.workers, load_faulty, limits))
            return run(settings, made, stores, pool)
        if stores.gazetteer is None:
            return run(settings, engine(HoldingTagger()), stores)
        gazetteer = load_gazetteer(stores.gazetteer)
        return run(settings, Engine.of(gazetteer, HoldingTagger()), stores)


if __name__ == "__main__":
    sys.exit(main())
