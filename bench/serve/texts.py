"""The texts of the load: made-up articles, golden documents, and these joined to 400 words.

The server keeps the matches of names that it has met. So half of the load are articles that are
made up anew, with names that come back as they do in the news; none is sent twice to one server.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from itertools import chain, count
from pathlib import Path

from bench.archive.articles import Articles
from bench.archive.corpus import Corpus

_GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden"
_ARTICLE_WORDS = 400
# Articles between the first ones of two seeds.
_APART = 1_000_000
_MADE_UP_SHARE, _LONG_SHARE = 0.5, 0.3


def short(language: str) -> list[str]:
    """Return the golden documents of a language."""
    return [
        json.loads(line)["text"]
        for path in sorted((_GOLDEN / language).glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def articles(language: str, seed: int) -> Iterator[str]:
    """Yield articles of some 400 words, without end."""
    choose, paragraphs = random.Random(seed), short(language)
    while True:
        chosen: list[str] = []
        while sum(len(text.split()) for text in chosen) < _ARTICLE_WORDS:
            chosen.append(choose.choice(paragraphs))
        yield "\n\n".join(chosen)


def in_turn(seed: int) -> Iterator[str]:
    """Yield articles of some 400 words without end, in turn English and Arabic."""
    return chain.from_iterable(zip(articles("en", seed), articles("ar", seed), strict=True))


def made_up(seed: int) -> Iterator[str]:
    """Yield articles of some 150 words without end, in turn English and Arabic, all of one cast."""
    cast = _articles()
    return (cast.article(number).document.text for number in count(seed * _APART))


@cache
def _articles() -> Articles:
    return Corpus(seed=1).articles


def mixed(seed: int) -> Iterator[str]:
    """Yield the load without end: as many English as Arabic texts; half are made up, three of ten
    are long, the others golden documents."""
    choose = random.Random(seed)
    languages = ("en", "ar")
    long = {language: articles(language, seed) for language in languages}
    new = made_up(seed)
    brief = {language: short(language) for language in languages}
    while True:
        language = choose.choice(languages)
        share = choose.random()
        if share < _MADE_UP_SHARE:
            yield next(new)
        elif share < _MADE_UP_SHARE + _LONG_SHARE:
            yield next(long[language])
        else:
            yield choose.choice(brief[language])
