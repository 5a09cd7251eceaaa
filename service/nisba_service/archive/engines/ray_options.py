"""How a run uses a cluster of Ray."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

AUTO: Final = "auto"
"""Ray's own word for: find the cluster."""


@dataclass(frozen=True, slots=True)
class RayOptions:
    """How a run uses a cluster."""

    archive: Path
    """The folder that every machine must see under this path."""
    workers: int | None = None
    """Most workers at a time; None: as many as fit the cluster as it is when the run begins. Fewer
    run while it has room for fewer."""
    address: str = AUTO
    """The head's "host:port"; AUTO: what RAY_ADDRESS says, else the cluster of this machine."""
    cpus: float = 1.0
    """Cores that a worker takes up. It uses one."""
    patience: float = 300.0
    """Seconds that a run waits for its first worker, or for another when all are lost: machines
    may have yet to be started."""
