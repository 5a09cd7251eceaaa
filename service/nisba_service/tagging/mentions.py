"""Tagged spans and spotted names become mentions that do not overlap.

The rules, for each tagged span and the spotted names that share a place with it:

1. Nothing spotted: the tagged span, without titles, particles, possessive and punctuation.
2. A spotted name that reaches beyond the tagged span, or fills it: the spotted name; the tagger has
   cut it short ("Rami" of "Rami Hamdallah").
3. Spotted names within the tagged span, and besides them only titles, words for a kind of body and
   "and": the spotted names ("القيادي صالح العاروري", "حركة حماس", "فتح وحماس").
4. Spotted names within a tagged span that has other words: the tagged span, for it is somebody else
   with a longer name ("Fatah al-Islam", "Rami Hamdallah al-Masri", "Tel Aviv University").
5. A MISC span gives way to any spotted name.

A spotted name that no tagged span touches is a mention of its own. A mention that both found has
the tagger's type if an entity of that name has it, else the entities' type.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Mention, Passage, Source, TaggedSpan
from nisba_service.tagging.spotter import Spotted
from nisba_service.tagging.titles import is_beside_names
from nisba_service.tagging.trim import Trimmed, Trimmer
from nisba_service.tagging.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of a document's names before they are joined; spans in order of start."""

    words: Words
    passages: Sequence[Passage]
    tagged: Sequence[TaggedSpan]
    spotted: Sequence[Spotted]


def merge(reading: Reading, trimmer: Trimmer) -> tuple[Mention, ...]:
    """Return the document's mentions, in order, not overlapping."""
    kept: list[Trimmed] = []
    votes: dict[int, EntityType] = {}
    taken: set[int] = set()
    for span, inside in _with_spotted(reading.tagged, reading.spotted):
        trimmed = trimmer.trim(reading.words, span)
        if trimmed is None:
            continue
        if not inside:
            kept.append(trimmed)
        elif _is_another(trimmed, [reading.spotted[i] for i in inside], reading.words):
            kept.append(trimmed)
            taken.update(inside)
        else:
            votes.update(dict.fromkeys(inside, span.type))
    names = [(n, votes.get(i)) for i, n in enumerate(reading.spotted) if i not in taken]
    mentions = [
        *(_of_tagged(t, reading) for t in _outside(kept, [name for name, _ in names])),
        *(_of_spotted(name, vote, reading) for name, vote in names),
    ]
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _with_spotted(
    tagged: Sequence[TaggedSpan], spotted: Sequence[Spotted]
) -> Iterator[tuple[TaggedSpan, list[int]]]:
    """Yield each tagged span with the indices of the spotted names that share a place with it."""
    first = 0
    for span in tagged:
        while first < len(spotted) and spotted[first].end <= span.start:
            first += 1
        last = first
        while last < len(spotted) and spotted[last].start < span.end:
            last += 1
        yield span, list(range(first, last))


def _is_another(span: Trimmed, inside: Sequence[Spotted], words: Words) -> bool:
    """Say whether a tagged span is a longer name than the spotted ones within it (rule 4)."""
    if span.type is EntityType.MISC:
        return False
    if any(name.first < span.first or name.last > span.last for name in inside):
        return False
    spotted = {index for name in inside for index in range(name.first, name.last + 1)}
    besides = [i for i in range(span.first, span.last + 1) if i not in spotted]
    return not all(is_beside_names(words.at(index)) for index in besides)


def _outside(kept: Sequence[Trimmed], names: Sequence[Spotted]) -> Iterator[Trimmed]:
    """Yield the spans that share no place with the names: a name may reach into two spans."""
    ends = [name.end for name in names]
    for span in kept:
        following = bisect_right(ends, span.start)
        if following == len(names) or names[following].start >= span.end:
            yield span


def _of_tagged(span: Trimmed, reading: Reading) -> Mention:
    return Mention(
        start=span.start,
        end=span.end,
        text=reading.words.original[span.start : span.end],
        name=span.name,
        prefix=span.prefix,
        type=span.type,
        language=_language_at(span.start, reading.passages),
        source=Source.TAGGER,
    )


def _of_spotted(name: Spotted, vote: EntityType | None, reading: Reading) -> Mention:
    only = name.types[0] if len(name.types) == 1 else None
    return Mention(
        start=name.start,
        end=name.end,
        text=reading.words.original[name.start : name.end],
        name=name.name,
        prefix=name.prefix,
        type=vote if vote in name.types else only,
        language=_language_at(name.start, reading.passages),
        source=Source.DICTIONARY if vote is None else Source.BOTH,
    )


def _language_at(offset: int, passages: Sequence[Passage]) -> Language:
    index = bisect_right(passages, offset, key=lambda passage: passage.start) - 1
    return passages[index].language
