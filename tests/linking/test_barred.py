"""What curators have ruled out: uses and dates of names, and names that are not an entity's."""

from __future__ import annotations

from datetime import date

import pytest

from nisba_service.gazetteer.model import NameUse
from nisba_service.linking.linker import Linker
from tests.linking.world import answers, entity, gazetteer, linker, name


@pytest.fixture(scope="module")
def world() -> Linker:
    return linker(
        gazetteer(
            entity(
                "org:islamic-jihad",
                *("=Islamic Jihad Movement", "=حركة الجهاد الإسلامي"),
                name("the Jihad", use=NameUse.NEEDS_CONTEXT),
                name("الجهاد", use=NameUse.NEEDS_CONTEXT),
            ),
            entity("per:ziyad", "=Ziyad Nakhalah", "=زياد النخالة", to=["org:islamic-jihad"]),
            entity(
                "per:mahmoud-darwish",
                *("=Mahmoud Darwish", "=محمود درويش"),
                name("Mahmoud", use=NameUse.NEVER_ALONE),
                name("محمود", use=NameUse.NEVER_ALONE),
            ),
            entity(
                "org:new-front",
                "=Levant Front",
                name("Nusra Front", valid_to=date(2016, 7, 28)),
                name("جبهة النصرة", valid_to=date(2016, 7, 28)),
            ),
            entity("loc:gaza-strip", "=Gaza Strip", "=قطاع غزة", not_names=("Gaza City",)),
        )
    )


@pytest.mark.parametrize(
    ("alone", "in_context"),
    [
        ("[O:the Jihad] spoke.", "[P:Ziyad Nakhalah] spoke for [O:the Jihad]."),
        ("تحدثت [O:الجهاد].", "تحدث [P:زياد النخالة] باسم [O:الجهاد]."),
    ],
)
def test_a_name_that_needs_context(world: Linker, alone: str, in_context: str) -> None:
    assert answers(world, alone) == ["NIL"]
    assert answers(world, in_context)[1] == "org:islamic-jihad"


@pytest.mark.parametrize(
    ("alone", "after"),
    [
        ("[P:Mahmoud] read.", "[P:Mahmoud Darwish] came. [P:Mahmoud] read."),
        ("قرأ [P:محمود].", "جاء [P:محمود درويش]. وقرأ [P:محمود]."),
    ],
)
def test_a_name_that_is_never_alone(world: Linker, alone: str, after: str) -> None:
    assert answers(world, alone) == ["NIL"]
    assert answers(world, after)[1] == "per:mahmoud-darwish"


@pytest.mark.parametrize("text", ["The [O:Nusra Front] left.", "غادرت [O:جبهة النصرة]."])
def test_a_name_counts_until_its_last_day(world: Linker, text: str) -> None:
    assert answers(world, text, date(2016, 7, 28)) == ["org:new-front"]
    assert answers(world, text, date(2016, 7, 29)) == ["NIL"]
    assert answers(world, text) == ["org:new-front"]


def test_what_is_not_its_name_is_never_linked(world: Linker) -> None:
    assert answers(world, "[L:Gaza Strip] and [L:gaza city]") == ["loc:gaza-strip", "NIL"]
    assert world.resolve("Gaza City").candidates == ()
