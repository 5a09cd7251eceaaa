"""A server with worker processes: edits, signals and killed workers, on the wire."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import nisba
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from tests.support.faulty import DIES, held
from tests.support.process import ServerProcess, started
from tests.support.records import seeded
from tests.support.scraping import scraped

SERVER = ("-m", "tests.support.stand_in_server")
ENGLISH = "Leaders of Hamas met in Gaza."
ARABIC = "التقى قادة حماس في غزة."
NAMES = ("Zaydan Marwani", "زيدان المرواني")
OWNERS = ("per:even", "per:odd")


@dataclass(frozen=True, slots=True)
class Running:
    server: ServerProcess
    client: nisba.AsyncClient

    @property
    def workers(self) -> set[int]:
        """The processes that the server has started."""
        tasks = Path(f"/proc/{self.server.process.pid}/task")
        return {int(pid) for t in tasks.iterdir() for pid in (t / "children").read_text().split()}

    @asynccontextmanager
    async def log_read(self) -> AsyncIterator[None]:
        """Read the log on: a server whose log nobody reads stands still when the pipe is full."""
        reading = asyncio.create_task(self.server.exit_code())
        try:
            yield
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def until(self, event: str) -> None:
        """Return when the log has a line of this event."""
        await asyncio.wait_for(self.server.logged(event), 60)


@asynccontextmanager
async def running(**settings: str) -> AsyncIterator[Running]:
    defaults = {"drain_delay": "0", "grace": "20", "workers": "2"}
    async with started(SERVER, **defaults | settings) as server:
        address = (await server.logged("serving"))["address"]
        async with nisba.AsyncClient(address, timeout=60) as client:
            yield Running(server, client)


async def appears(file: Path) -> None:
    while not file.exists():
        await asyncio.sleep(0.01)


def is_gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_text_in_a_worker_is_answered_before_the_end_and_no_process_is_left(
    number: signal.Signals, tmp_path: Path
) -> None:
    hold = tmp_path / "hold"
    async with running() as it:
        workers = it.workers
        call = asyncio.ensure_future(it.client.link(f"{ARABIC} {held(hold)}"))
        await appears(Path(f"{hold}.begun"))
        for process in (it.server.process.pid, *workers):  # a terminal tells all of its group
            os.kill(process, number)
        await it.until("draining")
        hold.touch()
        assert [m.entity_id for m in (await call).mentions] == ["org:hamas", "loc:gaza"]
        assert await it.server.exit_code() == 0
        assert all(map(is_gone, workers))


async def test_a_second_signal_ends_the_workers_too_and_leaves_no_folder(tmp_path: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("nisba-workers-*"))
    hold = tmp_path / "hold"
    async with running() as it:
        workers = it.workers
        call = asyncio.ensure_future(it.client.link(f"{ENGLISH} {held(hold)}"))
        await appears(Path(f"{hold}.begun"))
        it.server.process.send_signal(signal.SIGTERM)
        await it.until("draining")
        it.server.process.send_signal(signal.SIGTERM)
        assert await it.server.exit_code() == 128 + signal.SIGTERM
        assert all(map(is_gone, workers))
        with pytest.raises(nisba.NisbaError):
            await call
    assert set(Path(tempfile.gettempdir()).glob("nisba-workers-*")) <= before


async def test_workers_do_not_outlive_a_server_that_is_killed() -> None:
    async with running() as it:
        workers = it.workers
        assert len(workers) == 2
        it.server.process.kill()
        await it.server.exit_code()
        while not all(map(is_gone, workers)):
            await asyncio.sleep(0.05)


async def test_workers_are_killed_under_load_and_no_call_is_lost() -> None:
    async with running() as it:

        async def load(text: str) -> None:
            for _ in range(100):
                document = await it.client.link(text)
                assert [m.entity_id for m in document.mentions] == ["org:hamas", "loc:gaza"]

        calls = asyncio.gather(*(load(text) for text in (ENGLISH, ARABIC) * 4))
        for _ in range(3):
            os.kill(min(it.workers), signal.SIGKILL)
            await it.until("worker_started")
        async with it.log_read():
            await calls


async def test_a_poisonous_text_is_internal_for_its_call_alone() -> None:
    async with running() as it:
        poison, good = await asyncio.gather(
            it.client.link(f"{ARABIC} {DIES}"), it.client.link(ENGLISH), return_exceptions=True
        )
        assert isinstance(poison, nisba.NisbaError)
        assert poison.reason == "INTERNAL"
        assert isinstance(good, nisba.LinkedDocument)
        assert len(good.mentions) == 2


async def test_edits_land_while_texts_are_linked_and_no_answer_is_of_two_revisions(
    tmp_path: Path,
) -> None:
    url = StoreUrl(Database.SQLITE, str(tmp_path / "gazetteer.db"))
    with Store.open(url) as store:
        seeded(store)
    met: set[int] = set()

    def check(document: nisba.LinkedDocument) -> None:
        revision = document.provenance.gazetteer_revision
        assert document.entity_ids & set(OWNERS) == {OWNERS[revision % 2]}
        met.add(revision)

    async with running(gazetteer=str(tmp_path / "gazetteer.db")) as it:

        async def move(number: int) -> None:
            people = [
                nisba.Entity(
                    owner,
                    nisba.EntityType.PERSON,
                    tuple(
                        nisba.Name(name, "")
                        for name in (f"Nobody Else {number}", *NAMES[: 2 * (number % 2 == parity)])
                    ),
                )
                for parity, owner in enumerate(OWNERS)
            ]
            assert (await it.client.import_entities(people)).number == number

        async def load(stop: asyncio.Event) -> None:
            while not stop.is_set():
                for outcome in await it.client.link_batch([f"{name}." for name in NAMES]):
                    assert isinstance(outcome, nisba.LinkedDocument), outcome
                    check(outcome)

        async with it.log_read():
            await move(2)
            stop = asyncio.Event()
            loads = asyncio.gather(*(load(stop) for _ in range(4)))
            for number in range(3, 13):
                await move(number)
                document = await it.client.link(NAMES[1])
                check(document)
                assert document.provenance.gazetteer_revision >= number
            os.kill(min(it.workers), signal.SIGKILL)
            await move(13)
            check(await it.client.link(NAMES[0]))
            stop.set()
            await loads
    assert len(met) > 3


async def test_what_workers_take_and_how_they_fare_is_told_at_the_servers_address() -> None:
    async with started(
        SERVER, workers="2", drain_delay="0", metrics_address="127.0.0.1:0"
    ) as server:
        serving = await server.logged("serving")
        async with nisba.AsyncClient(serving["address"]) as client:
            for text in (ENGLISH, ARABIC):
                assert len((await client.link(text)).mentions) == 2
            before = await scraped(serving["metrics"])
            with pytest.raises(nisba.InternalError):
                await client.link(DIES)
        async with asyncio.timeout(60):
            while (after := await scraped(serving["metrics"])).value("nisba_workers_alive") != 2:
                await asyncio.sleep(0.05)
    for language in ("en", "ar"):
        for name in ("nisba_tag_duration_seconds", "nisba_link_duration_seconds"):
            assert before.value(f"{name}_count", language=language) == 1
            seconds = before.value(f"{name}_sum", language=language)
            assert seconds is not None
            assert seconds > 0
    told = ("wanted", "alive", "lost_total")
    assert [before.value(f"nisba_workers_{name}") for name in told] == [2, 2, 0]
    assert [after.value(f"nisba_workers_{name}") for name in told] == [2, 2, 2]
