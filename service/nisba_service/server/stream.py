"""A stream of questions, answered as the answers come, with few of them in flight.

One coroutine reads, waits and writes. It reads on only while fewer than `in_flight` questions are
unanswered, so a caller that stops reading stops us too: HTTP/2's window fills, the write waits,
and nothing more is read or kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

from nisba_service.server.errors import ShuttingDown

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class AnswerStream(Generic[Question, Answer]):
    """Answers one stream, once.

    Args:
        answer: answers one question; its own errors are part of the answer.
        in_flight: most questions that are read and whose answers are not yet written.
        draining: set when the server goes away; what was read is still answered.
    """

    def __init__(
        self,
        answer: Callable[[Question], Coroutine[Any, Any, Answer]],
        in_flight: int,
        draining: asyncio.Event,
    ) -> None:
        self._answer = answer
        self._in_flight = in_flight
        self._draining = draining
        self._reading: asyncio.Task[Question | None] | None = None
        self._at_end = False
        self._pending: set[asyncio.Task[Answer]] = set()

    async def run(
        self, questions: AsyncIterator[Question], write: Callable[[Answer], Awaitable[None]]
    ) -> None:
        """Answer until the questions end.

        Raises:
            ShuttingDown: the server goes away; every question that was read has been answered.
        """
        drained = asyncio.create_task(self._draining.wait())
        try:
            while self._go_on(questions):
                await self._something_happens(drained)
                await self._write_answers(write)
        finally:
            await self._give_up(drained)
        if not self._at_end:
            raise ShuttingDown

    def _go_on(self, questions: AsyncIterator[Question]) -> bool:
        """Take the question that was read, read the next if there is room; tell if work is left."""
        self._take_question()
        if self._draining.is_set() and self._reading is not None:
            self._reading.cancel()
            self._reading = None
        has_room = len(self._pending) < self._in_flight
        if has_room and self._reading is None and not self._at_end and not self._draining.is_set():
            self._reading = asyncio.create_task(_next(questions))
        return self._reading is not None or bool(self._pending)

    def _take_question(self) -> None:
        if self._reading is None or not self._reading.done():
            return
        question = self._reading.result()
        self._reading = None
        if question is None:
            self._at_end = True
        else:
            self._pending.add(asyncio.create_task(self._answer(question)))

    async def _something_happens(self, drained: asyncio.Task[Any]) -> None:
        awaited: set[asyncio.Task[Any]] = set(self._pending)
        if self._reading is not None:
            awaited |= {self._reading, drained}
        await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)

    async def _write_answers(self, write: Callable[[Answer], Awaitable[None]]) -> None:
        for task in [task for task in self._pending if task.done()]:
            await write(task.result())
            self._pending.remove(task)

    async def _give_up(self, drained: asyncio.Task[Any]) -> None:
        reading = () if self._reading is None else (self._reading,)
        tasks: list[asyncio.Task[Any]] = [drained, *reading, *self._pending]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _next(questions: AsyncIterator[Question]) -> Question | None:
    return await anext(questions, None)
