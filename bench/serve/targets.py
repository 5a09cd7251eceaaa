"""What a server is to reach, each figure beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.serve.figures import Measured, Pace
from bench.serve.load import Tally


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is to be at least, or at most, so much; `measured` None: it is not known."""

    what: str
    wanted: float
    is_least: bool
    measured: float | None
    unit: str = ""

    @property
    def is_met(self) -> bool | None:
        """Tell whether it is reached; None: it is not known."""
        if self.measured is None:
            return None
        return self.measured >= self.wanted if self.is_least else self.measured <= self.wanted

    def row(self) -> tuple[str, str, str, str]:
        """Return what is told of it: the figure, its target, what was measured, and the verdict."""
        sign = "≥" if self.is_least else "≤"
        measured = "-" if self.measured is None else f"{self.measured:.4g}{self.unit}"
        met = {True: "yes", False: "no", None: "-"}[self.is_met]
        return self.what, f"{sign} {self.wanted:g}{self.unit}", measured, met


def targets(measured: Measured, deadline: float) -> list[Target]:
    """Return all targets. `deadline` is that of the calls in overload, in seconds."""
    return [
        *_speed(measured),
        *_overload(measured, deadline),
        *_faults(measured),
    ]


def _speed(m: Measured) -> Iterator[Target]:
    pace, peer, million = map(_rate, (m.paced, m.peer, m.million))
    article, stanza = map(_median, (m.article, m.stanza))
    yield Target("documents a second, in those of the peer", 6, True, _ratio(pace, peer), " ×")
    for language in ("en", "ar"):
        told = f"tagging alone ({language}), in the speed of `bulk_process`"
        yield Target(told, 2.5, True, m.tagging.get(language), " ×")
    told = "p50 of one article, in that of a `stanza.Pipeline` call"
    yield Target(told, 0.6, False, _ratio(article, stanza), " ×")
    told = "documents a second with a million names, in those of the seeds"
    yield Target(told, 0.85, True, _ratio(million, pace), " ×")
    for name, of in (("the seeds", m.paced), ("a million names", m.million)):
        told = f"memory that a worker adds, {name}"
        yield Target(told, 400, False, of.worker_mib if of else None, " MiB")


def _overload(m: Measured, deadline: float) -> Iterator[Target]:
    over = m.over.tally if m.over else None
    goodput = _ratio(over.per_second if over else None, _rate(m.paced))
    yield Target("goodput at 3 times the pace, in the pace", 0.9, True, goodput, " ×")
    told = "p99 of the calls accepted then"
    yield Target(told, 1000 * deadline, False, over.quantile(0.99) if over else None, " ms")
    health = over.health_quantile(0.99) if over else None
    yield Target("p99 of health checks then", 100, False, health, " ms")
    grown = m.soak.mib[1] / m.soak.mib[0] if m.soak and m.soak.mib[0] else None
    yield Target("memory after the soak, in that before it", 1.1, False, grown, " ×")


def _faults(m: Measured) -> Iterator[Target]:
    damage, after = m.damage, m.aftermath
    yield Target("wrong answers under faults", 0, False, damage.wrong if damage else None)
    yield Target("calls that hung under faults", 0, False, damage.hung if damage else None)
    leaked = after.files[1] - after.files[0] if after else None
    yield Target("descriptors more after the faults", 10, False, leaked)
    codes = after.last.codes if after else None
    unanswered = codes.total() - codes["OK"] if codes else None
    yield Target("calls not answered after the faults", 0, False, unanswered)


def _rate(pace: Pace | None) -> float | None:
    return None if pace is None else pace.tally.per_second


def _median(tally: Tally | None) -> float | None:
    return None if tally is None else tally.quantile(0.5)


def _ratio(value: float | None, base: float | None) -> float | None:
    return value / base if value is not None and base else None
