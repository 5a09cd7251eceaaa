"""`FakeNisba`: the book and the servicers behind a real gRPC server on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Self

import grpc

from nisba._curation_model import NewName
from nisba._errors import NisbaError
from nisba._model import Entity, LinkedDocument
from nisba._requests import MAX_SEND_BYTES
from nisba.testing._book import Book
from nisba.testing._calls import Call
from nisba.testing._servicers import Gazetteer, Linking
from nisba.v1.gazetteer_service_pb2_grpc import add_GazetteerServiceServicer_to_server
from nisba.v1.linking_service_pb2_grpc import add_LinkingServiceServicer_to_server

_SERVING = b"\x08\x01"  # grpc.health.v1.HealthCheckResponse(status=SERVING)
_THREADS = 16  # calls and open streams at the same time; more wait


class FakeNisba:
    """A Nisba service that answers as it is told, in this process, at `target`.

    A context manager, for `with` and `async with` alike; it serves `Client` and `AsyncClient`, and
    clients of any other language or process on this machine.

    Args:
        entities: what its gazetteer holds from the start.
        port: 0 takes a free one.

    Raises:
        RuntimeError: the port is taken.
    """

    def __init__(self, entities: Iterable[Entity] = (), *, port: int = 0) -> None:
        self._book = Book()
        self._lock = Lock()
        self._calls: list[Call] = []
        self._failures: Iterator[NisbaError] = iter(())
        self._new_names: list[NewName] = []
        for entity in entities:
            self._book.add_entity(entity)
        self._start(port)

    @property
    def target(self) -> str:
        """The address to make clients with."""
        return f"127.0.0.1:{self._port}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """What it was asked, in order."""
        with self._lock:
            return tuple(self._calls)

    def add_entity(self, entity: Entity) -> None:
        """Add an entity under all its names, or replace it."""
        self._book.add_entity(entity)

    def add_name(self, name: str, entity_id: str) -> None:
        """Let a name denote an entity that was added; if it denotes others too, it is ambiguous.

        Raises:
            ValueError: there is no such entity.
        """
        self._book.add_name(name, entity_id)

    def add_text(self, text: str, answer: LinkedDocument | NisbaError) -> None:
        """Answer exactly this text with these mentions, or their spans, or fail it, in any call."""
        self._book.add_text(text, answer)

    def add_new_name(self, name: NewName) -> None:
        """Answer `list_new_names` with this, among others."""
        self._new_names.append(name)

    def fail(self, error: NisbaError, *, times: int | None = None) -> None:
        """Fail the next calls with an error; None: all of them, until `recover`.

        Clients retry `Unavailable` and `Overloaded`: one failure of these stays hidden from the
        caller. `RetryConfig(max_attempts=1)` turns that off.
        """
        with self._lock:
            self._failures = iter(lambda: error, None) if times is None else iter([error] * times)

    def recover(self) -> None:
        """Answer again."""
        with self._lock:
            self._failures = iter(())

    def close(self) -> None:
        """Cancel what is under way and stop serving. Closing twice is harmless."""
        self._server.stop(None).wait()
        self._executor.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self, port: int) -> None:
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="fake-nisba")
        options = [("grpc.so_reuseport", 0), ("grpc.max_receive_message_length", MAX_SEND_BYTES)]
        self._server = grpc.server(self._executor, options=options)
        add_LinkingServiceServicer_to_server(Linking(self._book, self._receive), self._server)
        gazetteer = Gazetteer(self._book, self._receive, self._new_names)
        add_GazetteerServiceServicer_to_server(gazetteer, self._server)
        self._server.add_generic_rpc_handlers((_health(),))
        self._port = self._server.add_insecure_port(f"127.0.0.1:{port}")
        self._server.start()

    def _receive(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)
            error = next(self._failures, None)
        if error is not None:
            raise error


def _health() -> grpc.GenericRpcHandler:
    """Answer the client's health check for as long as it watches.

    Written out here because the health package is no dependency of a client, and without an answer
    gRPC prints an error for every channel.
    """

    def watch(request: bytes, context: grpc.ServicerContext, send: Any) -> None:
        send(_SERVING)

    # gRPC's own health service uses this too: no thread is held while the client watches.
    watch.experimental_non_blocking = True  # type: ignore[attr-defined]  # an attribute is its way
    handler: grpc.RpcMethodHandler[bytes, bytes] = grpc.unary_stream_rpc_method_handler(watch)
    return grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Watch": handler})
