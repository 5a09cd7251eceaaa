"""What passes beside a call: where its time went, and the trace that it is part of."""

from __future__ import annotations

import subprocess
import sys

import pytest
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, TraceState, use_span

import nisba
from nisba._telemetry import timing_of, trace_context
from nisba.testing import FakeNisba

TOLD = nisba.Timing(total=5.0, queue=0.5, batch=0.0, tag=2.25, link=1.5, request_id="fake")
TEXTS = ("Cairo", "القاهرة")
SPAN = SpanContext(
    trace_id=0x0AF7651916CD43DD8448EB211C80319C,
    span_id=0xB7AD6B7169203331,
    is_remote=False,
    trace_flags=TraceFlags(TraceFlags.SAMPLED),
    trace_state=TraceState([("vendor", "1")]),
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_linked_document_says_where_the_time_of_its_call_went(text: str) -> None:
    with FakeNisba() as fake, nisba.Client(fake.target) as client:
        assert client.link(text).timing == TOLD
        [[_, outcome]] = client.link_many([text])
        [of_batch] = client.link_batch([text])
        [[_, streamed]] = client.stream([text])
    for document in (outcome, of_batch):
        assert isinstance(document, nisba.LinkedDocument)
        assert document.timing == TOLD
    assert isinstance(streamed, nisba.LinkedDocument)
    assert streamed.timing is None


@pytest.mark.parametrize("text", TEXTS)
async def test_so_does_one_of_asyncio(text: str) -> None:
    with FakeNisba() as fake:
        async with nisba.AsyncClient(fake.target) as client:
            assert (await client.link(text)).timing == TOLD
            [of_batch] = await client.link_batch([text])
            many = [outcome async for _, outcome in client.link_many([text])]
    for document in (of_batch, *many):
        assert isinstance(document, nisba.LinkedDocument)
        assert document.timing == TOLD


def test_documents_are_equal_whatever_time_they_took() -> None:
    one, other = (nisba.LinkedDocument("1", "ar", (), timing=t) for t in (TOLD, None))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("header", "timing"),
    [
        ("total;dur=3.5", nisba.Timing(total=3.5)),
        ("tag;dur=1,link;dur=2 ,total;dur=4", nisba.Timing(total=4, tag=1, link=2)),
        ("work;dur=1.25, total;dur=2", nisba.Timing(total=2)),
        ("cache;desc=hit, total;dur=2", nisba.Timing(total=2)),
        ("العاروري", nisba.Timing(total=0)),
    ],
)
def test_what_a_newer_service_tells_besides_is_passed_over(
    header: str, timing: nisba.Timing
) -> None:
    assert timing_of([("server-timing", header), ("grpc-status-details-bin", b"\xff")]) == timing


def test_an_older_service_tells_nothing() -> None:
    assert timing_of([("x-request-id", "a")]) is None
    assert timing_of(None) is None


def test_the_current_span_goes_with_a_call() -> None:
    with use_span(NonRecordingSpan(SPAN)):
        assert trace_context() == (
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            ("tracestate", "vendor=1"),
        )
    assert trace_context() == ()


def test_opentelemetry_is_not_imported_for_that() -> None:
    code = (
        "import sys, nisba\nfrom nisba._telemetry import trace_context\n"
        "print(trace_context(), any('opentelemetry' in name for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "() False\n"
