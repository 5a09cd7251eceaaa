"""Articles with the truth of what they name: any number of them, from a seed.

Article `n` of a seed is the same however many are made. Even numbers are English, odd ones Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from random import Random

from bench.archive.arabic import ARABIC
from bench.archive.cast import Cast
from bench.archive.english import ENGLISH
from bench.archive.players import Player
from bench.archive.templates import ROLES, Template, Templates, roles
from bench.archive.writing import Span, Writer
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Document, TaggedSpan

TEMPLATES: Mapping[Language, Templates] = {Language.EN: ENGLISH, Language.AR: ARABIC}

# Words of an article: log-normal about 150; the limits cut off less than one in a thousand.
_MEDIAN_WORDS, _SIGMA = 150, 0.5
_FEWEST, _MOST = 30, 900
_FIRST_DAY, _DAYS = date(2005, 1, 1), 20 * 365
_WITH_HEADLINE, _WITH_DATELINE = 0.6, 0.5
_FOLLOWING, _PLAIN = 0.15, 0.40  # cumulative
_PARAGRAPH = 0.35
_WORDS_OF_A_PERSON, _WORDS_OF_OTHERS = 60, 90


@dataclass(frozen=True, slots=True)
class Article:
    """A document and everything that it names, in order."""

    document: Document
    spans: tuple[Span, ...]

    @property
    def tagged(self) -> tuple[TaggedSpan, ...]:
        """Return the spans as a tagger without faults would: particles still joined to names."""
        return tuple(TaggedSpan(span.token_start, span.end, span.type) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles about a cast."""

    cast: Cast
    seed: int

    def made(self, start: int, stop: int) -> Iterator[Article]:
        """Yield the articles of these numbers."""
        return map(self.article, range(start, stop))

    def article(self, number: int) -> Article:
        """Return the article of a number."""
        random = Random(f"{self.seed}:{number}")
        language = (Language.EN, Language.AR)[number % 2]
        words = round(random.lognormvariate(log(_MEDIAN_WORDS), _SIGMA))
        day = _FIRST_DAY + timedelta(days=random.randrange(_DAYS))
        story = _Story(self.cast, random, language, min(max(words, _FEWEST), _MOST))
        writer = story.written()
        document = Document(writer.text, f"art-{number:07}", language, day)
        return Article(document, tuple(writer.spans))


class _Story:
    """One article while it is made: who is in it, and what has been said."""

    def __init__(self, cast: Cast, random: Random, language: Language, words: int) -> None:
        self._random = random
        self._words = words
        self._templates = TEMPLATES[language]
        self._writer = Writer(random, language, self._templates.words)
        self._players = _players(cast, random, words)
        self._focus: Player | None = None
        self._left: dict[tuple[Template, ...], list[Template]] = {}

    def written(self) -> Writer:
        """Write the article."""
        self._opening()
        self._sentence(self._random.choice(self._templates.leads))
        while self._writer.word_count < self._words:
            self._writer.put("\n\n" if self._random.random() < _PARAGRAPH else " ")
            self._sentence(self._next())
        return self._writer

    def _opening(self) -> None:
        if self._random.random() < _WITH_HEADLINE:
            template = self._random.choice(self._templates.headlines)
            self._writer.headline(template, self._bound(template))
            self._writer.put("\n\n")
        if self._random.random() < _WITH_DATELINE:
            self._writer.dateline(self._players[EntityType.LOCATION][0])

    def _next(self) -> Template:
        share = self._random.random()
        if share < _FOLLOWING and self._focus is not None:
            return self._drawn(self._templates.following)
        return self._drawn(self._templates.plain if share < _PLAIN else self._templates.bodies)

    def _drawn(self, templates: tuple[Template, ...]) -> Template:
        """Return one of the templates, no one twice before all have been used."""
        left = self._left.get(templates)
        if not left:
            left = self._left[templates] = self._random.sample(templates, len(templates))
        return left.pop()

    def _sentence(self, template: Template) -> None:
        if template in self._templates.following and self._focus is not None:
            bound = {"A": self._focus}
        else:
            bound = self._bound(template)
        self._writer.sentence(template, bound)
        self._focus = bound.get("A")

    def _bound(self, template: Template) -> dict[str, Player]:
        """Return who plays each role of a template; those who lead the article more often."""
        bound: dict[str, Player] = {}
        for role in roles(template):
            able = [p for p in self._players[ROLES[role]] if p not in bound.values()]
            bound[role] = able[min(int(self._random.expovariate(0.7)), len(able) - 1)]
        return bound


def _players(cast: Cast, random: Random, words: int) -> dict[EntityType, Sequence[Player]]:
    """Return who an article of so many words may be about, those who lead it first."""
    people = _picked(cast, random, EntityType.PERSON, 3 + words // _WORDS_OF_A_PERSON)
    more = 3 + words // _WORDS_OF_OTHERS
    bodies = _picked(cast, random, EntityType.ORGANIZATION, more)
    if people[0].body is not None:
        own = cast.by_id[people[0].body]
        bodies = [own, *(body for body in bodies if body is not own)]
    places = _picked(cast, random, EntityType.LOCATION, more)
    return {
        EntityType.PERSON: people,
        EntityType.ORGANIZATION: bodies,
        EntityType.LOCATION: places,
    }


def _picked(cast: Cast, random: Random, type: EntityType, count: int) -> list[Player]:
    """Return so many different players, by popularity."""
    picked: dict[str, Player] = {}
    while len(picked) < count:
        player = cast.pick(random, type)
        picked.setdefault(player.id, player)
    return list(picked.values())
