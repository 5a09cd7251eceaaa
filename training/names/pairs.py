"""Pairs of spellings to learn the weights of letters from, each with spellings of something else.

The data are two files of `Latin <tab> Arabic` lines: `places.tsv` (Who's On First and GeoNames,
CC BY 4.0) and `tokens.tsv` (Google ar2en, Apache-2.0). Spellings of one script are paired through a
spelling in the other that they share.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from nisba_service.names.parse import parse

# Below, a pair is two names of one place, not two spellings of one name (Tel Aviv, يافا).
_MIN_CROSS_RATIO = 55
_MIN_SAME_RATIO = 65
_MAX_PAIRS_OF_A_GROUP = 3
# Foreign names and Arabic-Arabic pairs are few beside Arabic places, and as important.
_TOKEN_COPIES = 2
_ARABIC_COPIES = 3
NEGATIVES = 12
_POOL = 6000
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Example:
    """The symbols of a spelling, of another spelling of the same, and of near misses."""

    query: bytes
    same: bytes
    others: tuple[bytes, ...]


@cache
def encode(name: str) -> bytes:
    """Return the symbols of a name without its spaces."""
    return parse(name).joined.symbols


@cache
def heard(name: str) -> str:
    """Return the coarse sounds of a name without its spaces."""
    return "".join(part.sounds for part in parse(name).parts)


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Return the distinct (Latin, Arabic) pairs of a file."""
    lines = path.read_text("utf-8").splitlines()
    return list(dict.fromkeys((latin, arabic) for latin, arabic in (x.split("\t") for x in lines)))


def examples(folder: Path, rng: random.Random) -> list[Example]:
    """Return examples of every script pair, in both directions."""
    places = [
        pair
        for pair in read_pairs(folder / "places.tsv")
        if fuzz.ratio(heard(pair[0]), heard(pair[1])) > _MIN_CROSS_RATIO
    ]
    tokens = read_pairs(folder / "tokens.tsv")
    to_arabic = _groups(places + tokens)
    to_latin = _groups((arabic, latin) for latin, arabic in places + tokens)

    def latin_of_same(name: str) -> set[str]:
        return set().union(*(to_latin[arabic] for arabic in to_arabic[name]))

    def arabic_of_same(name: str) -> set[str]:
        return set().union(*(to_arabic[latin] for latin in to_latin[name]))

    cross = places + tokens * _TOKEN_COPIES
    latin = _within(to_latin, rng)
    arabic = _within(to_arabic, rng) * _ARABIC_COPIES
    found = _mine(cross, to_arabic.__getitem__, rng)
    found += _mine(_reversed(cross), to_latin.__getitem__, rng)
    found += _mine(latin + _reversed(latin), latin_of_same, rng)
    found += _mine(arabic + _reversed(arabic), arabic_of_same, rng)
    return found


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return groups


def _reversed(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(right, left) for left, right in pairs]


def _within(groups: dict[str, set[str]], rng: random.Random) -> list[tuple[str, str]]:
    """Pair the spellings that share one in the other script."""
    pairs = []
    for spellings in groups.values():
        distinct = list({encode(name): name for name in sorted(spellings)}.values())
        alike = [
            (left, right)
            for i, left in enumerate(distinct)
            for right in distinct[i + 1 :]
            if fuzz.ratio(heard(left), heard(right)) > _MIN_SAME_RATIO and len(encode(left)) > 2
        ]
        pairs += rng.sample(alike, min(_MAX_PAIRS_OF_A_GROUP, len(alike)))
    return pairs


def _mine(
    pairs: Sequence[tuple[str, str]], known: Callable[[str], set[str]], rng: random.Random
) -> list[Example]:
    """Give each pair the spellings that sound most like its first, and are not known to be it."""
    targets = sorted({target for _, target in pairs})
    found = []
    for start in range(0, len(pairs), _CHUNK):
        chunk = pairs[start : start + _CHUNK]
        pool = rng.sample(targets, min(_POOL, len(targets)))
        ratios = process.cdist(
            [heard(query) for query, _ in chunk],
            [heard(target) for target in pool],
            scorer=fuzz.ratio,
            dtype=np.uint8,
        )
        nearest = np.argpartition(-ratios.astype(np.int16), 2 * NEGATIVES, axis=1)
        for (query, target), near in zip(chunk, nearest[:, : 2 * NEGATIVES], strict=True):
            right = {encode(name) for name in known(query) | {target}}
            others = [encode(pool[i]) for i in near if encode(pool[i]) not in right][:NEGATIVES]
            if encode(query) and encode(target) and len(others) == NEGATIVES:
                found.append(Example(encode(query), encode(target), tuple(others)))
    return found
