"""Questions made of a list of places: spellings of one place, asked of the names of all the others.

The list is `train/places.tsv` (Who's On First and GeoNames, CC BY 4.0): lines of a Latin and an
Arabic name. Lines in a row that share a name are of one place.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from nisba_service.gazetteer.index_build import build
from nisba_service.names.normalise import normal_form
from training.names.pairs import heard
from training.names.tasks import Question, ask, entities

# Below, two names are two names of a place, not two spellings of one.
_MIN_RATIO = 50


@dataclass(frozen=True, slots=True)
class Place:
    """The names of one place."""

    latin: tuple[str, ...]
    arabic: tuple[str, ...]


def places(lines: Iterable[str]) -> Iterator[Place]:
    """Yield the places of a list's lines."""
    latin: dict[str, None] = {}
    arabic: dict[str, None] = {}
    for line in lines:
        left, right = line.split("\t")
        if latin and left not in latin and right not in arabic:
            yield Place(tuple(latin), tuple(arabic))
            latin, arabic = {}, {}
        latin[left] = arabic[right] = None
    if latin:
        yield Place(tuple(latin), tuple(arabic))


def arabic_questions(folder: Path) -> Iterator[Question]:
    """Yield a question for each place that has two Arabic spellings."""
    found = list(places((folder / "places.tsv").read_text("utf-8").splitlines()))
    names = sorted({name for place in found for name in place.arabic})
    arrays = build(entities(names))
    place_of = {name: number for number, name in enumerate(names)}
    rng = random.Random(2)
    for place in found:
        two = _two_spellings(place.arabic)
        if not two:
            continue
        query, right = rng.choice(two)
        same = frozenset(place_of[name] for name in place.arabic)
        question = ask(arrays, query, frozenset([place_of[right]]), left_out=same)
        if question is not None:
            yield question


def _two_spellings(names: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (left, right)
        for left in names
        for right in names
        if normal_form(left) != normal_form(right)
        and fuzz.ratio(heard(left), heard(right)) > _MIN_RATIO
    ]
