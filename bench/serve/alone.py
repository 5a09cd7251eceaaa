"""Stanza without a server around it: one article at a time, and tagging alone beside our tagger.

Run in a process of its own: torch, once imported, stays.
"""

from __future__ import annotations

import time

from bench.serve import texts
from bench.serve.peer import Plain
from bench.tagging import speed
from nisba_service.names.types import Language
from nisba_service.settings import bundled

_TURNS = 3


def stanza_articles(seconds: float) -> list[float]:
    """Return the seconds of calls of `stanza.Pipeline`, with as many threads as it takes itself.

    Each is of an article of 400 words, in turn English and Arabic; the first two are left out.
    """
    gazetteer = str(bundled("seeds", "gazetteer"))
    plain = Plain(bundled("models"), gazetteer)  # type: ignore[abstract]  # it only links texts
    taken: list[float] = []
    began = time.perf_counter()
    for text in texts.in_turn(2):
        started = time.perf_counter()
        if started - began > seconds and len(taken) > 2:
            return taken[2:]
        plain.entities(text)
        taken.append(time.perf_counter() - started)
    raise AssertionError("there are articles without end; this is a bug")


def tagging_ratios() -> dict[str, float]:
    """Return how many times as long as our tagger `bulk_process` took, by language.

    In processor time of one thread, for all golden documents in one call; the median of some turns.
    """
    ratios = {}
    for language in (Language.EN, Language.AR):
        found = speed.measure(bundled("models"), language, texts.short(language.value), _TURNS)
        processor, _ = speed.ratio(found.together[speed.PIPELINE], found.together[speed.OURS])
        ratios[language.value] = processor
    return ratios
