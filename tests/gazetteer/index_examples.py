"""What the property tests of the index draw: names, entities, edits; and cuts that few reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st

from nisba_service.gazetteer import index, index_contrast, index_parts, index_reach, index_search
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language

WORDS = (
    "Saleh", "Salih", "al-Arouri", "Aruri", "Hamdan", "Hamdallah", "Abu", "Mazen", "bin", "Hasan",
    "Fatah", "Islam", "Movement", "صالح", "العاروري", "حمدان", "الحمد", "الله", "أبو", "مازن", "بن",
    "حسن", "حركة", "فتح", "الإسلام",
)  # fmt: skip
QUERIES = (
    "Saleh al-Arouri", "صالح العاروري", "Aruri", "حمدان", "Abu Mazen", "أبو مازن حسن", "Hasan",
    "Fatah Islam Movement", "حركة فتح", "SA",
)  # fmt: skip

PREFIXES = ("S", "Saleh Ha", "ص", "صالح ح")

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
entities = st.builds(
    lambda number, kind, names: Entity(
        id=f"e{number}",
        type=kind,
        names=tuple(Name(n, Language.EN if n.isascii() else Language.AR) for n in names),
    ),
    st.integers(0, 30),
    st.sampled_from([EntityType.PERSON, EntityType.ORGANIZATION]),
    st.lists(names, min_size=1, max_size=3),
)
edits = st.tuples(st.lists(entities, max_size=4), st.lists(st.integers(0, 30), max_size=3))


def unique(drawn: Sequence[Entity]) -> dict[str, Entity]:
    return {entity.id: entity for entity in drawn}


@contextmanager
def early_cuts() -> Iterator[None]:
    """Cut so early that the few names of a test are cut everywhere, also among equals."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_parts, "ALIGNED", 3)
        patch.setattr(index_reach, "ALIGNED", 3)
        patch.setattr(index_parts, "_KEPT", 2)
        for module in (index_search, index_contrast):
            patch.setattr(module, "SPELLED", 5)
        patch.setattr(index_search, "_MAX_NAMES", 6)
        patch.setattr(index_search, "_MAX_PAIRED", 4)
        patch.setattr(index, "_COMPARED", 4)
        patch.setattr(index, "_FIRST_COMPARED", 2)
        yield
