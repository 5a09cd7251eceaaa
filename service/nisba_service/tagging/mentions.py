"""Tagged spans and spotted names become mentions that do not overlap.

The rules, for each tagged span and the spotted names that share a place with it:

1. Nothing spotted: the tagged span, without titles, particles, possessive and punctuation.
2. A spotted name that reaches beyond the tagged span, or fills it: the spotted name; the tagger has
   cut it short ("Rami" of "Rami Hamdallah").
3. Spotted names within the tagged span, and besides them only titles, words for a kind of body and
   "and": the spotted names ("القيادي صالح العاروري", "حركة حماس", "فتح وحماس"). So also after a
   verb, which has subject and object behind it ("وأقال عباس هنية", "واستقبل خالد مشعل المبعدين").
4. Spotted names within a tagged span that has other words, or that are of one type with nothing
   between: the tagged span, for it is somebody else with a longer name ("Tel Aviv University",
   "Rami Hamdallah al-Masri").
5. A MISC span gives way to any spotted name.
6. People with nothing between, one of them unknown, are one ("Muqtada as-Sadr", "رؤوبين ريفلين"),
   in Arabic unless a verb is before them.

A spotted name that no tagged span touches is a mention of its own. A mention that both found has
the tagger's type if an entity of that name has it, else the entities' type.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script
from nisba_service.tagging.clean import plain
from nisba_service.tagging.coordination import apart
from nisba_service.tagging.cues import is_feminine_verb, is_verb_of_two_before
from nisba_service.tagging.model import Mention, Passage, Source, TaggedSpan
from nisba_service.tagging.name_ends import is_object
from nisba_service.tagging.spelling import ARTICLES
from nisba_service.tagging.spotter import Spotted
from nisba_service.tagging.titles import is_beside_names
from nisba_service.tagging.trim import Trimmed, Trimmer
from nisba_service.tagging.words import Words

# More people side by side than this are a list without commas.
MOST_PARTS = 3
# The end of a noun that belongs to the name before it: "الولايات المتحدة سفارتها".
_HERS = ("ها", "هم")


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
    end = 0
    tagged = apart(reading.words, reading.tagged, trimmer.is_known, trimmer.is_name)
    for span, inside in _with_spotted(tagged, reading.spotted):
        # A word that the tagger takes for several ("Hamas'Fatah") is read once.
        trimmed = trimmer.trim(reading.words, span) if span.start >= end else None
        if trimmed is None:
            continue
        end = trimmed.end
        inside = [i for i in inside if reading.spotted[i].start < end]
        if not inside:
            kept.append(trimmed)
        elif longer := _longer(trimmed, [reading.spotted[i] for i in inside], reading.words):
            kept.append(longer)
            taken.update(inside)
        else:
            votes.update(dict.fromkeys(inside, span.type))
    names = [(n, votes.get(i)) for i, n in enumerate(reading.spotted) if i not in taken]
    mentions = [
        *(_of_tagged(t, reading) for t in _outside(kept, [name for name, _ in names])),
        *(_of_spotted(name, vote, reading) for name, vote in names),
    ]
    mentions.sort(key=lambda mention: mention.start)
    return tuple(_joined(mentions, reading.words))


def _joined(mentions: Sequence[Mention], words: Words) -> Iterator[Mention]:
    """Yield the mentions, a person's name that the tagger has cut up as one (rule 6)."""
    for run in _runs(mentions, words.original):
        if 1 < len(run) <= MOST_PARTS and _is_one_name(run, words):
            yield _as_one(run, words.original)
        else:
            yield from run


def _runs(mentions: Sequence[Mention], text: str) -> Iterator[list[Mention]]:
    """Yield the mentions in runs of which nothing but spaces and articles stand between."""
    run: list[Mention] = []
    for mention in mentions:
        if run and not _follows(run[-1], mention, text):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _follows(first: Mention, second: Mention, text: str) -> bool:
    between = text[first.end : second.start]
    return (
        first.type is second.type is EntityType.PERSON
        and "\n" not in between
        and between.strip().rstrip("-").lower() in {"", *ARTICLES}
        and script_of(first.name) is script_of(second.name)
    )


def _is_one_name(run: Sequence[Mention], words: Words) -> bool:
    """Say whether people side by side are one: some part unknown, or all of them single words."""
    some_unknown = any(part.source is Source.TAGGER for part in run)
    if script_of(run[0].name) is Script.LATIN:
        return some_unknown
    if is_verb_of_two_before(words, words.index_at(run[0].start)):
        return False
    return some_unknown or not any(" " in part.name for part in run)


def _as_one(run: Sequence[Mention], text: str) -> Mention:
    start, end = run[0].start, run[-1].end
    name = " ".join((run[0].name, plain(text[run[0].end : end])))
    return replace(run[0], end=end, text=text[start:end], name=name, source=Source.TAGGER)


def _with_spotted(
    tagged: Iterable[TaggedSpan], spotted: Sequence[Spotted]
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


def _longer(span: Trimmed, inside: Sequence[Spotted], words: Words) -> Trimmed | None:
    """Return the longer name that a tagged span is than the spotted ones within it, None if none.

    A person's span and a spotted person that overlap in part are one long name: the tagger has
    "Abdullah bin Abdulaziz" of "King Abdullah bin Abdulaziz", the gazetteer King Abdullah.
    """
    if span.type is EntityType.MISC:
        return None
    if inside[-1].last > span.last:
        return None
    if inside[0].first < span.first:
        return _widened(span, inside, words)
    return span if _has_more(span, inside, words) else None


def _widened(span: Trimmed, inside: Sequence[Spotted], words: Words) -> Trimmed | None:
    """Return a person's span from the start of the name it overlaps, None if they are two names."""
    first, *others = inside
    if first.last == span.last or any(name.prefix for name in others):
        return None
    if not all(span.type is EntityType.PERSON in name.types for name in inside):
        return None
    name = plain(words.original[first.start : span.end])
    return Trimmed(first.start, span.end, first.first, span.last, first.prefix, name, span.type)


def _has_more(span: Trimmed, inside: Sequence[Spotted], words: Words) -> bool:
    """Say whether a span has words of its own besides spotted names, or these run together."""
    follows_verb = is_verb_of_two_before(words, span.first) or (
        span.type is EntityType.ORGANIZATION and is_feminine_verb(words.at(span.first - 1))
    )
    if any(_run_together(*pair, follows_verb=follows_verb) for pair in pairwise(inside)):
        return True
    spotted = {index for name in inside for index in range(name.first, name.last + 1)}
    last = span.last
    if follows_verb and span.first in spotted:
        while last not in spotted and is_object(words, last):
            last -= 1  # the object: "واستقبل خالد مشعل المبعدين"
    besides = [words.at(i) for i in range(span.first, last + 1) if i not in spotted]
    return not all(is_beside_names(word) or word.endswith(_HERS) for word in besides)


def _run_together(first: Spotted, second: Spotted, *, follows_verb: bool) -> bool:
    """Say whether two names in one span are parts of one, nothing standing between them."""
    if second.first != first.last + 1 or second.prefix:
        return False
    if script_of(first.name) is Script.LATIN:
        return True  # "Israel Katz"
    return not (follows_verb or set(first.types).isdisjoint(second.types))


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
