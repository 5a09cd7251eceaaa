"""Who is named how often: the seed gazetteer and invented players in one order of popularity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from typing import Self

from bench.archive.invented import Inventor
from bench.archive.players import Player, ids_of, of_entity
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.names.types import EntityType
from nisba_service.settings import bundled

# Zipf's law with Mandelbrot's shift: the player of rank r is named as 1 / (r + 5). In news
# the first few are about equally frequent; without the shift one name would be in every article.
_SHIFT = 5
# Those whom newsrooms collected first are those whom they write of most.
_SEEDS_AHEAD = 0.25
_MEMBER = 0.6

_TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION)


@dataclass(frozen=True, slots=True)
class Size:
    """How many invented players there are, and how many of all the gazetteer has."""

    invented: int = 20_000
    known: int = 5_000


@dataclass(frozen=True, slots=True)
class Cast:
    """All players, the most popular first."""

    players: tuple[Player, ...]
    by_id: Mapping[str, Player]
    _ranks: Mapping[str, int]
    _of_type: Mapping[EntityType, tuple[Sequence[Player], Sequence[float]]]

    @classmethod
    def of(cls, seed: int, size: Size = Size(), gazetteer: Gazetteer | None = None) -> Self:
        """Make the cast; `gazetteer` is the bundled one if it is not given.

        The curators know the most popular: all of the seed gazetteer is among them.
        """
        gazetteer = load(bundled("seeds", "gazetteer")) if gazetteer is None else gazetteer
        players = _ranked(Random(f"{seed}:cast"), gazetteer, size)
        of_type = {type: _weighted(players, type) for type in _TYPES}
        by_id = {player.id: player for player in players}
        ranks = {player.id: rank for rank, player in enumerate(players, 1)}
        return cls(tuple(players), by_id, ranks, of_type)

    def pick(self, random: Random, type: EntityType) -> Player:
        """Return a player of a type, by popularity."""
        players, weights = self._of_type[type]
        return random.choices(players, cum_weights=weights)[0]

    def rank(self, player_id: str) -> int:
        """Return a player's place in the order of popularity, from 1."""
        return self._ranks[player_id]


def _ranked(random: Random, gazetteer: Gazetteer, size: Size) -> list[Player]:
    known = [of_entity(entity) for entity in gazetteer.entities.values()]
    taken = (n.name for entity in gazetteer.entities.values() for n in entity.names)
    invented = list(Inventor(random, taken).players(size.invented))
    more = max(0, size.known - len(known))
    known += (replace(player, is_known=True) for player in invented[:more])
    known.sort(key=lambda player: random.random() * _ahead(player))
    players = [*known, *invented[more:]]
    bodies = ids_of(players, EntityType.ORGANIZATION)
    return [_with_body(player, bodies, random) for player in players]


def _ahead(player: Player) -> float:
    return 1.0 if player.is_invented else _SEEDS_AHEAD


def _with_body(player: Player, bodies: Sequence[str], random: Random) -> Player:
    """Return an invented person as a member of some organisation, or as they are."""
    is_invented = player.type is EntityType.PERSON and player.is_invented
    if not is_invented or random.random() > _MEMBER:
        return player
    return replace(player, body=random.choice(bodies))


def _weighted(
    players: Sequence[Player], type: EntityType
) -> tuple[Sequence[Player], Sequence[float]]:
    ranked = [(rank, player) for rank, player in enumerate(players, 1) if player.type is type]
    weights = accumulate(1 / (rank + _SHIFT) for rank, _ in ranked)
    return [player for _, player in ranked], list(weights)
