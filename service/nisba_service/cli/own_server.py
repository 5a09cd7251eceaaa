"""A server of this command's own: started on a private socket, stopped at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import nisba
from nisba_service.errors import SettingsError

START_SECONDS = 180.0
STOP_SECONDS = 30.0


@contextmanager
def own_server() -> Iterator[str]:
    """Yield the address of a server that is ready. Raises SettingsError if it does not start."""
    with tempfile.TemporaryDirectory(prefix="nisba-") as folder:
        address = f"unix:{folder}/nisba.sock"
        command = [sys.executable, "-m", "nisba_service.cli", "serve", "--address", address]
        quiet = {**os.environ, "NISBA_LOG_LEVEL": "warning", "NISBA_DRAIN_DELAY": "0"}
        process = subprocess.Popen(command, env=quiet)
        try:
            _wait_until_serving(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _wait_until_serving(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the server says that it is ready: the SDK calls none that does not."""
    deadline = time.monotonic() + START_SECONDS
    with nisba.Client(address) as client:
        while process.poll() is None and time.monotonic() < deadline:
            try:
                client.gazetteer(timeout=2.0)
            except (nisba.Unavailable, nisba.DeadlineExceeded):
                time.sleep(0.1)
            else:
                return
    raise SettingsError("the server did not start; its messages are above")
