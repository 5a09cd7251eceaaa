"""A stream of questions: how much of it is in flight, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest

from nisba_service.server.errors import MalformedRequest, ShuttingDown
from nisba_service.server.stream import AnswerStream


class Caller:
    """Sends questions, counts those that were taken, and keeps the answers; answers on demand."""

    def __init__(self, questions: Iterable[str]) -> None:
        self.taken = 0
        self.answers: list[str] = []
        self.may_answer = asyncio.Event()
        self.reads = asyncio.Event()
        self.reads.set()
        self._questions = questions

    async def questions(self) -> AsyncIterator[str]:
        for question in self._questions:
            self.taken += 1
            yield question

    async def answer(self, question: str) -> str:
        await self.may_answer.wait()
        return question + "!"

    async def write(self, answer: str) -> None:
        await self.reads.wait()
        self.answers.append(answer)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def streaming(
    caller: Caller, in_flight: int = 2, draining: asyncio.Event | None = None
) -> asyncio.Task[None]:
    stream = AnswerStream(caller.answer, in_flight, draining or asyncio.Event())
    return asyncio.create_task(stream.run(caller.questions(), caller.write))


async def test_every_question_is_answered_once() -> None:
    caller = Caller(["حماس", "Hamas", "فتح"])
    caller.may_answer.set()
    await streaming(caller)
    assert sorted(caller.answers) == ["Hamas!", "حماس!", "فتح!"]


async def test_no_more_is_read_than_may_be_in_flight() -> None:
    caller = Caller("abcdef")
    run = streaming(caller, in_flight=2)
    await settle()
    assert caller.taken == 2
    caller.may_answer.set()
    await run
    assert caller.taken == 6


async def test_a_caller_that_does_not_read_stops_the_reading_of_its_questions() -> None:
    caller = Caller("abcdef")
    caller.may_answer.set()
    caller.reads.clear()
    run = streaming(caller, in_flight=2)
    await settle()
    # One answer waits to be written; what was asked for before that is in flight.
    assert caller.taken <= 3
    caller.reads.set()
    await run
    assert len(caller.answers) == 6


async def test_when_the_server_goes_away_what_was_read_is_answered() -> None:
    caller = Caller("abcdef")
    draining = asyncio.Event()
    run = streaming(caller, in_flight=2, draining=draining)
    await settle()
    draining.set()
    await settle()
    caller.may_answer.set()
    with pytest.raises(ShuttingDown):
        await run
    assert sorted(caller.answers) == ["a!", "b!"]


async def test_a_stream_that_waits_for_questions_ends_when_the_server_goes_away() -> None:
    class Silent(Caller):
        async def questions(self) -> AsyncIterator[str]:
            await asyncio.Event().wait()
            yield "never"

    draining = asyncio.Event()
    run = streaming(Silent([]), draining=draining)
    await settle()
    draining.set()
    with pytest.raises(ShuttingDown):
        await run


async def test_a_broken_question_ends_the_stream_and_what_was_pending() -> None:
    cancelled = asyncio.Event()

    class Broken(Caller):
        async def questions(self) -> AsyncIterator[str]:
            yield "a"
            raise MalformedRequest

        async def answer(self, question: str) -> str:
            try:
                return await super().answer(question)
            except asyncio.CancelledError:
                cancelled.set()
                raise

    with pytest.raises(MalformedRequest):
        await streaming(Broken([]))
    assert cancelled.is_set()


async def test_a_cancelled_stream_leaves_no_task_behind() -> None:
    before = asyncio.all_tasks()
    run = streaming(Caller("abcdef"))
    await settle()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert asyncio.all_tasks() == before
