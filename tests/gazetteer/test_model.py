from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Entity, Name, NameKind
from nisba_service.names.types import EntityType, Language


def entity(*names: Name) -> Entity:
    return Entity("per:arafat", EntityType.PERSON, names)


@pytest.mark.parametrize(
    ("language", "shown"), [(Language.EN, "Yasser Arafat"), (Language.AR, "ياسر عرفات")]
)
def test_the_primary_name_of_a_language(language: Language, shown: str) -> None:
    arafat = entity(
        Name("Yasser Arafat", Language.EN, NameKind.PRIMARY),
        Name("ياسر عرفات", Language.AR, NameKind.PRIMARY),
        Name("أبو عمار", Language.AR, NameKind.KUNYA),
        Name("Arafat", Language.EN, NameKind.SHORT),
    )
    assert arafat.primary_name(language) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [(Language.EN, "Yasser Arafat"), (Language.AR, "أبو عمار")]
)
def test_the_first_name_counts_as_primary(language: Language, shown: str) -> None:
    arafat = entity(
        Name("Yasser Arafat", Language.EN, NameKind.PRIMARY),
        Name("أبو عمار", Language.AR, NameKind.KUNYA),
        Name("عرفات", Language.AR, NameKind.SHORT),
    )
    assert arafat.primary_name(language) == shown


def test_a_name_in_the_other_language_is_better_than_none() -> None:
    assert entity(Name("ياسر عرفات", Language.AR)).primary_name(Language.EN) == "ياسر عرفات"
    assert entity(Name("Yasser Arafat", Language.EN)).primary_name(Language.AR) == "Yasser Arafat"


def test_entities_can_be_held_in_sets() -> None:
    assert len({entity(Name("عرفات", Language.AR)), entity(Name("عرفات", Language.AR))}) == 1
