"""Arabic spans that hold a person and more, cut by what the document calls that person elsewhere.

Behind a verb stand subject and object side by side: of "ويلتقي ستولتنبرغ رجب طيب أردوغان" the words
alone do not tell where the first name ends, but "ينس ستولتنبرغ" before it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import cues, given_names, name_ends, place_words, titles
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.words import Words

# A lone word of a person's name that is shorter is too likely to be something else.
_MIN_LETTERS = 3
# Nobody's name has more words; a text without spaces may be tagged as one span.
_MOST_WORDS = 10


def ends_of_people(
    words: Words, spans: Sequence[TaggedSpan]
) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Return the last word, and the last words, of people's names, each with the whole names."""
    ends: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for span in spans:
        if span.type is not EntityType.PERSON:
            continue
        first, last = words.within(span.start, span.end)
        first += titles.count_before(words.texts[first : last + 1])
        whole = words.texts[first : last + 1]
        if len(whole) > _MOST_WORDS:
            continue
        for begin in range(1, len(whole)):
            end = " ".join(whole[begin:])
            if len(end) >= _MIN_LETTERS:
                ends[end].add(whole)
    return {end: frozenset(names) for end, names in ends.items()}


@dataclass(frozen=True, slots=True)
class Glue:
    """Cuts spans where one name ends and another, or no name, begins.

    Attributes:
        words: the document's words.
        ends: the ends of people's names in the document.
        is_name: says whether a whole name is known.
    """

    words: Words
    ends: Mapping[str, frozenset[tuple[str, ...]]]
    is_name: Callable[[str], bool]

    def cut(self, spans: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
        """Yield the spans in order, those that hold two names as two."""
        for span in spans:
            first, last = self.words.within(span.start, span.end)
            first += titles.count_before(self.words.texts[first : last + 1])
            cut = self._cut_at(span, first, last)
            if cut is None:
                yield span
                continue
            yield TaggedSpan(span.start, self.words.span_of(cut - 1, cut - 1)[1], span.type)
            behind = self._behind(first, cut, last)
            if behind is not None:
                yield TaggedSpan(self.words.span_of(cut, cut)[0], span.end, behind)

    def _cut_at(self, span: TaggedSpan, first: int, last: int) -> int | None:
        """Return the word behind the first name in a span, None if it is one name."""
        text = self.words.original[span.start : span.end]
        if span.type is not EntityType.PERSON or not first < last < first + _MOST_WORDS:
            return None
        if script_of(text) is not Script.ARABIC or self.is_name(text):
            return None
        begin = first + (first < last and cues.is_persons_verb(self.words.at(first)))
        for cut in range(last, begin, -1):
            if self._is_end(begin, cut, begin, last) and self._is_cut(begin, cut, last):
                return cut
        return None

    def _is_end(self, first: int, stop: int, begin: int, last: int) -> bool:
        """Say whether words end a name other than that from `begin` to `last`."""
        whole = self.words.texts[begin : last + 1]
        names = self.ends.get(" ".join(self.words.texts[first:stop]), frozenset())
        return not names <= {whole}

    def _is_cut(self, begin: int, cut: int, last: int) -> bool:
        """Say whether what stands behind a person's last name is no part of it."""
        word = self.words.at(cut)
        if cut == last and (name_ends.is_object(self.words, cut) or name_ends.is_future(word)):
            return True
        if not (begin and cues.is_verb_before(self.words, begin)):
            return False
        if given_names.is_given_name(self.words.at(begin)) and cut == last:
            return False  # "وقال سعيد محمد": another person may be called so
        return self._behind(begin, cut, last) is not None

    def _behind(self, begin: int, cut: int, last: int) -> EntityType | None:
        """Return what the rest of a span names, None if nobody."""
        word = self.words.at(cut)
        start, end = self.words.span_of(cut, last)
        if word in place_words.HEADS and cut < last:
            return EntityType.LOCATION
        if cut == last and cues.is_adjective(word):
            return None  # a nisba is anybody's: "ستولتنبرغ المصري"
        is_person = (
            given_names.is_given_name(word)
            or self._is_end(cut, last + 1, begin, last)
            or self.is_name(self.words.original[start:end])
        )
        return EntityType.PERSON if is_person else None
