"""Servers as processes of their own, and what they take."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Thread, Timer
from typing import TypeVar

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_PRIVATE = re.compile(r"^Private_(?:Clean|Dirty):\s+(\d+) kB", re.MULTILINE)
# A server with a million names and its workers take minutes; longer, and something hangs.
_START_SECONDS = 400.0
# It drains first.
_STOP_SECONDS = 60.0
# What decides how many threads a process computes with is left to the servers: the plain one gets
# what it takes by itself.
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that serves."""

    address: str
    pid: int

    @property
    def workers(self) -> list[int]:
        """The processes that it has started."""
        tasks = Path(f"/proc/{self.pid}/task")
        return sorted(child for task in tasks.iterdir() for child in _children(task))

    def mib(self) -> float:
        """Return the memory of the server and its workers; what they share counts once."""
        return sum(map(_mib, (self.pid, *self.workers)))

    def worker_mib(self) -> float:
        """Return what the largest worker has to itself: what a further one would add. 0: none."""
        return max(map(_private_mib, self.workers), default=0.0)

    def open_files(self) -> int:
        """Return how many descriptors the server holds."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


@contextmanager
def serving(*arguments: str, **settings: str) -> Iterator[Serving]:
    """Run `python -m ARGUMENTS` until its line says that it serves; end it afterwards."""
    variables = {f"NISBA_{name.upper()}": value for name, value in settings.items()}
    inherited = {name: value for name, value in os.environ.items() if name not in _THREADS}
    environment = {**inherited, "NISBA_ADDRESS": "127.0.0.1:0", "NISBA_DRAIN_DELAY": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environment | variables,
        stderr=subprocess.PIPE,
        text=True,
    )
    alarm = Timer(_START_SECONDS, process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        address = _address(process)
        alarm.cancel()
        yield Serving(address, process.pid)
    finally:
        alarm.cancel()
        _end(process)


def apart(work: Callable[..., T], *arguments: float) -> T:
    """Run a function in a process of its own, which ends with it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    log = process.stderr
    assert log is not None
    for line in log:
        if '"serving"' in line:
            # A server whose log nobody reads stands still when the pipe is full.
            Thread(target=lambda: [None for _ in log], daemon=True).start()
            address: str = json.loads(line)["address"]
            return address
    raise RuntimeError("the server did not start")


def _children(task: Path) -> list[int]:
    try:
        return [int(pid) for pid in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []  # the thread has just ended


def _mib(pid: int) -> float:
    return _sum_mib(_PSS, pid)


def _private_mib(pid: int) -> float:
    return _sum_mib(_PRIVATE, pid)


def _sum_mib(kinds: re.Pattern[str], pid: int) -> float:
    try:
        found = kinds.findall(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0.0  # it has just ended
    return sum(map(int, found)) / 1024
