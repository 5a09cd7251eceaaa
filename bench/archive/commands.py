"""Commands with their workers: what they take together, and how to kill them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_KIB = 1024
_PROC = Path("/proc")
_LOOK_EVERY = 0.2  # seconds; the kernel keeps each process's largest size meanwhile
_STATE, _SESSION = 0, 3  # of /proc/PID/stat, counted after the name of the command
_ZOMBIE = "Z"  # dead, but nobody has asked for its exit code


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took.

    Attributes:
        clock: seconds on the clock.
        processor: seconds of the processor, those of its workers included.
        mib: memory of the command itself at its largest.
        worker_mib: that of the largest of its workers; 0: it had none.
    """

    clock: float
    processor: float
    mib: float
    worker_mib: float
    output: str


def nisba(*arguments: object) -> tuple[str, ...]:
    """Return the arguments of Python that run `nisba ARGUMENTS`."""
    return "-m", "nisba_service.cli", *map(str, arguments)


def started(arguments: Sequence[str], output: Path) -> subprocess.Popen[bytes]:
    """Start `python ARGUMENTS` in a session of its own, which its workers share."""
    with output.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, *arguments],
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )


def run(arguments: Sequence[str], output: Path) -> Ran:
    """Run `python ARGUMENTS` to its end; what cuts it short kills it with its workers.

    Raises RuntimeError if it fails.
    """
    began = time.perf_counter()
    process = started(arguments, output)
    try:
        with _Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
    except BaseException:  # Ctrl-C reaches no other session
        _kill(process)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - began
    text = output.read_text("utf-8")
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed: {text[-3000:]}")
    own = watch.mib.pop(process.pid, 0.0)
    workers = max(watch.mib.values(), default=0.0)
    return Ran(clock, usage.ru_utime + usage.ru_stime, own, workers, text)


def killed(process: subprocess.Popen[bytes], after: float) -> bool:
    """Kill a command and all its workers after so many seconds; say whether it still ran."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        _kill(process)
        return True
    except BaseException:
        _kill(process)
        raise
    if process.returncode:
        raise RuntimeError(f"{process.args!r} failed")
    return False


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a command and its workers, and wait until the kernel has taken all of them away."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    while any(_session(pid) == process.pid for pid in _pids()):
        time.sleep(0.01)


class _Watch:
    """Notes the memory of every process of a session at its largest, in MiB, by process ID."""

    def __init__(self, session: int) -> None:
        self.mib: dict[int, float] = {}
        self._session = session
        self._stop = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(_LOOK_EVERY):
            for pid in _pids():
                if _session(pid) == self._session:
                    self.mib[pid] = max(self.mib.get(pid, 0.0), _largest(pid))


def _pids() -> list[int]:
    return [int(path.name) for path in _PROC.iterdir() if path.name.isdecimal()]


def _session(pid: int) -> int:
    """Return the session of a process; 0: it is gone, or dead."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    fields = stat.rpartition(")")[2].split()
    return 0 if fields[_STATE] == _ZOMBIE else int(fields[_SESSION])


def _largest(pid: int) -> float:
    try:
        lines = (_PROC / str(pid) / "status").read_text("utf-8", "replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    peak = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), "0")
    return int(peak) / _KIB
