"""How the workers are doing, in figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staff:
    """How many workers there should be, how many there are, and how they fared since the start.

    Attributes:
        wanted: as the settings say; 0: texts are read by the server's own process.
        alive: those that read, or could.
        lost: those that died or hung, each of which is replaced.
        not_started: attempts to start one that failed.
    """

    wanted: int = 0
    alive: int = 0
    lost: int = 0
    not_started: int = 0
