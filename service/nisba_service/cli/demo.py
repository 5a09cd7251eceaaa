"""`nisba demo`: the main job on real text, through the real server and SDK.

Starts a server of its own on a private socket, links an English article and its Arabic telling,
shows both, and shows that they arrive at the same entities.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nisba
from nisba_service.errors import SettingsError
from nisba_service.settings import bundled

ARTICLES = ("2017-cairo-reconciliation.en", "2017-cairo-reconciliation.ar")
START_SECONDS = 180.0
STOP_SECONDS = 30.0


def demo() -> None:
    """Start a server, link an English and an Arabic article, show that they agree."""
    from nisba_service.cli import render_pretty  # noqa: PLC0415 (other commands need no rich)

    console = render_pretty.console()
    console.print("Starting the service: gazetteer, models, warm-up …")
    with _server() as address, nisba.Client(address, timeout=60.0) as client:
        gazetteer = client.gazetteer()
        console.print(f"Serving {gazetteer.entity_count} entities.\n")
        linked = []
        for article in ARTICLES:
            text = bundled("seeds", "articles", f"{article}.txt").read_text("utf-8")
            linked.append(client.link(text, id=article))
            render_pretty.document(console, text, linked[-1])
        render_pretty.shared(console, *linked)


@contextmanager
def _server() -> Iterator[str]:
    """Yield the address of a server that is ready; stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="nisba-") as folder:
        address = f"unix:{folder}/nisba.sock"
        log = Path(folder, "server.log")
        command = [sys.executable, "-m", "nisba_service.cli", "serve", "--address", address]
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            _wait_until_serving(process, address, log)
            yield address
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _wait_until_serving(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_serving(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SettingsError(f"the server did not start:\n{log.read_text('utf-8')}")
        time.sleep(0.2)
