"""Prometheus's side of the metrics: a page over HTTP, read by Prometheus's own parser."""

from __future__ import annotations

import asyncio
import http.client
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample


@dataclass(frozen=True, slots=True)
class Page:
    """The metrics at one moment."""

    text: str

    @property
    def kinds(self) -> dict[str, str]:
        """Return the kind of each metric, by its name with all suffixes but a histogram's."""
        return {
            f"{family.name}_total" if family.type == "counter" else family.name: family.type
            for family in text_string_to_metric_families(self.text)
        }

    @property
    def samples(self) -> list[Sample]:
        """Return all samples."""
        return [s for family in text_string_to_metric_families(self.text) for s in family.samples]

    def value(self, name: str, **labels: str) -> float | None:
        """Return the value of one series; None: there is none."""
        [*found] = [s.value for s in self.samples if s.name == name and s.labels == labels]
        assert len(found) <= 1, f"{name} {labels} is there {len(found)} times"
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer over HTTP."""

    status: int
    type: str
    body: str


def get(address: str, path: str = "/metrics") -> HttpAnswer:
    """Return the answer to GET."""
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return HttpAnswer(answer.status, answer.headers["Content-Type"], answer.read().decode())
    finally:
        connection.close()


async def scraped(address: str | None) -> Page:
    """Return the page at an address, and leave the event loop to whoever answers."""
    assert address is not None
    answer = await asyncio.to_thread(get, address)
    assert answer.status == 200
    return Page(answer.body)
