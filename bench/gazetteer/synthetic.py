"""Entities as a sanctions list or a newsroom has them, made up: any number, from a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.gazetteer.words import (
    CONSONANTS,
    FAMILY_PATTERNS,
    GIVEN,
    ORGANIZATION_PATTERNS,
    PLACE_PATTERNS,
)

Spellings = tuple[str, str, str]
"""Arabic, and two spellings in Latin letters."""

# Shares of all entities, as on lists that are published.
_PEOPLE, _ORGANIZATIONS = 0.70, 0.22
_WITHOUT_ARABIC = 0.10
_SECOND_SPELLING = 0.45
_FAMILY_NAME_ALONE = 0.05
_RELATED = 0.15


@dataclass(slots=True)
class Maker:
    """Makes entities one after another; the same seed makes the same ones."""

    random: random.Random

    def entities(self, count: int) -> Iterator[str]:
        """Yield `count` records, each a line of JSON in the curators' form."""
        for number in range(count):
            yield json.dumps(self._entity(number), ensure_ascii=False)

    def _entity(self, number: int) -> dict[str, object]:
        share = self.random.random()
        if share < _PEOPLE:
            return self._record(number, "PERSON", self._person())
        if share < _PEOPLE + _ORGANIZATIONS:
            return self._record(number, "ORGANIZATION", self._made(ORGANIZATION_PATTERNS))
        return self._record(number, "LOCATION", self._made(PLACE_PATTERNS))

    def _record(self, number: int, type: str, spellings: Spellings) -> dict[str, object]:
        record: dict[str, object] = {
            "id": f"syn:{number:08}",
            "type": type,
            "names": list(self._names(type, spellings)),
            "other_ids": {"list": str(number * 7919 % 99_999_989)},
        }
        if number and self.random.random() < _RELATED:
            target = f"syn:{self.random.randrange(number):08}"
            record["relations"] = [{"rel": "member_of", "target": target}]
        return record

    def _names(self, type: str, spellings: Spellings) -> Iterator[dict[str, str]]:
        arabic, latin, other = spellings
        yield {"name": latin, "kind": "primary"}
        if self.random.random() > _WITHOUT_ARABIC:
            yield {"name": arabic, "kind": "primary"}
        if other != latin and self.random.random() < _SECOND_SPELLING:
            yield {"name": other}
        if type == "PERSON" and self.random.random() < _FAMILY_NAME_ALONE:
            yield {"name": latin.split(" ")[-1], "kind": "short"}

    def _person(self) -> Spellings:
        given, father = self.random.choice(GIVEN), self.random.choice(GIVEN)
        family = self._root_name(FAMILY_PATTERNS)
        parts = (given, father, family) if self.random.random() < 0.6 else (given, family)
        arabic, latin, other = (" ".join(spelling) for spelling in zip(*parts, strict=True))
        return arabic, latin, other

    def _made(self, patterns: Sequence[Spellings]) -> Spellings:
        names = zip(self.random.choice(patterns), self._root_name(FAMILY_PATTERNS), strict=True)
        arabic, latin, other = (pattern.format(name) for pattern, name in names)
        return arabic, latin, other

    def _root_name(self, patterns: Sequence[Spellings]) -> Spellings:
        arabic, latin, other = self.random.choice(patterns)
        root = self.random.choices(CONSONANTS, k=3)
        letters = [letter for letter, _ in root]
        sounds = [sound for _, sound in root]
        return (
            arabic.format(*letters),
            _capital(latin.format(*sounds)),
            _capital(other.format(*sounds)),
        )


def _capital(name: str) -> str:
    """Return al-aruri as al-Aruri."""
    article, hyphen, rest = name.rpartition("-")
    rest = rest.lstrip("'") or rest
    return f"{article}{hyphen}{rest[:1].upper()}{rest[1:]}"


def lines(count: int, seed: int) -> Iterator[str]:
    """Yield the records of a synthetic gazetteer."""
    return Maker(random.Random(seed)).entities(count)
