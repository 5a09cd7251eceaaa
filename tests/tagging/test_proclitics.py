from __future__ import annotations

import pytest

from nisba_service.tagging.proclitics import WHOLE_STEMS, split

KNOWN = {"حماس", "القاهرة", "السلطة", "الحمد", "اللجنة", "لبنان", "فتح", "إيران", "تل"}


def is_known(name: str) -> bool:
    return name.split()[0] in KNOWN


@pytest.mark.parametrize(
    ("written", "prefix", "name"),
    [
        ("وحماس", "و", "حماس"),
        ("فحماس", "ف", "حماس"),
        ("بإيران", "ب", "إيران"),
        ("لحماس", "ل", "حماس"),
        ("كحماس", "ك", "حماس"),
        ("ولحماس", "ول", "حماس"),
        ("بالقاهرة", "ب", "القاهرة"),
        ("وبالقاهرة", "وب", "القاهرة"),
        ("للسلطة الفلسطينية", "ل", "السلطة الفلسطينية"),
        ("وللسلطة", "ول", "السلطة"),
        ("للجنة", "ل", "اللجنة"),
        ("كالحمد الله", "ك", "الحمد الله"),
    ],
)
def test_before_a_known_name(written: str, prefix: str, name: str) -> None:
    found = split(written, is_known)
    assert (written[: found.length], found.name) == (prefix, name)


@pytest.mark.parametrize(
    ("written", "prefix", "name"),
    [
        ("والعاروري", "و", "العاروري"),
        ("بالحديدة", "ب", "الحديدة"),
        ("للعاروري", "ل", "العاروري"),
        ("وبالحديدة", "وب", "الحديدة"),
    ],
)
def test_before_an_unknown_name_with_the_article(written: str, prefix: str, name: str) -> None:
    found = split(written, is_known)
    assert (written[: found.length], found.name) == (prefix, name)


@pytest.mark.parametrize(
    "name",
    [
        *("وائل", "وليد", "فتح", "فراس", "بشار", "بركة", "لبنان", "كمال", "كرم", "سلام", "سليمان"),
        *(
            "واشنطن",
            "وليد خليل",
            "وزارة الداخلية",
            "وسام",
            "ويليام",
            "وضاح",
            "ولد لبات",
            "ودي",
            "وايتمان",
        ),
        *("والد", "والتر", "كاليفورنيا", "بالتيمور", "وتل", "سالعاروري", "ليلى", "ل"),
    ],
)
def test_letters_of_a_name_stay(name: str) -> None:
    found = split(name, is_known)
    assert (found.length, found.name) == (0, name)


@pytest.mark.parametrize(
    ("written", "prefix"),
    [
        ("ووهران", "و"),  # a و of its own behind "and"
        ("لأم كلثوم", "ل"),
        ("ببعبدا", "ب"),
        ("وسبها", "و"),  # س is no particle behind و
        ("ووكر", ""),
        ("بابل", ""),
        ("أم كلثوم", ""),
    ],
)
def test_particles_that_the_letters_tell(written: str, prefix: str) -> None:
    is_known_or_baha = {"بها"}.__contains__
    assert written[: split(written, is_known_or_baha).length] == prefix


def test_and_before_a_known_name_though_another_name_ends_so() -> None:
    known = {"والجهاد", "الجهاد"}  # the second word of التوحيد والجهاد, and the first of another
    assert split("والجهاد", known.__contains__).name == "الجهاد"
    assert split("والجهاد", {"والجهاد"}.__contains__).name == "والجهاد"


@pytest.mark.parametrize("written", ["ومعاذ", "وإلداد ريغف", "وفوردو", "ويوسف خليل", "وإيتامار"])
def test_and_before_an_unknown_name(written: str) -> None:
    assert split(written, is_known).name == written[1:]


def test_the_stems_that_stay_whole_begin_like_a_particle_and_the_article() -> None:
    assert all(stem[1:3] in ("ال", "لي") for stem in WHOLE_STEMS)
