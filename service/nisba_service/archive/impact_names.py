"""Which names have other matches after a change: those that it reaches are matched again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from nisba_service.archive.questions import Reasons, answer_digest
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.gazetteer.index_contrast import Lost
from nisba_service.gazetteer.index_keys import pair_keys, part_keys
from nisba_service.gazetteer.index_reach import StoredChange, reads_of
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.linking.knowledge import GazetteerKnowledge, Knowledge
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import Policy
from nisba_service.names.parse import parse

# Names of an archive that are kept with their new answers: the same ones in shard after shard.
_KEPT = 1 << 18
_NONE: Counter[Name] = Counter()


class NamesImpact:
    """What a change does to the matches of names. Threads may share it."""

    def __init__(
        self,
        stored: StoredChange,
        owners: Mapping[str, Reasons],
        states: Sequence[tuple[Parts, Lost]],
        policy: Policy,
    ) -> None:
        """Prepare what a change of stored names can reach.

        Args:
            stored: the names that came or went.
            owners: the same names, each with the entities that bear or bore it.
            states: the parts before and after, each with the names that only that state has.
            policy: by which names are matched.
        """
        self._stored = stored
        self._all = frozenset().union(*owners.values())
        self._by_key: dict[tuple[str, int], Reasons] = _by_key(owners)
        self._states = states
        self._policy = policy
        self._again = lru_cache(maxsize=_KEPT)(self._answer)

    @classmethod
    def between(
        cls,
        before: Parts,
        after: Parts,
        entities: tuple[Iterable[Entity], Iterable[Entity]],
        policy: Policy,
    ) -> NamesImpact:
        """Return the impact of the names of changed entities, as they were and as they are."""
        old, new = map(_names, entities)
        gone, come = _lost(old, new), _lost(new, old)
        owners: dict[str, set[str]] = defaultdict(set)
        for entity_id, names in (*gone.items(), *come.items()):
            for name in names:
                owners[name.name].add(entity_id)
        return cls(
            StoredChange.of(sorted(owners), before.index, after.index),
            {name: frozenset(ids) for name, ids in owners.items()},
            ((before, gone), (after, come)),
            policy,
        )

    @cached_property
    def _knowledge(self) -> Knowledge:
        after, _ = self._states[-1]
        return GazetteerKnowledge(after, self._policy)

    @cached_property
    def _contrasts(self) -> list[Callable[[str], bool]]:
        """What says of a name that its answer stands without the names of one state alone.

        Without these, both states have the same names: an answer that stands in both is the same.
        """
        if self._stored.reaches_all:
            return [lambda _: False]
        return [
            parts.index.contrast(lost, parts.gazetteer.entities, self._policy.retrieved)
            for parts, lost in self._states
            if lost
        ]

    def changed(self, index: TraceIndex) -> Iterator[tuple[str, Reasons]]:
        """Yield the names of a shard that have another answer, with the reasons."""
        for name, answer in index.reached(self._stored):
            again = self._again(name)
            if again is not None and again[0] != answer:
                yield name, again[1]

    def _answer(self, name: str) -> tuple[int, Reasons] | None:
        """Return the digest of the new answer, and the reasons; None: the answer stands."""
        if all(stands(name) for stands in self._contrasts):
            return None
        matches = self._knowledge.matches(name, None)
        near = self._near(name) or self._all
        # Of many edits that may be the reason, those are shown that are in the answer.
        return answer_digest(matches), near & {m.entity_id for m in matches} or near

    def _near(self, name: str) -> Reasons:
        """Return the changed entities with a changed name that shares a key with this one."""
        reads = reads_of(name)
        keys = chain(
            (("pair", key) for key in reads.pairs),
            (("part", key) for seek in reads.seeks for key in seek.keys),
        )
        return frozenset().union(*(self._by_key.get(key, frozenset()) for key in keys))


def _lost(names: Mapping[str, Counter[Name]], other: Mapping[str, Counter[Name]]) -> Lost:
    """Return the names that the other state has not, of the entities that lose one."""
    lost = {id: counted - other.get(id, _NONE) for id, counted in names.items()}
    return {id: counted for id, counted in lost.items() if counted}


def _names(entities: Iterable[Entity]) -> Mapping[str, Counter[Name]]:
    return {entity.id: Counter(entity.names) for entity in entities}


def _by_key(owners: Mapping[str, Reasons]) -> dict[tuple[str, int], Reasons]:
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for name, ids in owners.items():
        parts = parse(name).parts
        for key in pair_keys(parts):
            found["pair", key] |= ids
        for key in {key for part in parts for key in part_keys(part.text)}:
            found["part", key] |= ids
    return {key: frozenset(ids) for key, ids in found.items()}
