"""The edits that are measured, one after another, each a revision of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bench.archive.cast import Cast
from bench.archive.edits import Curator
from bench.archive.figures import ONE
from nisba_service.gazetteer.store.model import Revision

_ONES, _FEWER_ONES = 10, 3
_MOST_NAMED = (10, 100, 1_000)
_MANY = (10, 100, 1_000)


@dataclass(frozen=True, slots=True)
class Planned:
    """An edit of a kind, not made yet."""

    what: str
    make: Callable[[Curator], Revision]


IDLE = Planned("an ID of another system", Curator.number)
"""An edit that no link depends on: what following it takes, following every edit takes."""


def planned(cast: Cast, most: int, *, is_largest: bool) -> list[Planned]:
    """Return the edits; none of more than `most` entities.

    Single spellings first, of any entities, since those that articles name most are few. In the
    largest archive there are more of them, and one for each of three circles of the most named.
    """
    edits = [_spellings(1)] * (_ONES if is_largest else _FEWER_ONES)
    if is_largest:
        edits += _of_the_most_named(cast)
    edits += (_spellings(count) for count in _MANY if count <= most)
    return [
        *edits,
        Planned("two people merged", Curator.merge),
        Planned("a description", Curator.describe),
        Planned("a relation", Curator.relate),
        Planned("a person deleted", Curator.delete),
    ]


def _spellings(count: int) -> Planned:
    what = ONE if count == 1 else f"{count:,} spellings"
    return Planned(what, partial(Curator.add_aliases, count=count))


def _of_the_most_named(cast: Cast) -> Iterator[Planned]:
    for circle in _MOST_NAMED:
        ids = frozenset(player.id for player in cast.players[:circle] if player.is_known)
        make = partial(Curator.add_aliases, count=1, among=ids)
        yield Planned(f"{ONE} of the {circle:,} most named", make)
