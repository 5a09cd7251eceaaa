"""All ties between the names of a document, and the order in which they can be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nisba_service.linking.antecedents import Bond, Tie, longer_forms, name_length
from nisba_service.linking.groups import NameGroup


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a name by itself.

    Attributes:
        exact: the entities that have it among their names, places aside: "Tunis" and "Tunisia" are
            two, though both are تونس.
        is_stored: it is a name of some entity, whatever its type.
        anchor: the entity that it denotes beyond doubt, if any.
    """

    exact: Sequence[str]
    is_stored: bool
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of each name, by its index; `order` has every name behind those it is tied to."""

    of: Sequence[Sequence[Tie]]
    order: Sequence[int]


# First names that are clear and no short form, then from long to short, then as they stand.
_Rank = tuple[bool, int, int]


def find_ties(
    groups: Sequence[NameGroup], known: Sequence[Known], definitions: Mapping[int, int]
) -> Ties:
    """Return the ties between the names of a document.

    Args:
        groups: its names.
        known: what is known of each.
        definitions: mentions that are other names of other mentions.
    """
    ties = longer_forms(groups, [name.is_stored for name in known])
    ranks = [_rank(index, groups[index], known[index], ties[index]) for index in range(len(groups))]
    for index, tie in (*_same(known, ranks), *_defined(groups, definitions, ranks)):
        ties[index].append(tie)
    return Ties(ties, sorted(range(len(groups)), key=ranks.__getitem__))


def _rank(index: int, group: NameGroup, known: Known, longer: Sequence[Tie]) -> _Rank:
    if known.anchor is not None and not longer:
        return False, 0, index
    return True, -name_length(group), index


def _same(known: Sequence[Known], ranks: Sequence[_Rank]) -> Iterator[tuple[int, Tie]]:
    """Yield ties to the first clear name of the same entity: "Abbas" after "Abu Mazen"."""
    clear: dict[str, int] = {}
    for index, name in enumerate(known):
        if name.anchor is not None and not ranks[index][0]:
            clear.setdefault(name.anchor, index)
    for index, name in enumerate(known):
        for entity_id in name.exact:
            other = clear.get(entity_id)
            if other is not None and ranks[other] < ranks[index]:
                yield index, Tie(other, Bond.SAME)


def _defined(
    groups: Sequence[NameGroup], definitions: Mapping[int, int], ranks: Sequence[_Rank]
) -> Iterator[tuple[int, Tie]]:
    """Yield ties between names that the text says to be of one, the plainer deciding."""
    group_of = {m: index for index, group in enumerate(groups) for m in group.mentions}
    found: dict[int, set[int]] = defaultdict(set)
    for mention, definer in definitions.items():
        if mention in group_of and definer in group_of:
            pair = (group_of[mention], group_of[definer])
            first, second = sorted(pair, key=ranks.__getitem__)
            if first != second and first not in found[second]:
                found[second].add(first)
                yield second, Tie(first, Bond.DEFINED, since=definer)
