"""No word of a text, of a name or of a caller's ID is told to anybody, whatever the call becomes.

Not in the log, not to Prometheus, not to a collector of traces and metrics.
"""

from __future__ import annotations

import json

import grpc
import pytest

from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from tests.support.collector import collecting
from tests.support.engine import SPOILED
from tests.support.process import started
from tests.support.scraping import scraped

SERVER = ("-m", "tests.support.stand_in_server")
WORDS = ("Zarqawiyya", "الزرقاوية", SPOILED, "哈马斯")


def documents() -> list[pb.Document]:
    texts = [f"{word} met Hamas in Gaza." for word in WORDS] + [
        "الزرقاوية في غزة",
        WORDS[3] * 50_000,
    ]
    return [pb.Document(text=text, id=WORDS[1]) for text in texts]


async def every_call_is_made(address: str) -> None:
    """Send the words wherever a caller may write, so that they are linked, missed and refused."""
    async with grpc.aio.insecure_channel(address) as channel:
        linking, gazetteer = LinkingServiceStub(channel), GazetteerServiceStub(channel)
        for document in documents():
            request = pb.LinkTextRequest(document=document)
            await linking.LinkText(request).code()
        await linking.BatchLinkTexts(pb.BatchLinkTextsRequest(documents=documents()))
        stream = linking.StreamLinkTexts(
            pb.StreamLinkTextsRequest(key=WORDS[1], document=d) for d in documents()
        )
        assert len([answer async for answer in stream]) == len(documents())
        tagging = linking.StreamTagTexts(
            pb.StreamTagTextsRequest(key=WORDS[1], document=d) for d in documents()
        )
        assert len([answer async for answer in tagging]) == len(documents())
        names = pb.ResolveNamesRequest(names=[pb.NameQuery(name=word) for word in WORDS])
        await linking.ResolveNames(names)
        await gazetteer.SearchEntities(gazetteer_pb.SearchEntitiesRequest(query=WORDS[1]))
        await gazetteer.GetEntity(gazetteer_pb.GetEntityRequest(id=WORDS[1])).code()
        await gazetteer.GetEntity(gazetteer_pb.GetEntityRequest(id=WORDS[0])).code()


async def test_neither_prometheus_nor_a_collector_is_told_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "100")
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://{collector.address}")
        settings = {"metrics_address": "127.0.0.1:0", "drain_delay": "0"}
        async with started(SERVER, **settings) as process:
            serving = await process.logged("serving")
            await every_call_is_made(serving["address"])
            page = await scraped(serving["metrics"])
            process.process.terminate()
            assert await process.exit_code() == 0
        calls = [span for span in collector.spans() if "/" in span.name]
    assert len(calls) == len(documents()) + 7, "all were sent before the end"
    assert page.value("nisba_refusals_total", reason="INTERNAL") == 4
    sent = b"".join(request.SerializeToString() for request in collector.received)
    assert b"nisba.call.duration" in sent
    for word in WORDS:
        assert word not in page.text
        assert word.encode() not in sent
    # An ID of the gazetteer's own is no label either.
    assert "org:hamas" not in page.text
    assert b"org:hamas" not in sent


async def test_a_log_holds_counts_and_codes_but_no_words() -> None:
    async with started(SERVER, log_level="debug", drain_delay="0") as process:
        await every_call_is_made((await process.logged("serving"))["address"])
        process.process.terminate()
        await process.exit_code()
    written = json.dumps(process.log, ensure_ascii=False)
    assert not [word for word in WORDS if word in written]
    logged = [entry for entry in process.log if entry["event"] == "call"]
    assert {entry["method"] for entry in logged} == {
        "LinkText",
        "BatchLinkTexts",
        "StreamLinkTexts",
        "StreamTagTexts",
        "ResolveNames",
        "SearchEntities",
        "GetEntity",
    }
    faults = [entry for entry in process.log if entry["event"] == "fault"]
    assert {fault["exception"] for fault in faults} == {"KeyError"}
    assert len(faults) == 4


@pytest.mark.parametrize(
    ("text", "language"), [("Hamas met in Gaza.", "en"), ("قادة حماس في غزة", "ar")]
)
async def test_a_call_has_one_line_with_its_figures(text: str, language: str) -> None:
    async with started(SERVER, drain_delay="0") as process:
        address = (await process.logged("serving"))["address"]
        async with grpc.aio.insecure_channel(address) as channel:
            request = pb.LinkTextRequest(document=pb.Document(text=text))
            await LinkingServiceStub(channel).LinkText(request, metadata=(("x-request-id", "r1"),))
        line = await process.logged("call")
    assert line.pop("ms") >= line.pop("queue_ms") + line.pop("tag_ms") + line.pop("link_ms") > 0
    assert line.pop("batch_ms") >= 0
    assert line.pop("timestamp")
    assert line == {
        "event": "call",
        "level": "info",
        "logger": "nisba_service.server.interceptors",
        "method": "LinkText",
        "code": "OK",
        "request_id": "r1",
        "caller": "anonymous",
        "documents": 1,
        "code_points": len(text),
        "mentions": 2,
        "languages": language,
    }


async def test_a_refusal_of_a_client_beyond_its_share_tells_no_word() -> None:
    told: list[str] = []
    async with started(
        SERVER, client_code_points="300", client_burst="1", drain_delay="0"
    ) as process:
        address = (await process.logged("serving"))["address"]
        async with grpc.aio.insecure_channel(address) as channel:
            linking = LinkingServiceStub(channel)
            for document in documents()[:4] * 3:
                call = linking.LinkText(pb.LinkTextRequest(document=document))
                if await call.code() is grpc.StatusCode.RESOURCE_EXHAUSTED:
                    told += [await call.details(), str(await call.trailing_metadata())]
        process.process.terminate()
        await process.exit_code()
    written = json.dumps(process.log, ensure_ascii=False)
    reasons = [entry.get("reason") for entry in process.log if entry["event"] == "call"]
    assert reasons.count("CLIENT_LIMIT_EXCEEDED") == len(told) / 2 > 0
    assert not [word for word in WORDS if word in written or word in "".join(told)]
