"""Which spotted names to believe in: those that are ordinary words too need a reason.

A reason is any of:

1. the tagger takes the place for a name of that type;
2. a word before it says what it is: "حركة فتح", "الشيخ ياسين", "مدينة صور";
3. it speaks or has members, as organisations do: "قالت فتح إن", "القيادي في فتح", "فتح ترفض";
4. it is joined by و or and to a name of the same type that needs no reason: "فتح وحماس";
5. another place in the document has shown the same entity, and what follows this place is a stop or
   a function word, not the object of a verb: "فتح" in "وترى فتح أن", not in "فتح معبر رفح".

In English a capital inside a sentence is reason enough ("said Rice"); at its start it is none, and
neither are capitals all around ("WHO IS NEXT"). A person's single word beside another part of a
name belongs to somebody else: "Ahmed" in "Ahmed Ali", العاروري in "محمود العاروري".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import FUTURE
from nisba_service.tagging.spotter import Spotted
from nisba_service.tagging.surroundings import Surroundings
from nisba_service.tagging.words import Words

# Joined to a particle, a name as short as this is often a word by chance.
CHANCE_LENGTH = 3


def supported(
    words: Words,
    spotted: Sequence[Spotted],
    tagged: Sequence[TaggedSpan],
    is_given_name: Callable[[str], bool],
) -> tuple[Spotted, ...]:
    """Return the spotted names that the document bears out, in order.

    Args:
        words: the text's words.
        spotted: what the spotter found in them.
        tagged: the tagger's spans, in order of start.
        is_given_name: says of a word in normal form whether people's names begin with it.
    """
    around = Surroundings(words, is_given_name, _beginnings(words, spotted, tagged))
    spotted = [name for name in spotted if not around.is_verb(name)]
    confirmed = _confirmed(spotted, tagged)
    believed = {i for i, name in enumerate(spotted) if i in confirmed or _is_clear(name, around)}
    believed |= {i for i in range(len(spotted)) if _is_joined(i, spotted, believed, around)}
    shown = {id_ for index in believed for id_ in spotted[index].entity_ids}
    return tuple(
        name
        for index, name in enumerate(spotted)
        if index in believed or (not shown.isdisjoint(name.entity_ids) and _may_be(name, around))
    )


def _beginnings(
    words: Words, spotted: Sequence[Spotted], tagged: Sequence[TaggedSpan]
) -> frozenset[int]:
    """Return the words where people's names begin, known ones if they are no ordinary words."""
    person = EntityType.PERSON
    of_tagger = (words.within(s.start, s.end)[0] for s in tagged if s.type is person)
    known = (name.first for name in spotted if person in name.types and not name.ordinary)
    return frozenset(of_tagger) | frozenset(known)


def _confirmed(spotted: Sequence[Spotted], tagged: Sequence[TaggedSpan]) -> frozenset[int]:
    """Return the indices of the spotted names that share a place and a type with a tagged span."""
    found = []
    spans = iter(tagged)
    span = next(spans, None)
    for index, name in enumerate(spotted):
        while span is not None and span.end <= name.start:
            span = next(spans, None)
        if span is not None and span.start < name.end and span.type in name.types:
            found.append(index)
    return frozenset(found)


def _is_clear(name: Spotted, around: Surroundings) -> bool:
    if around.is_titled(name):
        return True
    if EntityType.PERSON in name.types and around.is_part_of_longer_name(name):
        return False
    if _is_latin(name):
        return not name.ordinary or not around.is_capitalised_anyway(name)
    if EntityType.ORGANIZATION in name.types and (
        around.is_actor(name) or (around.is_quoted(name) and not around.is_in_phrase(name))
    ):
        return True
    if EntityType.LOCATION in name.types and not around.is_in_phrase(name):
        return around.is_place_told(name) or not (name.ordinary or _is_chance(name))
    return not (name.ordinary or _is_chance(name) or around.is_in_phrase(name))


def _is_chance(name: Spotted) -> bool:
    """Say whether particle and name may as well be one word: وفدا is a delegation, not و + فدا.

    Short places are let through, for they stand in every text: ومصر, بقطر, لحلب. After س nothing
    is: it belongs to verbs, and سريان is no س + ريان.
    """
    if not name.prefix:
        return False
    return FUTURE in name.prefix or (
        name.is_single_word
        and not name.ordinary
        and len(name.name) <= CHANCE_LENGTH
        and EntityType.LOCATION not in name.types
    )


def _is_joined(
    index: int, spotted: Sequence[Spotted], believed: set[int], around: Surroundings
) -> bool:
    """Say whether a believed neighbour of a type in common stands beside it, "and" between."""
    name = spotted[index]
    return not _is_chance(name) and any(
        other in believed
        and not set(name.types).isdisjoint(spotted[other].types)
        and around.are_joined(spotted[min(index, other)], spotted[max(index, other)])
        for other in (index - 1, index + 1)
    )


def _may_be(name: Spotted, around: Surroundings) -> bool:
    """Say whether a name shown elsewhere in the document may be meant here."""
    if EntityType.PERSON in name.types and around.is_part_of_longer_name(name):
        return False
    if _is_latin(name):
        return not around.is_shouted(name)
    if around.is_one_of_many(name):
        return False
    if EntityType.PERSON in name.types and around.is_subject(name):
        return True
    return around.is_free_after(name) and not (
        around.is_in_phrase(name) or around.is_adjective(name)
    )


def _is_latin(name: Spotted) -> bool:
    return script_of(name.name) is Script.LATIN
