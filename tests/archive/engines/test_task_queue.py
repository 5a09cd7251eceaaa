"""Tasks as an engine draws them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nisba_service.archive.engines.base import Task
from nisba_service.archive.engines.task_queue import TaskQueue
from nisba_service.errors import WorkerFailed


def tasks(count: int) -> list[Task]:
    return [Task(shard, (Path(f"in-{shard}"),), (Path(f"out-{shard}"),)) for shard in range(count)]


def test_tasks_come_in_order_and_end() -> None:
    queue = TaskQueue(tasks(3))
    drawn = []
    while queue:
        drawn.append(queue.draw().shard)
    assert drawn == [0, 1, 2]


def test_no_more_than_one_is_drawn_ahead() -> None:
    drawn = []

    def source() -> Iterator[Task]:
        for task in tasks(9):
            drawn.append(task.shard)
            yield task

    queue = TaskQueue(source())
    assert drawn == []
    for _ in range(3):
        assert queue
    queue.draw()
    assert drawn == [0]


def test_a_task_whose_worker_was_lost_comes_again_first() -> None:
    queue = TaskQueue(tasks(2))
    first = queue.draw()
    queue.give_back(first, "NodeDied")
    assert [queue.draw().shard, queue.draw().shard] == [0, 1]
    assert not queue


def test_a_task_that_is_lost_for_the_third_time_ends_the_run() -> None:
    queue = TaskQueue(tasks(2))
    for _ in range(2):
        queue.give_back(queue.draw(), "NodeDied")
    again = queue.draw()
    with pytest.raises(WorkerFailed, match=r"shard 0 was begun 3 times.*NodeDied"):
        queue.give_back(again, "NodeDied")


def test_losses_of_different_tasks_do_not_add_up() -> None:
    queue = TaskQueue(tasks(5))
    for task in [queue.draw() for _ in range(5)]:
        queue.give_back(task, "NodeDied")
    assert sorted(queue.draw().shard for _ in range(5)) == [0, 1, 2, 3, 4]
