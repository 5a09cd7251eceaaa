"""A name by itself: what it says is the same in every text, so it is looked up once."""

from __future__ import annotations

import pytest

from nisba_service.linking.alone import NamesAlone
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.knowledge import GazetteerKnowledge
from nisba_service.linking.model import Outcome
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY
from nisba_service.linking.scoring import Scorer
from nisba_service.names.types import Language
from tests.linking.world import ORGANIZATION, PERSON, WORLD


@pytest.fixture(scope="module")
def alone() -> NamesAlone:
    return NamesAlone(Scorer(GazetteerKnowledge(Parts.of(WORLD), POLICY), POLICY), POLICY)


@pytest.mark.parametrize("name", ["Rami Hamdallah", "رامي الحمد الله"])
def test_a_clear_name_speaks_for_the_others_of_its_text(alone: NamesAlone, name: str) -> None:
    found = alone.of(NameGroup.alone(name, PERSON))
    assert found.decision.outcome is Outcome.LINKED
    assert (found.known.anchor, found.known.is_stored) == ("per:rami-hamdallah", True)
    assert found.known.exact == ["per:rami-hamdallah"]


@pytest.mark.parametrize("name", ["Yusuf Karimzadeh", "يوسف كريم زاده"])
def test_a_stranger_says_nothing(alone: NamesAlone, name: str) -> None:
    known = alone.of(NameGroup.alone(name, PERSON)).known
    assert (known.anchor, known.is_stored, list(known.exact)) == (None, False, [])


def test_a_name_is_looked_up_once_whichever_mentions_it_has(alone: NamesAlone) -> None:
    first = NameGroup("Abbas", PERSON, Language.EN, (0, 4))
    again = NameGroup("Abbas", PERSON, Language.EN, (7,))
    assert alone.of(first) is alone.of(again)


def test_another_type_or_language_is_another_question(alone: NamesAlone) -> None:
    fatah = alone.of(NameGroup("Fatah", ORGANIZATION, Language.EN, (0,)))
    person = alone.of(NameGroup("Fatah", PERSON, Language.EN, (0,)))
    in_arabic = alone.of(NameGroup("Fatah", ORGANIZATION, Language.AR, (0,)))
    assert fatah.decision != person.decision
    assert fatah.decision.candidates[0].name == "Fatah"
    assert in_arabic.decision.candidates[0].name == "فتح"
