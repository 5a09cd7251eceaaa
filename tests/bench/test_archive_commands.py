"""Commands and their workers, measured and killed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.archive.commands import killed, run, started

# A command that waits for a worker of another size, which would outlive it.
_COMMAND = "import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}])"
_WORKER = "import os, time; block = bytearray({size}); print(os.getpid(), flush=True)"


def with_worker(size: int, then: str) -> tuple[str, str]:
    return "-c", _COMMAND.format(worker=f"{_WORKER.format(size=size)}\n{then}")


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_workers_are_in_the_figures(tmp_path: Path) -> None:
    command = with_worker(200_000_000, "while time.process_time() < 0.5: pass")
    ran = run(command, tmp_path / "output")

    assert ran.processor >= 0.5
    assert ran.worker_mib > 190 > ran.mib > 0
    assert ran.output.strip().isdecimal()


def test_a_command_that_fails_is_an_error_that_tells_its_output(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such luck"):
        run(("-c", "raise SystemExit('no such luck')"), tmp_path / "output")


def test_a_kill_takes_the_workers_too(tmp_path: Path) -> None:
    output = tmp_path / "output"
    process = started(with_worker(1_000, "time.sleep(600)"), output)
    while not output.read_text():
        time.sleep(0.01)
    worker = int(output.read_text())
    assert is_alive(worker)

    assert killed(process, after=0)
    assert not is_alive(worker)


@contextmanager
def ctrl_c_once_written(output: Path) -> Iterator[None]:
    """Raise KeyboardInterrupt as soon as a command has written something."""

    def look(*_: object) -> None:
        if output.exists() and output.read_text():
            raise KeyboardInterrupt
        signal.setitimer(signal.ITIMER_REAL, 0.01)

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_ctrl_c_leaves_no_worker_behind(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with ctrl_c_once_written(output), pytest.raises(KeyboardInterrupt):
        run(with_worker(1_000, "time.sleep(600)"), output)
    assert not is_alive(int(output.read_text()))


def test_a_command_that_was_faster_is_not_killed(tmp_path: Path) -> None:
    assert not killed(started(("-c", ""), tmp_path / "output"), after=60)
