"""What Prometheus reads of a running server, over HTTP, with Prometheus's own parser."""

from __future__ import annotations

import asyncio
import threading

import grpc
import pytest

from nisba_service.gazetteer.store.store import Store
from nisba_service.server.telemetry.metrics import METRICS
from nisba_service.server.telemetry.providers import Providers
from nisba_service.server.work import DOCUMENT_OVERHEAD
from tests.support.records import seeded
from tests.support.scraping import get, scraped
from tests.support.serving import Served, serving
from tests.support.use import ARABIC, ENGLISH, link, used

LOOPBACK = "127.0.0.1:0"


async def reaching(served: Served, value: float, name: str, **labels: str) -> None:
    """Return when a metric has reached a value."""
    async with asyncio.timeout(30):
        while (await scraped(served.server.metrics_address)).value(name, **labels) != value:
            await asyncio.sleep(0.01)


async def test_every_metric_is_told_with_its_kind_and_its_labels() -> None:
    async with serving(metrics_address=LOOPBACK) as served:
        await used(served)
        page = await scraped(served.server.metrics_address)
    assert page.kinds == {metric.prometheus_name: metric.kind for metric in METRICS}
    for metric in METRICS:
        series = [s for s in page.samples if s.name.startswith(metric.prometheus_name)]
        expected = {label.name: label.values for label in metric.labels}
        for sample in series:
            labels = {name: value for name, value in sample.labels.items() if name != "le"}
            assert labels.keys() == expected.keys()
            assert all(value in expected[name] for name, value in labels.items()), sample


async def test_what_a_server_did_is_counted_by_language_outcome_and_reason() -> None:
    async with serving(metrics_address=LOOPBACK) as served:
        await used(served)
        page = await scraped(served.server.metrics_address)
    value = page.value
    for language, text in (("en", ENGLISH), ("ar", ARABIC)):
        length = float(len(text))
        assert value("nisba_documents_total", task="link", language=language) == 1
        assert value("nisba_code_points_total", task="link", language=language) == length
        assert value("nisba_documents_total", task="tag", language=language) == 1
        assert value("nisba_tag_duration_seconds_count", language=language) == 2
        assert value("nisba_link_duration_seconds_count", language=language) == 1
    assert value("nisba_links_total", outcome="LINKED", language="en") == 3
    assert value("nisba_links_total", outcome="LINKED", language="ar") == 3
    assert value("nisba_links_total", outcome="NIL", language="ar") == 0
    assert value("nisba_refusals_total", reason="INTERNAL") == 1
    assert value("nisba_refusals_total", reason="FIELD_REQUIRED") == 1, "of a stream's document"
    assert value("nisba_refusals_total", reason="ENTITY_NOT_FOUND") == 1
    assert value("nisba_refusals_total", reason="OVERLOADED") == 0
    assert value("nisba_call_duration_seconds_count", method="LinkText", code="OK") == 2
    assert value("nisba_call_duration_seconds_count", method="LinkText", code="INTERNAL") == 1
    assert value("nisba_call_duration_seconds_count", method="StreamTagTexts", code="OK") == 1
    assert value("nisba_batch_size_count", queue="lookups") == 1
    assert value("nisba_queue_wait_seconds_count", queue="lookups") == 1


async def test_buckets_add_up_and_the_last_holds_all() -> None:
    async with serving(metrics_address=LOOPBACK) as served:
        await used(served)
        page = await scraped(served.server.metrics_address)
    labels = {"method": "LinkText", "code": "OK"}
    buckets = [
        s.value
        for s in page.samples
        if s.name == "nisba_call_duration_seconds_bucket"
        and {k: v for k, v in s.labels.items() if k != "le"} == labels
    ]
    assert buckets == sorted(buckets)
    assert buckets[-1] == page.value("nisba_call_duration_seconds_count", **labels) == 2


async def test_what_waits_and_what_runs_is_told_while_it_does() -> None:
    async with serving(metrics_address=LOOPBACK) as served:
        served.tagger.gate.clear()
        calls = [served.linking.LinkText(link(ARABIC)) for _ in range(3)]
        await reaching(served, 2, "nisba_queue_waiting", queue="texts")
        page = await scraped(served.server.metrics_address)
        served.tagger.gate.set()
        await asyncio.gather(*calls)
        after = await scraped(served.server.metrics_address)
    assert page.value("nisba_queue_waiting", queue="texts") == 2
    filled = page.value("nisba_queue_filled_ratio", queue="texts")
    assert filled == 2 * (len(ARABIC) + DOCUMENT_OVERHEAD) / 2_000_000
    assert page.value("nisba_batches_running", queue="texts") == 1
    assert page.value("nisba_calls_running") == 3
    assert after.value("nisba_queue_waiting", queue="texts") == 0
    assert after.value("nisba_calls_running") == 0


async def test_the_revision_that_is_served_is_told(store: Store) -> None:
    seeded(store)
    async with serving(store, metrics_address=LOOPBACK) as served:
        page = await scraped(served.server.metrics_address)
    assert page.value("nisba_revision_served") == store.head().number
    assert page.value("nisba_revision_behind") == 0
    assert page.value("nisba_following", state="current") == 1
    assert page.value("nisba_following", state="load-failed") == 0
    assert page.value("nisba_serving") == 1
    assert page.value("nisba_workers_wanted") == 0


async def test_a_call_that_is_cancelled_is_counted_as_such() -> None:
    async with serving(metrics_address=LOOPBACK) as served:
        served.tagger.gate.clear()
        call = served.linking.LinkText(link(ARABIC))
        await reaching(served, 1, "nisba_batches_running", queue="texts")
        call.cancel()
        labels = {"method": "LinkText", "code": "CANCELLED"}
        await reaching(served, 1, "nisba_call_duration_seconds_count", **labels)


async def test_a_server_without_an_address_tells_nothing_and_answers_the_same() -> None:
    async with serving() as served:
        assert served.server.metrics_address is None
        call = served.linking.LinkText(link(ARABIC))
        assert len((await call).document.mentions) == 3
        assert await call.code() is grpc.StatusCode.OK


@pytest.mark.parametrize(("path", "status"), [("/", 404), ("/metrics?a=b", 200), ("/etc", 404)])
async def test_there_is_one_page(path: str, status: int) -> None:
    async with serving(metrics_address=LOOPBACK) as served:
        answer = await asyncio.to_thread(get, str(served.server.metrics_address), path)
    assert answer.status == status
    assert (answer.type == "text/plain; version=0.0.4; charset=utf-8") == (status == 200)


async def test_calls_are_answered_while_a_page_is_being_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(_: Providers) -> str:
        begun.set()
        done.wait()
        return ""

    monkeypatch.setattr(Providers, "render", slow)
    async with serving(metrics_address=LOOPBACK) as served:
        reading = asyncio.create_task(scraped(served.server.metrics_address))
        await asyncio.to_thread(begun.wait)
        for text in (ENGLISH, ARABIC):
            assert len((await served.linking.LinkText(link(text))).document.mentions) == 3
        assert not reading.done()
        done.set()
        assert (await reading).text == ""
