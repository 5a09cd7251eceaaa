"""Short names and the longer forms of them that the same document holds, before or after."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from nisba_service.linking.groups import NameGroup
from nisba_service.names.compare import part_similarity
from nisba_service.names.parse import Part, Role, parse
from nisba_service.names.types import EntityType

# Aruri and Arouri are one part; Amir and Omar are not, though their consonants agree.
SAME_PART = 0.8
# A text made to hold thousands of names that end alike must not take quadratic time.
EXAMINED = 64

_Parts = tuple[Part, ...]


def longer_forms(groups: Sequence[NameGroup], clear: Sequence[bool]) -> tuple[tuple[int, ...], ...]:
    """Return, for each group, the indices of the groups whose names are longer forms of its own.

    A short name is the beginning or the end of its longer form: "Hamdallah" or "Rami" of "Rami
    Hamdallah", but not "Abdullah" of "Ramadan Abdullah Shallah". Only people share names as parts
    of names, so an organisation or place that is clear by itself has none: "Fatah" is not short
    for "Fatah al-Islam".

    Args:
        groups: the names of a document.
        clear: whether each denotes an entity beyond doubt without its document.
    """
    parts = [_telling_parts(group.name) for group in groups]
    edges = _Edges(parts)
    return tuple(
        ()
        if is_clear and group.type is not EntityType.PERSON
        else tuple(
            longer
            for longer in edges.candidates(own)
            if _may_agree(group.type, groups[longer].type) and _is_short_of(own, parts[longer])
        )
        for group, own, is_clear in zip(groups, parts, clear, strict=True)
    )


def visible_forms(
    index: int, groups: Sequence[NameGroup], longer: Sequence[int], headline: int = 0
) -> dict[tuple[int, ...], tuple[int, ...]]:
    """Return which of its longer forms each mention of a group refers to: forms → mentions.

    A mention refers to what has been named before it. "Barghouti" after "Mustafa Barghouti" is he,
    whoever is named later; after "Marwan Barghouti" too, it may be either. The headline alone, the
    first `headline` mentions, refers to what follows. The forms are in order of distance, the
    nearest first.
    """
    readings: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for mention in groups[index].mentions:
        last = {form: _last_before(groups[form].mentions, mention) for form in longer}
        before = [form for form in longer if last[form] >= 0]
        before.sort(key=lambda form: -last[form])
        if not before and mention < headline:
            before = sorted(longer, key=lambda form: groups[form].mentions[0])
        readings[tuple(before)].append(mention)
    if not readings:
        return {tuple(longer): ()}
    return {forms: tuple(mentions) for forms, mentions in readings.items()}


def name_length(group: NameGroup) -> int:
    """Return the number of telling parts of a group's name: a longer form has more."""
    return len(_telling_parts(group.name))


def _last_before(mentions: Sequence[int], mention: int) -> int:
    """Return the last of the sorted mentions before this one, or -1."""
    place = bisect_left(mentions, mention) - 1
    return mentions[place] if place >= 0 else -1


class _Edges:
    """The names of a document by the consonants of their first and of their last part."""

    def __init__(self, parts: Sequence[_Parts]) -> None:
        self._first: dict[str, list[int]] = defaultdict(list)
        self._last: dict[str, list[int]] = defaultdict(list)
        for index, own in enumerate(parts):
            if len(own) > 1:
                self._first[own[0].skeleton].append(index)
                self._last[own[-1].skeleton].append(index)

    def candidates(self, short: _Parts) -> Iterator[int]:
        """Yield at most 2 × EXAMINED names that begin or end as this one does, each once."""
        if short:
            first = self._first.get(short[0].skeleton, ())[:EXAMINED]
            last = self._last.get(short[-1].skeleton, ())[:EXAMINED]
            yield from dict.fromkeys((*first, *last))


def _telling_parts(name: str) -> _Parts:
    return tuple(part for part in parse(name).parts if part.role is not Role.FILLER)


def _may_agree(left: EntityType | None, right: EntityType | None) -> bool:
    return left is right or left is None or right is None


def _is_short_of(short: _Parts, long: _Parts) -> bool:
    if len(short) >= len(long):
        return False
    return _are_same(short, long[: len(short)]) or _are_same(short, long[-len(short) :])


def _are_same(left: _Parts, right: _Parts) -> bool:
    return all(part_similarity(*pair) >= SAME_PART for pair in zip(left, right, strict=True))
