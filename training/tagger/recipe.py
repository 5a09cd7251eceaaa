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
        vectors: how many word vectors are used, those of the most frequent words. Of the bundled
            ones the others belong to words that only the training sentences had: with them no
            training word would be unknown, and the tagger would not learn what to make of words
            that are.
        table: a file of vectors in the data folder, None to use the bundled ones.
        lowercase: the vectors are of words in small letters. The tagger still sees the letters.
        particles_apart: the tagger sees Arabic particles as tokens (see tagging/particles.py).
        steps: batches; every `interval` of them the development file is tagged, and the best of
            these models is kept.
        averaging: how much of the moving average of the weights a step leaves as it was.
        patience: evaluations without improvement before the learning rate is halved.
        annealing: further steps, from the best model on, in which the learning rate falls from a
            half to nothing; 0 for none.
        tunes_words: in annealing the vectors of the training words are learnt too.
        sentences: at most so many of the training and of the development file.
    """

    language: Language
    vectors: int
    particles_apart: bool
    steps: int
    interval: int
    table: str | None = None
    lowercase: bool = False
    seed: int = 1
    hidden: int = 200
    character_hidden: int = 64
    characters: int = 48
    batch: int = 32
    rate: float = 0.002
    patience: int = 3
    averaging: float = 0.998
    annealing: int = 0
    tunes_words: bool = False
    sentences: int | None = None


FULL = {
    Language.AR: Recipe(
        Language.AR, vectors=70_000, particles_apart=True, steps=3_500, interval=250
    ),
    Language.EN: Recipe(
        Language.EN,
        vectors=90_000,
        particles_apart=False,
        steps=4_000,
        interval=1_000,
        table="glove.6B.100d.txt",
        lowercase=True,
        annealing=3_000,
        tunes_words=True,
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
        annealing=20 if recipe.annealing else 0,
        sentences=300,
    )
