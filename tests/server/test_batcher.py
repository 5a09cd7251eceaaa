"""The queue, its budgets and its refusals. Threads are real; gates, not sleeps, order events."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager

import pytest

from nisba_service.server.batcher import Batcher
from nisba_service.server.errors import Expired, Overloaded, ShuttingDown
from nisba_service.server.jobs import Capacity, Job
from nisba_service.server.reading import Unwanted

ROOMY = Capacity(queue=1_000, batch=100)
Words = Sequence[Job[str, str]]


class Workshop:
    """Shouts words, one batch at a time, each batch only when it is let through."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)

    def run(self, jobs: Words) -> list[str | Exception]:
        batch = [job.work for job in jobs]
        self.batches.append(batch)
        self.begun.release()
        self.gate.acquire()
        return [ValueError() if word == "سيئ" else word + "!" for word in batch]

    async def has_begun(self) -> None:
        await asyncio.to_thread(self.begun.acquire)

    def let_through(self, batches: int = 1) -> None:
        self.gate.release(batches)


@asynccontextmanager
async def batching(
    run: Callable[[Words], Iterable[str | Exception]], capacity: Capacity = ROOMY
) -> AsyncIterator[Batcher[str, str]]:
    batcher: Batcher[str, str] = Batcher(run, len, capacity, name="test")
    batcher.start()
    try:
        yield batcher
    finally:
        await batcher.close()


async def settle() -> None:
    """Let every task that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)


def in_background(batcher: Batcher[str, str], *words: str) -> asyncio.Task[list[str | Exception]]:
    return asyncio.create_task(batcher.submit(words))


async def test_work_is_done_in_order_and_each_piece_has_its_own_outcome() -> None:
    workshop = Workshop()
    workshop.let_through()
    async with batching(workshop.run) as batcher:
        good, bad, arabic = await batcher.submit(["Aruri", "سيئ", "العاروري"])
    assert good == "Aruri!"
    assert isinstance(bad, ValueError)
    assert arabic == "العاروري!"


async def test_an_idle_worker_begins_at_once_and_what_comes_meanwhile_is_one_batch() -> None:
    workshop = Workshop()
    async with batching(workshop.run) as batcher:
        first = in_background(batcher, "a")
        await workshop.has_begun()
        others = [in_background(batcher, "b"), in_background(batcher, "c")]
        await settle()
        workshop.let_through(2)
        await asyncio.gather(first, *others)
    assert workshop.batches == [["a"], ["b", "c"]]


async def test_a_batch_ends_where_the_next_piece_does_not_fit_its_budget() -> None:
    workshop = Workshop()
    workshop.let_through(3)
    async with batching(workshop.run, Capacity(queue=1_000, batch=5)) as batcher:
        await batcher.submit(["aa", "bbb", "c", "dddd"])
    assert workshop.batches == [["aa", "bbb"], ["c", "dddd"]]


async def test_a_piece_larger_than_a_batch_runs_alone() -> None:
    workshop = Workshop()
    workshop.let_through(3)
    async with batching(workshop.run, Capacity(queue=1_000, batch=3)) as batcher:
        await batcher.submit(["a", "bbbbbb", "c"])
    assert workshop.batches == [["a"], ["bbbbbb"], ["c"]]


async def test_two_workers_run_side_by_side() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=10, batch=1, workers=2)) as batcher:
        both = in_background(batcher, "a", "b")
        await workshop.has_begun()
        await workshop.has_begun()
        workshop.let_through(2)
        assert await both == ["a!", "b!"]


async def test_what_does_not_fit_the_queue_is_refused_and_nothing_of_it_is_done() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=4, batch=4)) as batcher:
        tasks = [in_background(batcher, "a")]
        await workshop.has_begun()
        tasks.append(in_background(batcher, "bbb"))
        await settle()
        with pytest.raises(Overloaded):
            await batcher.submit(["c", "d"])
        workshop.let_through(2)
        await asyncio.gather(*tasks)
    assert workshop.batches == [["a"], ["bbb"]]


async def test_work_larger_than_the_queue_is_let_in_where_nothing_waits() -> None:
    workshop = Workshop()
    workshop.let_through()
    async with batching(workshop.run, Capacity(queue=2, batch=10)) as batcher:
        assert await batcher.submit(["حمد الله"]) == ["حمد الله!"]


async def test_what_cannot_be_done_in_time_is_refused_with_the_time_to_wait() -> None:
    workshop = Workshop()
    async with batching(workshop.run) as batcher:
        learning = in_background(batcher, "a")
        await workshop.has_begun()
        await asyncio.sleep(0.05)
        workshop.let_through()
        await learning
        tasks = [in_background(batcher, "b"), in_background(batcher, "c" * 20)]
        await workshop.has_begun()
        with pytest.raises(Overloaded) as refused:
            await batcher.submit(["d"], time_remaining=0.1)
        # The running batch costs 21, and a unit took at least 0.05 s: half of it is left.
        assert 0.5 <= refused.value.retry_after <= 30.0
        workshop.let_through(2)
        await asyncio.gather(*tasks)


async def test_an_idle_worker_takes_work_whatever_its_pace_was() -> None:
    workshop = Workshop()
    async with batching(workshop.run) as batcher:
        slow = in_background(batcher, "a")
        await workshop.has_begun()
        await asyncio.sleep(0.05)
        workshop.let_through(2)
        await slow
        assert await batcher.submit(["b" * 1_000], time_remaining=5) == ["b" * 1_000 + "!"]


async def test_work_whose_caller_has_gone_is_dropped_and_gives_its_room_back() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=3, batch=3)) as batcher:
        first = in_background(batcher, "a")
        await workshop.has_begun()
        gone = in_background(batcher, "bbb")
        await settle()
        gone.cancel()
        await settle()
        stays = in_background(batcher, "ccc")
        await settle()
        workshop.let_through(2)
        await asyncio.gather(first, stays)
    assert gone.cancelled()
    assert workshop.batches == [["a"], ["ccc"]]


async def test_work_whose_deadline_has_passed_is_dropped() -> None:
    workshop = Workshop()
    async with batching(workshop.run) as batcher:
        first = in_background(batcher, "a")
        await workshop.has_begun()
        late = asyncio.create_task(batcher.submit(["b"], time_remaining=0.01))
        await asyncio.sleep(0.03)
        workshop.let_through()
        [outcome] = await late
        await first
    assert isinstance(outcome, Expired)
    assert workshop.batches == [["a"]]


async def test_patient_work_waits_for_room_in_its_half_of_the_queue() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=8, batch=8)) as batcher:
        running = in_background(batcher, "x")
        await workshop.has_begun()
        patient = [asyncio.create_task(batcher.submit_patiently(w)) for w in ("a", "bbb", "ccc")]
        await settle()
        impatient = in_background(batcher, "dddd")
        await settle()
        workshop.let_through(3)
        assert await asyncio.gather(*patient) == ["a!", "bbb!", "ccc!"]
        assert await running == ["x!"]
        assert await impatient == ["dddd!"]
    assert workshop.batches == [["x"], ["a", "bbb", "dddd"], ["ccc"]]


async def test_patient_work_whose_caller_has_gone_does_not_block_what_waits_behind_it() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=4, batch=2)) as batcher:
        running = in_background(batcher, "a")
        await workshop.has_begun()
        waiting, gone, behind = (
            asyncio.create_task(batcher.submit_patiently(word)) for word in ("bb", "cc", "dd")
        )
        await settle()
        gone.cancel()
        workshop.let_through(3)
        assert [await waiting, await behind] == ["bb!", "dd!"]
        assert await running == ["a!"]
    assert workshop.batches == [["a"], ["bb"], ["dd"]]


async def test_a_batch_that_breaks_as_a_whole_is_the_outcome_of_each_and_the_next_one_runs() -> (
    None
):
    def run(jobs: Words) -> list[str | Exception]:
        batch = [job.work for job in jobs]
        if "كسر" in batch:
            raise RuntimeError
        return list(batch)

    async with batching(run) as batcher:
        first, second = await batcher.submit(["كسر", "b"])
        assert isinstance(first, RuntimeError)
        assert isinstance(second, RuntimeError)
        assert await batcher.submit(["c"]) == ["c"]


async def test_a_run_that_loses_an_outcome_is_an_error_not_a_hang() -> None:
    async with batching(lambda jobs: [job.work for job in jobs[1:]]) as batcher:
        [outcome] = await batcher.submit(["a"])
    assert isinstance(outcome, ValueError)


async def test_closing_answers_what_waits_and_refuses_what_comes() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=2, batch=1)) as batcher:
        running = in_background(batcher, "a")
        await workshop.has_begun()
        queued = in_background(batcher, "b")
        patient = asyncio.create_task(batcher.submit_patiently("c"))
        await settle()
        assert batcher.busy
        await batcher.close()
        [outcome] = await queued
        assert isinstance(outcome, ShuttingDown)
        assert isinstance(await patient, ShuttingDown)
        with pytest.raises(ShuttingDown):
            await batcher.submit(["d"])
        running.cancel()
        workshop.let_through()


async def test_a_crowd_that_leaves_at_once_is_forgotten_without_a_walk_for_each() -> None:
    workshop = Workshop()
    crowd = 20_000
    async with batching(workshop.run, Capacity(queue=10 * crowd, batch=1)) as batcher:
        running = in_background(batcher, "a")
        await workshop.has_begun()
        leaving = in_background(batcher, *["b"] * crowd)
        await settle()
        leaving.cancel()
        await settle()
        workshop.let_through(2)
        assert await running == ["a!"]
        assert await batcher.submit(["c"]) == ["c!"]
    assert workshop.batches == [["a"], ["c"]]


class OneByOne:
    """Shouts the words of a batch one after another, each only when it is let through."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.done: list[str] = []

    def run(self, jobs: Words) -> Iterator[str | Exception]:
        for job in jobs:
            self.gate.acquire()
            if not job.is_wanted:
                yield Unwanted()
                continue
            self.done.append(job.work)
            yield job.work + "!"


async def test_an_outcome_is_told_while_the_rest_of_its_batch_still_runs() -> None:
    by_turns = OneByOne()
    async with batching(by_turns.run, Capacity(queue=10, batch=10)) as batcher:
        first, second = (in_background(batcher, word) for word in ("حماس", "فتح"))
        by_turns.gate.release()
        assert await first == ["حماس!"]
        assert not second.done()
        by_turns.gate.release()
        assert await second == ["فتح!"]


async def test_work_whose_caller_goes_in_the_middle_of_its_batch_is_not_done() -> None:
    by_turns = OneByOne()
    async with batching(by_turns.run, Capacity(queue=10, batch=10)) as batcher:
        tasks = [in_background(batcher, word) for word in ("a", "b", "c")]
        late = asyncio.create_task(batcher.submit(["d"], time_remaining=0.05))
        by_turns.gate.release()
        await tasks[0]
        tasks[1].cancel()
        await asyncio.sleep(0.1)
        by_turns.gate.release(3)
        assert await tasks[2] == ["c!"]
        [outcome] = await late
        assert isinstance(outcome, Expired)
    assert by_turns.done == ["a", "c"]


async def test_a_batch_that_breaks_in_the_middle_keeps_what_was_done() -> None:
    def run(jobs: Words) -> Iterator[str | Exception]:
        for job in jobs:
            if job.work == "كسر":
                raise RuntimeError
            yield job.work

    async with batching(run) as batcher:
        good, broken, after = await batcher.submit(["a", "كسر", "b"])
        assert good == "a"
        assert isinstance(broken, RuntimeError)
        assert isinstance(after, RuntimeError)
        assert await batcher.submit(["c"]) == ["c"]


async def test_a_worker_leaves_the_others_their_share_of_what_waits() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=100, batch=100, workers=2)) as batcher:
        workshop.let_through(4)
        assert len(await batcher.submit(["a", "b", "c", "d"])) == 4
    assert workshop.batches == [["a", "b"], ["c"], ["d"]]


async def test_a_worker_that_is_idle_takes_what_would_be_late_behind_the_busy_one() -> None:
    workshop = Workshop()
    async with batching(workshop.run, Capacity(queue=100, batch=100, workers=2)) as batcher:
        slow = in_background(batcher, "a")
        await workshop.has_begun()
        await asyncio.sleep(0.05)
        workshop.let_through()
        await slow
        busy = in_background(batcher, "b" * 50)
        await workshop.has_begun()
        beside = asyncio.create_task(batcher.submit(["c"], time_remaining=1.0))
        await workshop.has_begun()
        workshop.let_through(2)
        assert await beside == ["c!"]
        await busy


class Spectator:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.left_behind: list[Job[str, str]] = []

    def began(self, batch: Words) -> None:
        self.batches.append([job.work for job in batch])

    def left(self, job: Job[str, str]) -> None:
        self.left_behind.append(job)


async def test_whoever_watches_is_told_of_every_batch_and_of_every_job() -> None:
    spectator, workshop = Spectator(), Workshop()
    batcher: Batcher[str, str] = Batcher(workshop.run, len, ROOMY, name="test", watch=spectator)
    batcher.start()
    first = in_background(batcher, "حماس")
    await workshop.has_begun()
    cancelled, patient = in_background(batcher, "b"), in_background(batcher, "غزة", "d")
    await settle()
    assert (batcher.load.waiting, batcher.load.running) == (3, 1)
    assert batcher.load.filled == 5 / 1_000
    cancelled.cancel()
    workshop.let_through(2)
    await asyncio.gather(first, patient)
    await batcher.close()
    assert spectator.batches == [["حماس"], ["غزة", "d"]]
    of = {job.work: job for job in spectator.left_behind}
    assert set(of) == {"حماس", "b", "غزة", "d"}
    assert of["b"].began is None
    for done in (of["حماس"], of["غزة"]):
        assert done.began is not None
        assert done.ended is not None
        assert done.submitted <= done.began <= done.ended
