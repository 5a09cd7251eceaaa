"""`python -m bench.serve.telemetry`: what telemetry costs, in processor time of the server a call.

Three servers side by side, in turn given the same calls: one that tells nothing, one whose metrics
are read every second, and one that sends every call to a collector besides. Prints a table.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import threading
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final

import grpc

from bench.serve import texts
from bench.serve.processes import Serving, serving
from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub

_SERVER: Final = ("nisba_service.cli", "serve")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_ENTITY: Final = "org:hamas"
_SENTENCES: Final = ("Leaders of Hamas met in Gaza.", "اجتمع قادة حماس في غزة.")

Call = Callable[[grpc.aio.Channel, int], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of call, and how many of it make a round."""

    name: str
    call: Call
    round: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve.telemetry")
    parser.add_argument("--rounds", type=int, default=7, help="median of so many; default: 7")
    rounds = parser.parse_args().rounds
    port, collector = _free_port(), _collector()
    with (
        serving(*_SERVER) as plain,
        serving(*_SERVER, metrics_address=port) as metered,
        _exporting(collector),
        serving(*_SERVER, metrics_address=_free_port()) as traced,
    ):
        threading.Thread(target=_read_each_second, args=(port,), daemon=True).start()
        servers = {"without": plain, "metrics, read": metered, "and traces, sent": traced}
        for line in asyncio.run(_measured(servers, rounds)):
            print(line)


async def _measured(servers: dict[str, Serving], rounds: int) -> list[str]:
    lines = ["| call | server | ms a call | more |", "| --- | --- | ---: | ---: |"]
    for kind in _kinds():
        spent: dict[str, list[float]] = {name: [] for name in servers}
        for number in range(rounds + 1):
            order = list(servers)[number % 3 :] + list(servers)[: number % 3]
            for name in order:
                spent[name].append(await _round(servers[name], kind, number))
        # The first round loads what is loaded lazily.
        ms = {name: median(times[1:]) for name, times in spent.items()}
        for name, value in ms.items():
            more = value / ms["without"] - 1
            lines.append(f"| {kind.name} | {name} | {value:.3f} | {more:+.1%} |")
    return lines


async def _round(server: Serving, kind: _Kind, number: int) -> float:
    """Return milliseconds of the server's processor time a call."""
    async with grpc.aio.insecure_channel(server.address) as channel:
        before = _seconds(server.pid)
        for i in range(kind.round):
            await kind.call(channel, number * kind.round + i)
        return (_seconds(server.pid) - before) / kind.round * 1000


def _kinds() -> tuple[_Kind, ...]:
    read = list(islice(texts.made_up(9), 512))

    def link(channel: grpc.aio.Channel, i: int) -> Awaitable[Any]:
        request = pb.LinkTextRequest(document=pb.Document(text=read[i % len(read)]))
        return LinkingServiceStub(channel).LinkText(request)

    def get(channel: grpc.aio.Channel, i: int) -> Awaitable[Any]:
        return GazetteerServiceStub(channel).GetEntity(gazetteer_pb.GetEntityRequest(id=_ENTITY))

    def link_short(channel: grpc.aio.Channel, i: int) -> Awaitable[Any]:
        request = pb.LinkTextRequest(document=pb.Document(text=_SENTENCES[i % 2]))
        return LinkingServiceStub(channel).LinkText(request)

    return (
        _Kind("LinkText, 150 words", link, 50),
        _Kind("LinkText, a sentence", link_short, 300),
        _Kind("GetEntity", get, 1_000),
    )


def _seconds(pid: int) -> float:
    """Return the processor time of a process, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def _read_each_second(address: str) -> None:
    pause = threading.Event()
    while not pause.wait(1.0):
        try:
            urllib.request.urlopen(f"http://{address}/metrics", timeout=5).read()
        except OSError:
            return  # the server has ended


def _collector() -> str:
    """Run a collector that takes everything and keeps nothing; return its address."""
    taken: Any = grpc.unary_unary_rpc_method_handler(lambda request, context: b"")
    server = grpc.server(ThreadPoolExecutor(2))
    for signal in ("trace.v1.Trace", "metrics.v1.Metrics"):
        name = f"opentelemetry.proto.collector.{signal}Service"
        handlers = grpc.method_handlers_generic_handler(name, {"Export": taken})
        server.add_generic_rpc_handlers((handlers,))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    _KEPT.append(server)
    return f"http://127.0.0.1:{port}"


_KEPT: Final[list[grpc.Server]] = []  # one that nobody holds would stop


@contextmanager
def _exporting(endpoint: str) -> Iterator[None]:
    os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint
    try:
        yield
    finally:
        del os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"]


if __name__ == "__main__":
    main()
