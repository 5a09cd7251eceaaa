"""What a real collector receives of calls, over OTLP."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, use_span

import nisba
from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as pb
from tests.support.collector import Collector, attributes, collecting
from tests.support.engine import SPOILED
from tests.support.serving import serving

ENGLISH = "Leaders of Hamas met Rami Hamdallah in Gaza."
ARABIC = "التقى قادة حماس رامي الحمد الله في غزة."
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SAMPLED = TraceFlags(TraceFlags.SAMPLED)
CALLER = (("traceparent", f"00-{TRACE}-{PARENT}-01"), ("x-request-id", "r1"))


def link(text: str) -> pb.LinkTextRequest:
    return pb.LinkTextRequest(document=pb.Document(text=text))


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with collecting() as it:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://{it.address}")
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "100")
        yield it


def named(spans: list[Span], name: str) -> Span:
    [found] = [span for span in spans if span.name == name]
    return found


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ARABIC, "ar")])
async def test_a_call_is_a_span_of_its_callers_trace_with_its_figures(
    collector: Collector, text: str, language: str
) -> None:
    async with serving() as served:
        await served.linking.LinkText(link(text), metadata=CALLER)
    call = named(collector.wait_for_spans(4), "nisba.v1.LinkingService/LinkText")
    assert (call.trace_id.hex(), call.parent_span_id.hex()) == (TRACE, PARENT)
    assert call.kind == Span.SPAN_KIND_SERVER
    assert attributes(call) == {
        "rpc.system": "grpc",
        "rpc.service": "nisba.v1.LinkingService",
        "rpc.method": "LinkText",
        "rpc.grpc.status_code": "OK",
        "nisba.request_id": "r1",
        "nisba.documents": 1,
        "nisba.code_points": len(text),
        "nisba.mentions": 3,
        "nisba.languages": language,
    }


async def test_a_document_is_seen_in_the_queue_tagged_and_linked(collector: Collector) -> None:
    async with serving() as served:
        await served.linking.LinkText(link(ARABIC), metadata=CALLER)
    spans = collector.wait_for_spans(4)
    call = named(spans, "nisba.v1.LinkingService/LinkText")
    queue, tag, work = (named(spans, name) for name in ("queue", "tag", "link"))
    for span in (queue, tag, work):
        assert (span.trace_id, span.parent_span_id) == (call.trace_id, call.span_id)
        assert not span.attributes
        assert span.start_time_unix_nano <= span.end_time_unix_nano
    # The wall clock that a span begins by and the steady one of a job may differ by microseconds.
    assert tag.start_time_unix_nano < work.end_time_unix_nano
    assert queue.start_time_unix_nano < work.end_time_unix_nano


async def test_a_fault_is_an_error_without_its_words(collector: Collector) -> None:
    async with serving() as served:
        await served.linking.LinkText(link(f"{SPOILED} الزرقاوية")).code()
        await served.gazetteer.GetEntity(gazetteer_pb.GetEntityRequest(id="org:nobody")).code()
    spans = collector.wait_for_spans(4)
    fault = named(spans, "nisba.v1.LinkingService/LinkText")
    refused = named(spans, "nisba.v1.GazetteerService/GetEntity")
    assert fault.status.code == fault.status.STATUS_CODE_ERROR
    assert attributes(fault)["nisba.reason"] == "INTERNAL"
    assert not fault.events
    assert refused.status.code == refused.status.STATUS_CODE_UNSET, "it is the caller's"
    assert attributes(refused)["nisba.reason"] == "ENTITY_NOT_FOUND"
    assert "الزرقاوية" not in str(collector.received)


async def test_a_call_that_its_caller_does_not_sample_is_not_sent(collector: Collector) -> None:
    async with serving() as served:
        unsampled = (("traceparent", f"00-{TRACE}-{PARENT}-00"),)
        await served.linking.LinkText(link(ENGLISH), metadata=unsampled)
        await served.linking.LinkText(link(ARABIC), metadata=(("traceparent", "00-hamas-01"),))
    spans = collector.wait_for_spans(4)
    assert TRACE not in {span.trace_id.hex() for span in spans}
    assert len([span for span in spans if span.name.endswith("LinkText")]) == 1


async def test_a_long_stream_has_spans_of_its_first_documents_alone(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nisba_service.server.telemetry.spans.DOCUMENTS_OF_A_CALL", 2)
    async with serving() as served:
        texts = [ENGLISH, ARABIC] * 4
        answers = served.linking.StreamLinkTexts(
            pb.StreamLinkTextsRequest(key=str(i), document=pb.Document(text=text))
            for i, text in enumerate(texts)
        )
        assert len([answer async for answer in answers]) == 8
    spans = collector.wait_for_spans(7)
    assert sorted(span.name for span in spans if "/" not in span.name) == sorted(
        ["queue", "tag", "link"] * 2
    )


async def test_metrics_are_sent_too(collector: Collector) -> None:
    async with serving() as served:
        await served.linking.LinkText(link(ARABIC))
        names = {metric.name for metric in collector.wait_for_metrics()}
    assert {"nisba.call.duration", "nisba.links", "nisba.queue.waiting"} <= names


async def test_what_is_sent_names_the_service(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test")
    async with serving() as served:
        await served.linking.LinkText(link(ARABIC))
    collector.wait_for_spans(4)
    told = str(collector.received)
    assert '"service.name"' in told
    assert '"nisba"' in told
    assert "deployment.environment" in told


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
async def test_the_sdk_passes_its_callers_span_on(collector: Collector, text: str) -> None:
    span = SpanContext(int(TRACE, 16), int(PARENT, 16), is_remote=False, trace_flags=SAMPLED)
    async with serving() as served:
        async with nisba.AsyncClient(served.address) as client:
            with use_span(NonRecordingSpan(span)):
                linked = await client.link(text)
        with nisba.Client(served.address) as client, use_span(NonRecordingSpan(span)):
            await asyncio.to_thread(client.link, text)
    assert linked.timing is not None
    assert linked.timing.total >= linked.timing.tag + linked.timing.link > 0
    calls = [s for s in collector.wait_for_spans(8) if s.name.endswith("LinkText")]
    assert {(s.trace_id.hex(), s.parent_span_id.hex()) for s in calls} == {(TRACE, PARENT)}
    assert linked.timing.request_id in {attributes(s)["nisba.request_id"] for s in calls}
