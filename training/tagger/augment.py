"""Training sentences varied, so that the tagger learns what its annotated sentences lack.

Names nobody has seen, particles joined to names, lists, names side by side, "and" before a verb.
All of it is drawn from one seeded generator: equal sentences and seed give equal sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.proclitics import ALEF, ARTICLE, LAM, WAW
from training.tagger import name_parts
from training.tagger.corpus import of_parts, parts_of

Words = tuple[str, ...]
Part = tuple[Words, EntityType | None]


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each variation is made.

    Attributes:
        new_name: of the people of a sentence, given a name made of common parts.
        particle: of the names, a particle joined to their first word.
        list: of the names, followed by "and" and another name of their type.
        and_before: of the sentences that begin with an ordinary word, "and" joined to it.
        clauses: made-up clauses, as a share of the sentences.
    """

    new_name: float
    particle: float = 0.0
    list: float = 0.0
    and_before: float = 0.0
    clauses: float = 0.0


# Arabic news has a particle on one name in seven, "and" on one sentence in four.
RATES = {
    Language.AR: Rates(new_name=0.25, particle=0.1, list=0.04, and_before=0.2, clauses=0.04),
    Language.EN: Rates(new_name=0.12),
}

# "and" is as common as the others together.
_PARTICLES = ("و", "و", "و", "و", "ل", "ل", "ب", "ب", "ف", "ك")
# A first word that begins so may have a particle already; it is left as it is.
_MAY_HAVE_PARTICLE = re.compile(r"[وفبلكس]")
_ARABIC_WORD = re.compile(r"[ء-ي]{3,}")


def augmented(
    sentences: Sequence[TaggedSentence], language: Language, seed: int
) -> list[TaggedSentence]:
    """Return the sentences varied, in order; behind them the made-up clauses, if any."""
    rates = RATES[language]
    variation = _Variation(Random(seed), rates, language, _names(sentences))
    clauses = [variation.clause() for _ in range(round(rates.clauses * len(sentences)))]
    return [*(variation.varied(s) for s in sentences), *clauses]


@dataclass(frozen=True, slots=True)
class _Variation:
    random: Random
    rates: Rates
    language: Language
    names: Mapping[EntityType, Sequence[Words]]

    def varied(self, sentence: TaggedSentence) -> TaggedSentence:
        return of_parts(list(self._begun(self._parts(sentence))))

    def clause(self) -> TaggedSentence:
        """Return a clause of the table with names in its places."""
        return of_parts([self._filled(word) for word in self.random.choice(name_parts.CLAUSES_AR)])

    def _parts(self, sentence: TaggedSentence) -> Iterator[Part]:
        for words, type_ in parts_of(sentence):
            if type_ is None:
                yield words, None
                continue
            yield self._particle(self._renamed(words, type_)), type_
            if self._happens(self.rates.list):
                yield _joined(WAW, self._another(type_)), type_

    def _begun(self, parts: Iterator[Part]) -> Iterator[Part]:
        """Join "and" to an ordinary first word, now and then."""
        for index, (words, type_) in enumerate(parts):
            first = words[0]
            if (
                index == 0
                and type_ is None
                and _ARABIC_WORD.fullmatch(first)
                and not first.startswith(WAW)
                and self._happens(self.rates.and_before)
            ):
                words = (WAW + first, *words[1:])
            yield words, type_

    def _renamed(self, words: Words, type_: EntityType) -> Words:
        if type_ is not EntityType.PERSON or not self._happens(self.rates.new_name):
            return words
        if len(words) == 1:
            return self._short_name()
        return self._full_name()

    def _particle(self, words: Words) -> Words:
        if _MAY_HAVE_PARTICLE.match(words[0]) or not self._happens(self.rates.particle):
            return words
        return _joined(self.random.choice(_PARTICLES), words)

    def _filled(self, word: str) -> Part:
        prefix, brace, slot = word.partition("{")
        if not brace:
            return (word,), None
        type_ = name_parts.SLOTS[slot.rstrip("}")]
        return _joined(prefix, self._another(type_)), type_

    def _another(self, type_: EntityType) -> Words:
        if type_ is EntityType.PERSON:
            return self._full_name() if self._happens(0.7) else self._short_name()
        return self.random.choice(self.names[type_])

    def _short_name(self) -> Words:
        if self.language is Language.EN:
            return self._of(name_parts.FAMILY_EN)
        kinds = (
            name_parts.FAMILY_AR,
            name_parts.FOREIGN_FAMILY_AR,
            name_parts.LONG_FAMILY_AR,
            name_parts.KUNYA_AR,
        )
        return self._of(self.random.choices(kinds, (6, 3, 1, 1))[0])

    def _full_name(self) -> Words:
        if self.language is Language.EN:
            return self._full_name_en()
        if self._happens(0.3):
            return self._of(name_parts.FOREIGN_GIVEN_AR) + self._of(name_parts.FOREIGN_FAMILY_AR)
        if self._happens(0.1):  # "Abu Mahdi al-Muhandis"
            return self._of(name_parts.KUNYA_AR) + self._of(name_parts.FAMILY_AR)
        father = self._of(name_parts.GIVEN_AR) if self._happens(0.3) else ()
        kinds = (name_parts.FAMILY_AR, name_parts.LONG_FAMILY_AR)
        last = self._of(self.random.choices(kinds, (4, 1))[0])
        return self._of(name_parts.GIVEN_AR) + father + last

    def _full_name_en(self) -> Words:
        given = self._of(name_parts.GIVEN_EN)
        if self._happens(0.15):
            link = self.random.choice(name_parts.LINKS_EN)
            return (*given, link, *self._of(name_parts.GIVEN_EN))
        return given + self._of(name_parts.FAMILY_EN)

    def _of(self, names: Sequence[Words]) -> Words:
        return self.random.choice(names)

    def _happens(self, share: float) -> bool:
        return self.random.random() < share


def _joined(particle: str, words: Words) -> Words:
    """Join a particle to a name: ل + السلطة is للسلطة."""
    first = words[0]
    if particle.endswith(LAM) and first.startswith(ARTICLE):
        first = first.removeprefix(ALEF)
    return (particle + first, *words[1:])


def _names(sentences: Sequence[TaggedSentence]) -> dict[EntityType, list[Words]]:
    """Return the different names of each type that surely have no particle, sorted."""
    found: dict[EntityType, set[Words]] = {type_: set() for type_ in EntityType}
    for sentence in sentences:
        for words, type_ in parts_of(sentence):
            if type_ is not None and not _MAY_HAVE_PARTICLE.match(words[0]):
                found[type_].add(words)
    return {type_: sorted(names) for type_, names in found.items()}
