"""Servers as processes of their own, and what they take."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


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

    def open_files(self) -> int:
        """Return how many descriptors the server holds."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


@contextmanager
def serving(*arguments: str, **settings: str) -> Iterator[Serving]:
    """Run `python -m ARGUMENTS` until its line says that it serves; end it afterwards."""
    variables = {f"NISBA_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "NISBA_ADDRESS": "127.0.0.1:0", "NISBA_DRAIN_DELAY": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environment | variables,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Serving(_address(process), process.pid)
    finally:
        process.terminate()
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
    raise SystemExit("the server did not start")


def _children(task: Path) -> list[int]:
    try:
        return [int(pid) for pid in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []  # the thread has just ended


def _mib(pid: int) -> float:
    try:
        found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0.0  # it has just ended
    return int(found[1]) / 1024 if found else 0.0
