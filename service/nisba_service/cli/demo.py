"""`nisba demo`: the main job on real text, through the real server and SDK.

Starts a server of its own on a private socket, links an English article and its Arabic telling,
shows both, and shows that they arrive at the same entities.
"""

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
from nisba_service.settings import bundled

ARTICLES = ("2017-cairo-reconciliation.en", "2017-cairo-reconciliation.ar")
START_SECONDS = 180.0
STOP_SECONDS = 30.0


def demo() -> None:
    """Start a server, link an English and an Arabic article, show that they agree."""
    from nisba_service.cli import render_pretty  # noqa: PLC0415 (other commands need no rich)

    console = render_pretty.console()
    console.print("Starting the service: gazetteer, models, warm-up …")
    with _server() as (address, process), nisba.Client(address, timeout=60.0) as client:
        gazetteer = _wait_until_serving(client, process)
        console.print(f"Serving {gazetteer.entity_count} entities.\n")
        linked = []
        for article in ARTICLES:
            text = bundled("seeds", "articles", f"{article}.txt").read_text("utf-8")
            linked.append(client.link(text, id=article))
            render_pretty.document(console, text, linked[-1])
        render_pretty.shared(console, *linked)


@contextmanager
def _server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the address and process of a server that is starting; stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="nisba-") as folder:
        address = f"unix:{folder}/nisba.sock"
        command = [sys.executable, "-m", "nisba_service.cli", "serve", "--address", address]
        quiet = {**os.environ, "NISBA_LOG_LEVEL": "warning", "NISBA_DRAIN_DELAY": "0"}
        process = subprocess.Popen(command, env=quiet)
        try:
            yield address, process
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _wait_until_serving(client: nisba.Client, process: subprocess.Popen[bytes]) -> nisba.Gazetteer:
    """Return what is served once the server says that it is ready (the SDK asks its health)."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return client.gazetteer(timeout=2.0)
        except (nisba.Unavailable, nisba.DeadlineExceeded):
            time.sleep(0.1)
    raise SettingsError("the server did not start; its messages are above")
