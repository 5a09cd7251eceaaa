"""What is measured of the servers, part by part; None: the part was not run, or failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.serve.faults import Damage
from bench.serve.load import Tally


@dataclass(frozen=True, slots=True)
class Pace:
    """What the callers got of a server, one call after another.

    `mib` is the memory of all its processes, `worker_mib` what the largest worker has to itself.
    """

    server: str
    tally: Tally
    mib: float
    worker_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class AtRate:
    """What became of so many calls a second."""

    load: str
    rate: float
    tally: Tally


@dataclass(frozen=True, slots=True)
class Soak:
    """A long load, and the memory of the server at its beginning and its end."""

    at: AtRate
    mib: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A server before the faults and after them: its descriptors, its workers, its answers."""

    files: tuple[int, int]
    workers: int
    last: Tally


@dataclass(slots=True)
class Measured:
    """All of it, filled part by part.

    Attributes:
        peer, single, paced, million: the plain server, ours without workers, with them, and with a
            gazetteer of a million names.
        low, over, soak: ours with workers at a low rate, at too many calls, and for long.
        stanza, peer_article, article: calls with one article, alone: of `stanza.Pipeline` without
            a server, of the plain server, of ours.
        tagging: how many times as long `bulk_process` took as our tagger, in processor time of one
            thread, by language.
        damage, aftermath: what came of faults.
        failed: parts that broke, and by what.
    """

    peer: Pace | None = None
    single: Pace | None = None
    paced: Pace | None = None
    million: Pace | None = None
    low: AtRate | None = None
    over: AtRate | None = None
    soak: Soak | None = None
    stanza: Tally | None = None
    peer_article: Tally | None = None
    article: Tally | None = None
    tagging: dict[str, float] = field(default_factory=dict)
    damage: Damage | None = None
    aftermath: Aftermath | None = None
    failed: list[str] = field(default_factory=list)
