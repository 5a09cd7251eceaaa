"""Latin names that show by their capitals alone, where neither tagger nor gazetteer has them.

- initials of three letters or more among words in small letters: "the pro-Kurdish HDP";
- in Arabic initials of two letters too, and behind a verb any word with a capital: "ورأى Miliband";
- the place that a dispatch begins with: "ANNAPOLIS, Maryland –".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging import cues
from nisba_service.tagging.model import Mention, Passage, TaggedSpan

# A person's name seldom has more words.
_MOST_OF_A_PERSON = 2
# Initials of things, offices and units: they name nobody.
_COMMON_INITIALS = """
    AIDS AGM APC ATM BST CBRN CCTV CD CEO CFO COVID DIY DNA DVD EST EUR FAQ FM GDP GMT GNP GPS HD
    HIV HTML HTTP ID IED II III IPO ISBN IT IV IX KG KM LED LGBT MBA MP MPH NGO OK PC PDF PHD PM
    POW PR RIP RNA RPG RSVP SARS SIM SMS SOS SUV TNT TV UAV URL USB USD UTC VAT VI VII VIII VIP
    WMD WWI WWII WWW XI XII XIII XIV XV XVI
"""
_COMMON = frozenset(_COMMON_INITIALS.split())
_INITIALS = re.compile(r"(?<![\w.&/@#’'-])[A-Z]{3,6}(?![\w&/@-]|\.\w)")
_CAPITALISED = re.compile(
    r"(?<![A-Za-z0-9.@/#])[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+"
    r"(?: (?:(?:of|for|and|the|de|al|bin) )?[A-ZÀ-Þ][A-Za-zÀ-ɏ'’-]+)*"
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z'-]{2,}(?: [A-Z'-]{2,}){0,2}(?=, [A-Z]| ?[–—:] ?| - | \([A-Z])", re.MULTILINE
)
_NEXT_WORD = re.compile(r"\W{0,3}(\w+)")
_WORD_BEFORE = re.compile(r"(\w+)\W{0,3}\Z")
_FAR = 30


def latin_names(
    text: str, passages: Sequence[Passage], mentions: Sequence[Mention]
) -> tuple[TaggedSpan, ...]:
    """Return the spans of such names outside all mentions, in order, not overlapping."""
    ends = [mention.end for mention in mentions]
    found: list[TaggedSpan] = []
    for span in (span for passage in passages for span in _in_passage(text, passage)):
        following = bisect_right(ends, span.start)
        if following < len(mentions) and mentions[following].start < span.end:
            continue
        if not found or found[-1].end <= span.start:
            found.append(span)
    return tuple(found)


def _in_passage(text: str, passage: Passage) -> Iterator[TaggedSpan]:
    begin, end = passage.start, passage.end
    if passage.language is Language.AR:
        for match in _CAPITALISED.finditer(text, begin, end):
            if _names_in_arabic(text, match):
                yield TaggedSpan(match.start(), match.end(), _type_of(match[0]))
        return
    spans = [
        *(
            TaggedSpan(*m.span(), EntityType.LOCATION)
            for m in _DATELINE.finditer(text, begin, end)
            if not _is_shouted(text, m)
        ),
        *(
            TaggedSpan(*m.span(), EntityType.ORGANIZATION)
            for m in _INITIALS.finditer(text, begin, end)
            if m[0] not in _COMMON and not _is_shouted(text, m)
        ),
    ]
    yield from sorted(spans, key=lambda span: (span.start, -span.end))


def _names_in_arabic(text: str, match: re.Match[str]) -> bool:
    """Say whether a Latin word among Arabic ones names somebody: initials, or a verb's subject."""
    if match[0].isupper():
        return match[0] not in _COMMON
    before = _WORD_BEFORE.search(text, max(0, match.start() - _FAR), match.start())
    word = "" if before is None else normal_form(before[1])
    # "ـSaleh": of a stroke that only stretches, the normal form has nothing left.
    return bool(word) and cues.is_speaking_or_acting(word)


def _type_of(name: str) -> EntityType:
    words = name.split()
    if name.isupper() or len(words) > _MOST_OF_A_PERSON:
        return EntityType.ORGANIZATION
    return EntityType.PERSON


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Say whether a neighbour is all capitals too: a headline, not initials."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - _FAR), match.start())
    after = _NEXT_WORD.match(text, match.end(), match.end() + _FAR)
    return any(near is not None and near[1].isupper() for near in (before, after))
