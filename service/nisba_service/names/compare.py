"""Do two spellings bear out one name?

`compare` for two names; a `Comparer` for one name and many, which is much faster. The way: parse,
align part by part, measure, judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nisba_service.names import odds
from nisba_service.names.align import Aligner, part_agreement
from nisba_service.names.explain import Explanation, explain
from nisba_service.names.judge import ScriptPair, accepting, ranking, script_pair
from nisba_service.names.measure import FEATURES, Subject, measure, subject
from nisba_service.names.parse import ParsedName, Part, parse
from nisba_service.names.rules import (
    ACRONYM_FLOOR,
    CAP,
    SETTLED,
    broken_rule,
    foreign_similarity,
    is_acronym_of,
)

# The log-odds of the letters at which two parts are as likely one as two: there are many parts.
_EVEN_ODDS = 2.5


class MatchFeatures(NamedTuple):
    """What was measured between two names: the values of measure.FEATURES."""

    values: tuple[float, ...]

    def items(self) -> tuple[tuple[str, float], ...]:
        """Return the features that are not zero as (name, value), for showing."""
        named = zip(FEATURES, self.values, strict=True)
        return tuple((name, round(value, 4)) for name, value in named if value)


class Comparison(NamedTuple):
    """Two names compared. A tuple, since a query makes dozens of them.

    Attributes:
        score: any real number; of the names compared with one, the likeliest has the greatest.
        probability: that both are spellings of one name, calibrated for the script pair.
    """

    left: ParsedName
    right: ParsedName
    score: float
    probability: float
    features: MatchFeatures

    @property
    def explanation(self) -> Explanation:
        """Return why, for a person: computed when asked for."""
        return explain(self.left, self.right, self.probability)


def compare(left: str, right: str) -> Comparison:
    """Compare two names, in either script."""
    return Comparer(parse(left)).compare([parse(right)])[0]


def probability(left: str, right: str) -> float:
    """Return the probability of `compare`, and nothing else, in half of its time."""
    a, b = _subject(left), _subject(right)
    if not a.name.joined.symbols or not b.name.joined.symbols:
        return foreign_similarity(a.name, b.name)
    features = measure(a, b, Aligner(a.parts).align(b.parts))
    pair = script_pair(a.name.script, b.name.script)
    return _ruled(a.name, b.name, float(accepting().probabilities([features], pair)[0]))


@lru_cache(maxsize=65536)
def _subject(name: str) -> Subject:
    return subject(parse(name))


def _ruled(left: ParsedName, right: ParsedName, probability: float) -> float:
    """Return a probability as the rules leave it."""
    if not left.joined.symbols or not right.joined.symbols:
        return foreign_similarity(left, right)
    if broken_rule(left, right) is not None:
        return min(probability, CAP)
    return max(probability, ACRONYM_FLOOR) if is_acronym_of(left, right) else probability


def part_similarity(left: Part, right: Part) -> float:
    """Return how likely two parts are spellings of one, in [0, 1], without what stands around them.

    Aruri and Arouri 0.86, العاروري and Aruri 0.82; Amir and Omar 0.25, Hamas and Hama 0.4.
    """
    if left.text == right.text:
        return 1.0
    return odds.probability(part_agreement(left, right).log_odds - _EVEN_ODDS)


class Comparer:
    """Compares one name with others."""

    def __init__(self, name: ParsedName) -> None:
        self._name = name
        self._subject = subject(name)
        self._aligner = Aligner(self._subject.parts) if name.parts else None

    def compare(self, others: Sequence[ParsedName]) -> list[Comparison]:
        """Return the comparison with each of the others, in their order."""
        return self.compare_subjects([subject(other) for other in others])

    def compare_subjects(self, others: Sequence[Subject]) -> list[Comparison]:
        """Return the same for names that are ready to be measured, which may be kept."""
        rows = [self._measure(other) for other in others]
        names = [other.name for other in others]
        verdicts = self._judge(names, rows)
        return [
            Comparison(self._name, other, score, probability, MatchFeatures(tuple(row)))
            for other, row, (score, probability) in zip(names, rows, verdicts, strict=True)
        ]

    def _measure(self, right: Subject) -> list[float]:
        if self._aligner is None or not right.name.parts:
            return [0.0] * len(FEATURES)
        return measure(self._subject, right, self._aligner.align(right.parts))

    def _judge(
        self, others: Sequence[ParsedName], rows: Sequence[Sequence[float]]
    ) -> list[tuple[float, float]]:
        """Return the score and the probability of each."""
        verdicts = [(0.0, 0.0)] * len(rows)
        of_pair: dict[ScriptPair, list[int]] = defaultdict(list)
        for i, other in enumerate(others):
            of_pair[script_pair(self._name.script, other.script)].append(i)
        for pair, places in of_pair.items():
            features = _table([rows[i] for i in places])
            scores = ranking().scores(features, pair).tolist()
            probabilities = accepting().probabilities(features, pair).tolist()
            for i, score, probability in zip(places, scores, probabilities, strict=True):
                ruled = _ruled(self._name, others[i], probability)
                settled = (ruled > probability) - (ruled < probability)
                if self._name.plain == others[i].plain:
                    settled = 2  # The acronym itself, before a long name that it may stand for.
                verdicts[i] = score + SETTLED * settled, ruled
        return verdicts


def _table(rows: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
    """Return rows as an array, in half of the time of `np.array`, which looks at all twice."""
    size = len(rows) * len(FEATURES)
    return np.fromiter(chain.from_iterable(rows), np.float64, size).reshape(len(rows), -1)
