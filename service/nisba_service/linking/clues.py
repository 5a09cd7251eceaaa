"""What a text says about each of its mentions beside the names themselves.

the Libyan capital Tripoli · Jordan's King Abdullah · طرابلس اللبنانية      beside the mention
… Lebanon … Beirut … [Tripoli] … Lebanese …                                 around it
Rapid Support Forces (RSF) · محمد الضيف المعروف بأبي خالد                   definitions
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nisba_service.linking.definitions import definitions
from nisba_service.linking.lexicon import Clue, years_of
from nisba_service.linking.lexicon import clues as find_clues
from nisba_service.linking.vocabulary import Concepts, is_country
from nisba_service.tagging.model import Document, Mention
from nisba_service.tagging.words import PARAGRAPH_BREAK, words_of

# Words before a mention that may speak of it: "the capital of Libya, Tripoli".
BEFORE = 4
# Clues of one apposition after it: "Najib Mikati, the Lebanese prime minister".
AFTER = 3
# Words on either side that are around it: two sentences of a news text.
AROUND = 40
# What may stand between a mention and a clue after it.
_LINKS = frozenset({",", "،", "(", "in", "of", "the", "a", "an", "في", "s"})
_BREAKS = frozenset({".", "!", "?", "؟", ";", "؛", ":", ")", PARAGRAPH_BREAK})


@dataclass(frozen=True, slots=True)
class Clues:
    """The clues of one document; what is a tuple holds one item for each mention.

    Attributes:
        headline: number of mentions in the first line of a text that has several.
        beside: the countries and offices that stand with the mention.
        around: the countries that the text speaks of near it.
        date: of the document; None: unknown.
        latest_year: that the text tells.
        definitions: mentions that the text says to be another name of the mention before them.
    """

    headline: int = 0
    beside: Sequence[frozenset[str]] = ()
    around: Sequence[frozenset[str]] = ()
    date: datetime.date | None = None
    latest_year: int | None = None
    definitions: Mapping[int, int] = field(default_factory=dict)


NO_CLUES = Clues()


def read_clues(
    document: Document, mentions: Sequence[Mention], beginning: Callable[[str], Concepts]
) -> Clues:
    """Return the clues of a document to its mentions, which are in order of start.

    `beginning` tells what words that begin with one speak of: see Vocabulary.
    """
    words = words_of(document.text)
    places = [words.within(mention.start, mention.end) for mention in mentions]
    finder = _Finder(words.texts, find_clues(words.texts, beginning))
    return Clues(
        headline=_in_first_line(mentions, document.text),
        beside=tuple(finder.beside(*place) for place in places),
        around=tuple(finder.around(*place) for place in places),
        date=document.date,
        latest_year=max(years_of(words.texts), default=None),
        definitions=definitions(document.text, mentions),
    )


class _Finder:
    """The clues of a text by their places."""

    def __init__(self, words: Sequence[str], clues: Sequence[Clue]) -> None:
        self._words = words
        self._clues = clues
        self._firsts = [clue.first for clue in clues]

    def beside(self, first: int, last: int) -> frozenset[str]:
        """Return the concepts of the clues that stand with words `first` to `last`.

        A country behind a name is its own; then one before it is not: "Jordan and Tripoli, Libya".
        """
        before, after = frozenset(self._before(first)), frozenset(self._after(last))
        if any(map(is_country, after)):
            before = frozenset(c for c in before if not is_country(c))
        return before | after

    def _before(self, first: int) -> Iterator[str]:
        for clue in self._from(first - BEFORE, first):
            if _BREAKS.isdisjoint(self._words[clue.last + 1 : first]):
                yield clue.concept

    def _after(self, last: int) -> Iterator[str]:
        after = bisect_right(self._firsts, last)
        for clue in self._clues[after : after + AFTER]:
            if not _LINKS.issuperset(self._words[last + 1 : clue.first]):
                return
            yield clue.concept
            last = clue.last

    def around(self, first: int, last: int) -> frozenset[str]:
        """Return the countries that are spoken of around words `first` to `last`."""
        near = (*self._from(first - AROUND, first), *self._from(last + 1, last + 1 + AROUND))
        return frozenset(clue.concept for clue in near if is_country(clue.concept))

    def _from(self, start: int, end: int) -> Sequence[Clue]:
        low, high = bisect_left(self._firsts, start), bisect_left(self._firsts, end)
        return self._clues[low:high]


def _in_first_line(mentions: Sequence[Mention], text: str) -> int:
    first_line = len(text.lstrip().partition("\n")[0]) + len(text) - len(text.lstrip())
    return bisect_left(mentions, first_line, key=lambda m: m.start) if first_line < len(text) else 0
