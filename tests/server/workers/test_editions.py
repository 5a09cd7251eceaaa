"""Snapshots on a shelf: whole ones only, and no more than are needed."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nisba_service.server.workers.editions import Shelf
from nisba_service.server.workers.snapshot import open_parts
from tests.support.engine import engine


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    it = Shelf()
    yield it
    it.remove()


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond its first bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_what_could_not_be_saved_is_saved_when_there_is_room_again(shelf: Shelf) -> None:
    parts = engine().parts
    with full_disk(), pytest.raises(OSError, match=r"File too large|requested and"):
        shelf.of(3, parts)
    opened = open_parts(shelf.of(3, parts))
    assert opened.gazetteer.entities.keys() == parts.gazetteer.entities.keys()
    assert [m.entity_id for m in opened.index.match("رامي الحمد الله")] == [
        m.entity_id for m in parts.index.match("رامي الحمد الله")
    ]


def test_the_newest_snapshot_and_the_one_before_it_are_kept(shelf: Shelf) -> None:
    parts = engine().parts
    first, second, third = (shelf.of(number, parts) for number in range(3))
    assert not first.exists()
    assert second.exists()
    assert shelf.of(2, parts) == third
