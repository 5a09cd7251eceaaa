"""People, organisations and places that do not exist, any number of them, from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from bench.archive.names import (
    BODIES,
    CAUSES,
    FAMILIES,
    HOUSES,
    LETTERS,
    MEN,
    PLACES,
    ROOTS,
    TITLES,
    WESTERN_FAMILIES,
    WESTERN_MEN,
    WESTERN_WOMEN,
    WOMEN,
    WOMEN_TITLES,
    Spellings,
)
from bench.archive.players import INVENTED, Player, Spoken
from nisba_service.names.types import EntityType

# Shares, about those of the seed gazetteer with its rarer people added.
_PEOPLE, _ORGANIZATIONS = 0.76, 0.12
_WESTERN, _WOMAN = 0.12, 0.18
_WITH_FATHER, _WITH_KUNYA = 0.35, 0.08
_OF_CAUSES = 0.3


class Inventor:
    """Makes players one after another, no two of one name; equal seeds make equal ones."""

    def __init__(self, random: Random, taken: Iterator[str]) -> None:
        self._random = random
        self._taken = set(taken)
        self._families = _families(random)
        # Some families are large, most are small: as 1, 1/2, 1/3 …
        self._sizes = list(accumulate(1 / (20 + rank) for rank in range(len(self._families))))

    def players(self, count: int) -> Iterator[Player]:
        """Yield `count` players."""
        number = 0
        while number < count:
            player = self._player(f"{INVENTED}{number:05}")
            names = {player.english.full[0], player.arabic.full[0]}
            if names.isdisjoint(self._taken):
                self._taken |= names
                number += 1
                yield player

    def _player(self, id: str) -> Player:
        share = self._random.random()
        if share < _PEOPLE:
            return self._person(id)
        if share < _PEOPLE + _ORGANIZATIONS:
            of_causes = self._random.random() < _OF_CAUSES
            return self._body(id) if of_causes else self._house(id)
        return self._place(id)

    def _person(self, id: str) -> Player:
        is_woman = self._random.random() < _WOMAN
        title, arabic_title = self._random.choice(WOMEN_TITLES if is_woman else TITLES)
        given, family, father = self._parts(is_woman=is_woman)
        english = _joined(given[1:], father[1:2], family[1:])
        kunya = self._kunya(is_woman)
        return Player(
            id,
            EntityType.PERSON,
            Spoken(english, _shorter(family[1:]), kunya[1:], title=title),
            Spoken(
                _joined(given[:1], father[:1], family[:1]),
                (family[0],),
                kunya[:1],
                title=arabic_title,
            ),
            is_woman=is_woman,
        )

    def _parts(self, *, is_woman: bool) -> tuple[Spellings, Spellings, Spellings]:
        """Return given name, family name and father's name, which may be left out."""
        if self._random.random() < _WESTERN:
            given = self._random.choice(WESTERN_WOMEN if is_woman else WESTERN_MEN)
            return given, self._random.choice(WESTERN_FAMILIES), ()
        given = self._random.choice(WOMEN if is_woman else MEN)
        has_father = self._random.random() < _WITH_FATHER
        return given, self._family(), self._random.choice(MEN) if has_father else ()

    def _family(self) -> Spellings:
        return self._random.choices(self._families, cum_weights=self._sizes)[0]

    def _kunya(self, is_woman: bool) -> Spellings:
        if is_woman or self._random.random() > _WITH_KUNYA:
            return ()
        arabic, latin, *_ = self._random.choice(MEN)
        return f"أبو {arabic}", f"Abu {latin}"

    def _body(self, id: str) -> Player:
        arabic, english, letters = self._random.choice(BODIES)
        first, second = self._random.sample(CAUSES, 2)
        causes = [cause[1].replace("-", " ") for cause in (first, second)]
        return Player(
            id,
            EntityType.ORGANIZATION,
            Spoken((english.format(*causes),), acronym=letters.format(*causes)),
            Spoken((arabic.format(*(cause[0].replace("-", " ") for cause in (first, second))),)),
        )

    def _house(self, id: str) -> Player:
        arabic, english = self._random.choice(HOUSES)
        return self._called(id, EntityType.ORGANIZATION, arabic, english)

    def _place(self, id: str) -> Player:
        arabic, english = self._random.choice(PLACES)
        return self._called(id, EntityType.LOCATION, arabic, english)

    def _called(self, id: str, type: EntityType, arabic: str, english: str) -> Player:
        """Return something that bears a family's name."""
        family = self._family()
        latin = tuple(english.format(_capital(name)) for name in family[1:])
        return Player(id, type, Spoken(latin), Spoken((arabic.format(family[0]),)))


def _families(random: Random) -> list[Spellings]:
    """Return every root in every pattern, each once, in an order of chance."""
    made = {
        spellings[0]: spellings
        for root in ROOTS.split()
        for pattern in FAMILIES
        for spellings in [_family(root, pattern)]
    }
    families = list(made.values())
    random.shuffle(families)
    return families


def _family(root: str, pattern: Spellings) -> Spellings:
    arabic, *latin = pattern
    sounds = [LETTERS[letter] for letter in root]
    spelled = dict.fromkeys(_capital(way.format(*sounds), keep="al-") for way in latin)
    return arabic.format(*root), *spelled


def _capital(name: str, keep: str = "") -> str:
    """Return al-amri as al-Amri, or as Al-Amri where nothing is to be kept."""
    words = (_part(word, keep) for word in name.split(" "))
    return " ".join(words)


def _part(word: str, keep: str) -> str:
    article, hyphen, rest = word.rpartition("-")
    if f"{article}-" != keep:
        article = article[:1].upper() + article[1:]
    return f"{article}{hyphen}{rest[:1].upper()}{rest[1:]}"


def _joined(given: Sequence[str], father: Sequence[str], family: Sequence[str]) -> tuple[str, ...]:
    """Return full names, one for each way to write the given and the family name."""
    ways = max(len(given), len(family))
    parts = [(given[i % len(given)], *father, family[i % len(family)]) for i in range(ways)]
    return tuple(" ".join(part).replace("Van-", "Van ").replace("فان-", "فان ") for part in parts)


def _shorter(family: Sequence[str]) -> tuple[str, ...]:
    """Return a family name as it stands alone: with its article, and without."""
    bare = (name[3:] for name in family if name[2:3] == "-")
    return tuple(dict.fromkeys((*family, *bare)))
