"""Writes sentences, and notes where each name stands: the text and its spans grow together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bench.archive.players import Player, Spoken
from bench.archive.templates import Gendered, Named, Template, Word
from nisba_service.names.types import EntityType, Language

_WITH_LETTERS = 0.6
_LETTERS_AGAIN = 0.7
_KUNYA_AGAIN, _FULL_AGAIN = 0.15, 0.25  # cumulative
_PARTICLES = frozenset("وفبلك")
_GOVERNING = frozenset({"إلى", "عن", "على", "من", "مع", "بين", "باسم", "برئاسة"})
_ARTICLE, _TO = "ال", "ل"


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a text, in code points.

    Attributes:
        start, end: the name itself.
        token_start: where the word begins that it begins in, particles joined to it included.
    """

    start: int
    end: int
    token_start: int
    type: EntityType
    entity_id: str


class Writer:
    """A text that is being written."""

    def __init__(
        self, random: Random, language: Language, words: Mapping[str, Sequence[str]]
    ) -> None:
        self.spans: list[Span] = []
        self.word_count = 0
        self._random = random
        self._language = language
        self._words = words
        self._written: list[str] = []
        self._length = 0
        self._introduced: set[str] = set()
        self._with_letters: set[str] = set()

    @property
    def text(self) -> str:
        """Return what has been written."""
        return "".join(self._written)

    def put(self, text: str) -> None:
        """Write text that names nobody."""
        self._written.append(text)
        self._length += len(text)
        self.word_count += text.count(" ")

    def dateline(self, place: Player) -> None:
        """Write where the news comes from."""
        name = place.spoken(self._language).full[0]
        self._name(place, name.upper() if self._language is Language.EN else name)
        self.put(" – " if self._language is Language.EN else " - ")

    def headline(self, template: Template, players: Mapping[str, Player]) -> None:
        """Write a headline: it names people as if they had been introduced, and introduces none."""
        introduced = self._introduced
        self._introduced = {player.id for player in players.values()}
        self.sentence(template, players)
        self._introduced = introduced

    def sentence(self, template: Template, players: Mapping[str, Player]) -> None:
        """Write a sentence."""
        begins = self._length
        for piece in template:
            match piece:
                case Named(role):
                    self._mention(players[role], is_first_word=self._length == begins)
                case Gendered(role, of_man, of_woman):
                    self.put(of_woman if players[role].is_woman else of_man)
                case Word(kind):
                    self.put(self._random.choice(self._words[kind]))
                case text:
                    self.put(text)

    def _mention(self, player: Player, *, is_first_word: bool) -> None:
        spoken = player.spoken(self._language)
        if player.id in self._introduced:
            title, name = "", self._again(player, spoken)
        else:
            title, name = spoken.title, self._random.choice(spoken.full)
        title, name = self._inflected(title, name, is_first_word=is_first_word)
        if title:
            self.put(f"{title} ")
        self._name(player, name, after_title=bool(title))
        if player.id not in self._introduced:
            self._introduced.add(player.id)
            self._letters(player, spoken, name)

    def _letters(self, player: Player, spoken: Spoken, name: str) -> None:
        """Write "(PLO)" after the name that it stands for."""
        if spoken.acronym not in ("", name) and self._random.random() < _WITH_LETTERS:
            self.put(" (")
            self._name(player, spoken.acronym)
            self.put(")")
            self._with_letters.add(player.id)

    def _again(self, player: Player, spoken: Spoken) -> str:
        """Return the name of somebody who has been introduced."""
        share = self._random.random()
        if player.id in self._with_letters and share < _LETTERS_AGAIN:
            return spoken.acronym
        if spoken.kunyas and share < _KUNYA_AGAIN:
            return self._random.choice(spoken.kunyas)
        if spoken.short and share > _FULL_AGAIN:
            return self._random.choice(spoken.short)
        return self._random.choice(spoken.full)

    def _inflected(self, title: str, name: str, *, is_first_word: bool) -> tuple[str, str]:
        """Return title and name as they are written here."""
        if self._language is Language.AR:
            particle = self._particle()
            if not title and name.startswith("أبو ") and self._governs(particle):
                name = f"أبي {name[4:]}"
            if particle.endswith(_TO):
                return _without_alef(title), name if title else _without_alef(name)
            return title, name
        if is_first_word:
            return _capital(title), name if title else _capital(name)
        return title, name

    def _particle(self) -> str:
        """Return the particles that the next word will be joined to."""
        last = self._written[-1] if self._written else ""
        word = last[last.rfind(" ") + 1 :].lstrip("«(")
        return word if word and _PARTICLES.issuperset(word) else ""

    def _governs(self, particle: str) -> bool:
        """Say whether a kunya is in the genitive here."""
        if particle:
            return particle[-1] in "بلك"
        words = self._written[-1].split() if self._written else []
        return bool(words) and words[-1] in _GOVERNING

    def _name(self, player: Player, name: str, *, after_title: bool = False) -> None:
        start = self._length
        token_start = start
        if self._language is Language.AR and not after_title:
            token_start -= len(self._particle())
        self.put(name)
        self.spans.append(Span(start, self._length, token_start, player.type, player.id))


def _without_alef(word: str) -> str:
    """Return السلطة as لسلطة, as it is written after another ل."""
    return word[1:] if word.startswith(_ARTICLE) else word


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
