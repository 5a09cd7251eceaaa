"""A collector that is away, or that takes and never answers, costs no call, no memory, no log."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import grpc
import pytest

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from tests.support.process import started
from tests.support.scraping import scraped

SERVER = ("-m", "tests.support.stand_in_server")
CALLS = 150
TEXTS = ("Hamas met in Gaza.", "قادة حماس في غزة")


@contextmanager
def away() -> Iterator[str]:
    """Give an address where nobody is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def silent() -> Iterator[str]:
    """Give an address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize("collector", [away, silent])
async def test_calls_are_answered_the_log_says_it_once_and_the_end_comes(
    monkeypatch: pytest.MonkeyPatch, collector: Callable[[], AbstractContextManager[str]]
) -> None:
    with collector() as address:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://{address}")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "20")
        monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "64")
        monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "16")
        monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "100")
        settings = {"metrics_address": "127.0.0.1:0", "drain_delay": "0"}
        async with started(SERVER, **settings) as process:
            serving = await process.logged("serving")
            async with grpc.aio.insecure_channel(serving["address"]) as channel:
                linking = LinkingServiceStub(channel)
                for text in TEXTS * CALLS:
                    request = pb.LinkTextRequest(document=pb.Document(text=text))
                    assert len((await linking.LinkText(request)).document.mentions) == 2
                told = {(await process.logged("not_exporting"))["signal"] for _ in range(2)}
                page = await scraped(serving["metrics"])
            process.process.terminate()
            assert await process.exit_code() == 0
    assert told == {"traces", "metrics"}
    failed = page.value("nisba_exports_total", signal="traces", result="failed")
    assert failed is not None
    assert failed >= 1
    assert page.value("nisba_exports_total", signal="traces", result="sent") == 0
    others = [
        e for e in process.log if e["event"] not in {"call", "serving", "draining", "stopped"}
    ]
    assert [e["event"] for e in others] == ["not_exporting"] * 2, "once for each signal"
