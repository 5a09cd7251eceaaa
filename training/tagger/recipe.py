"""How each language's tagger is trained, on one page; and the same in miniature.

The figures were chosen on the development files: see docs/training.md for what was tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nisba_service.names.types import Language


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the outcome of a run, besides the data.

    Attributes:
        vectors: how many of the bundled word vectors are used, the most frequent first. The others
            belong to words that only the training sentences had: with them no training word would
            be unknown, and the tagger would not learn what to make of words that are.
        particles_apart: the tagger sees Arabic particles as tokens (see tagging/particles.py).
        steps: batches; every `interval` of them the development file is tagged, and the best of
            these models is kept.
        averaging: how much of the moving average of the weights a step leaves as it was.
        patience: evaluations without improvement before the learning rate is halved.
        sentences: at most so many of the training and of the development file.
    """

    language: Language
    vectors: int
    particles_apart: bool
    steps: int
    interval: int
    seed: int = 1
    hidden: int = 200
    character_hidden: int = 64
    characters: int = 48
    batch: int = 32
    rate: float = 0.002
    patience: int = 3
    averaging: float = 0.998
    sentences: int | None = None


FULL = {
    Language.AR: Recipe(
        Language.AR, vectors=70_000, particles_apart=True, steps=3_500, interval=250
    ),
    Language.EN: Recipe(
        Language.EN, vectors=100_000, particles_apart=False, steps=4_000, interval=500
    ),
}


def miniature(recipe: Recipe) -> Recipe:
    """Return a recipe that does every step in seconds, and learns little."""
    return replace(
        recipe,
        vectors=5_000,
        steps=40,
        interval=20,
        hidden=32,
        character_hidden=8,
        characters=8,
        batch=16,
        rate=0.01,
        averaging=0.9,
        sentences=300,
    )
