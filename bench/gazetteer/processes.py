"""Commands in processes of their own, with the time and the memory that each took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MIB = 1024  # the kernel counts in KiB


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, and of the processor, which other programs do not slow down."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process took, MiB at its largest, and what it printed."""

    taken: Taken
    mib: float
    output: str


def run(arguments: Sequence[str], folder: Path) -> Ran:
    """Run `python ARGUMENTS` in a folder. Raises RuntimeError if it fails."""
    output = folder / "output.txt"
    began = time.perf_counter()
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    text = output.read_text("utf-8")
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed: {text[-2000:]}")
    taken = Taken(seconds, usage.ru_utime + usage.ru_stime)
    return Ran(taken, usage.ru_maxrss / _MIB, text)
