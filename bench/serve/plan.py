"""How long each part takes."""

from __future__ import annotations

from dataclasses import dataclass

# 2.4 names for each, beside those of the seeds.
MILLION_NAMES = 417_000

# Shares of the whole time. The rest goes to starting servers, one of them with a million names.
_PACE, _LATENCY, _OVERLOAD, _SOAK = 0.025, 0.015, 0.15, 0.2
_FAULTS_A_MINUTE = 15
# Longer would show no more.
_LONGEST_PACE, _LONGEST_OVERLOAD, _MOST_FAULTS = 60.0, 300.0, 1_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each part takes, in seconds, and how much of it there is.

    Attributes:
        pace: of the callers, with as long before it to warm up.
        latency: of articles one after another, and of the low rate.
        overload, soak: of the two long loads.
        faults: how many.
        workers: of our server.
        entities: made up beside the seeds; 0: that part is left out.
    """

    pace: float
    latency: float
    overload: float
    soak: float
    faults: int
    workers: int
    entities: int = MILLION_NAMES

    @classmethod
    def of(cls, minutes: float, workers: int) -> Plan:
        """Return the plan that takes about so many minutes in all, on two cores."""
        seconds = 60 * minutes
        return cls(
            pace=min(_LONGEST_PACE, _PACE * seconds),
            latency=min(_LONGEST_PACE, _LATENCY * seconds),
            overload=min(_LONGEST_OVERLOAD, _OVERLOAD * seconds),
            soak=_SOAK * seconds,
            faults=min(_MOST_FAULTS, round(_FAULTS_A_MINUTE * minutes)),
            workers=workers,
        )

    @classmethod
    def quick(cls, workers: int) -> Plan:
        """Return a plan of two minutes, without the million: whether all of it still runs."""
        return cls(5, 5, 8, 5, 20, workers, entities=0)
