"""The address that Prometheus reads: GET /metrics over plain HTTP, in threads of its own.

The event loop has no part in it, so that no answer waits while a page is made. Readers are few:
more than a handful at once are turned away, and one that does not speak is dropped after seconds.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, Final

from nisba_service.errors import SettingsError

PATH: Final = "/metrics"
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
"""What Prometheus calls the format of exposition.py."""

_READERS: Final = 8
"""Connections at a time: two Prometheus servers, and a person who looks."""

_SILENCE_SECONDS: Final = 5.0
"""How long a reader may take to send its question, or to take a piece of the answer."""


class ScrapePort:
    """Serves a page at PATH from its making to `close`.

    Raises:
        SettingsError: the address cannot be served.
    """

    def __init__(self, address: str, page: Callable[[], str]) -> None:
        host, _, port = address.rpartition(":")
        try:
            self._server = _Server((host.strip("[]"), int(port)), page)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(
                f"NISBA_METRICS_ADDRESS: cannot listen on {address}: {reason}"
            ) from None
        self.address = f"{host}:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, name="scrape", args=(0.1,), daemon=True
        ).start()

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingMixIn, TCPServer):
    # Not http.server's own: it looks its name up in the DNS before it serves.
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], page: Callable[[], str]) -> None:
        self.page = page
        self._free = threading.BoundedSemaphore(_READERS)
        self.address_family, *_ = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0]
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, or hang up where too many are answered."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a reader that goes away is no event, and http.server would print."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _SILENCE_SECONDS
    server_version = "nisba"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page."""
        if self.path.partition("?")[0] != PATH:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        page = self.server.page().encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Log nothing: what a reader sends is not for the log."""
