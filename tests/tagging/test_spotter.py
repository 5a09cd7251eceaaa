from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.spotter import Spotted, Spotter
from nisba_service.tagging.words import Words


def spot(spotter: Spotter, text: str) -> list[Spotted]:
    return list(spotter.spot(Words.of(text)))


def surfaces(spotter: Spotter, text: str) -> list[str]:
    return [text[name.start : name.end] for name in spot(spotter, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hamas-controlled Gaza", ["Hamas", "Gaza"]),
        ("pro-Hamas", ["Hamas"]),
        ("Hamas's men, Hamas’ men", ["Hamas", "Hamas"]),
        ("the PA's leader", ["PA"]),
        ("the U.S. and the US", ["U.S.", "US"]),
        ("“Fatah”, (Hamas)", ["Fatah", "Hamas"]),
        ("Al-Aruri and al-Aruri", ["Al-Aruri", "al-Aruri"]),
        ("the Gaza Strip", ["Gaza Strip"]),
        ("in The Hague", ["The Hague"]),
        ("The Pentagon said, in the Pentagon", ["Pentagon", "Pentagon"]),
        ("HAMAS REJECTS", ["HAMAS"]),
        ("Gaza\nStrip", ["Gaza\nStrip"]),
        ("حماس والسلطة الفلسطينية", ["حماس", "السلطة الفلسطينية"]),
        ("إلى غزّة والقاهره", ["غزّة", "القاهره"]),
        ("مَحْمُودٌ عَبَّاسٌ", ["مَحْمُودٌ عَبَّاسٌ"]),
        ("صالح العـــاروري", ["صالح العـــاروري"]),
        ("التقى أبا مازن", ["أبا مازن"]),
        ("الشيخ ياسين", ["ياسين"]),
        ("الملك عبد الله", ["الملك عبد الله"]),
        ("حركة «حماس»", ["حماس"]),
    ],
)
def test_names_are_found(spotter: Spotter, text: str, found: list[str]) -> None:
    assert surfaces(spotter, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Israeli troops, Gazans, Egyptian",
        "الإسرائيلي والإسرائيليون، إيراني",
        "hamas and fatah, gaza",
        "pa, Pa, who, told us, Us",
        "Hamasland, xHamas",
        "Gaza. Strip it: King, Abdullah",
        "Mahmoud\n\nAbbasi",
        "pentagon",
        "Pentagon",
        "حماسية، فتحي، مصرع، غزال",
    ],
)
def test_near_misses_are_not(spotter: Spotter, text: str) -> None:
    assert [s for s in surfaces(spotter, text) if s != "Gaza"] == []


@pytest.mark.parametrize(
    ("text", "prefix", "surface", "name"),
    [
        ("وحماس", "و", "حماس", "حماس"),
        ("بالقاهرة", "ب", "القاهرة", "القاهرة"),
        ("وبالقاهرة", "وب", "القاهرة", "القاهرة"),
        ("والسلطة الفلسطينية", "و", "السلطة الفلسطينية", "السلطة الفلسطينية"),
        ("للسلطة الفلسطينية", "ل", "لسلطة الفلسطينية", "السلطة الفلسطينية"),
        ("وللسلطة الفلسطينية", "ول", "لسلطة الفلسطينية", "السلطة الفلسطينية"),
        ("للجنة", "ل", "لجنة", "اللجنة"),
        ("كالحمد الله", "ك", "الحمد الله", "الحمد الله"),
        ("لأبي مازن", "ل", "أبي مازن", "أبي مازن"),
        ("وَحَمَاسُ", "وَ", "حَمَاسُ", "حماس"),
        ("لحركة حماس", "ل", "حركة حماس", "حركة حماس"),
    ],
)
def test_particles_are_outside(
    spotter: Spotter, text: str, prefix: str, surface: str, name: str
) -> None:
    (found,) = spot(spotter, text)
    assert (found.prefix, text[found.start : found.end], found.name) == (prefix, surface, name)
    assert found.start == len(prefix)


def test_the_longest_name_wins(spotter: Spotter) -> None:
    (strip,) = spot(spotter, "قطاع غزة")
    assert strip.entity_ids == ("loc:gaza-strip",)
    (islam,) = spot(spotter, "Fatah al-Islam")
    assert islam.entity_ids == ("org:fatah-al-islam",)
    (city,) = spot(spotter, "Bandar Abbas")
    assert city.entity_ids == ("loc:abbas",)


def test_a_name_of_more_words_of_its_own_wins_over_one_before_it(spotter: Spotter) -> None:
    assert surfaces(spotter, "تنظيم فتح الإسلام") == ["فتح الإسلام"]
    assert surfaces(spotter, "تنظيم فتح") == ["تنظيم فتح"]


def test_all_bearers_of_a_name_are_proposed(spotter: Spotter) -> None:
    (gaza,) = spot(spotter, "Gaza")
    assert gaza.entity_ids == ("loc:gaza-city", "loc:gaza-strip")
    assert gaza.types == (EntityType.LOCATION,)


def test_ordinary_words_are_marked(spotter: Spotter) -> None:
    assert [name.ordinary for name in spot(spotter, "فتح وحماس")] == [True, False]
    assert [name.ordinary for name in spot(spotter, "Rice and Hamas")] == [True, False]
    assert [name.ordinary for name in spot(spotter, "حركة فتح")] == [False]


def test_what_the_gazetteer_knows(spotter: Spotter) -> None:
    assert spotter.knows_name("رامي الحمدَ الله")
    assert spotter.knows_name("السُّلطة الفلسطينيّة")
    assert not spotter.knows_name("رامي")
    assert spotter.knows("رامي")
    assert spotter.knows("صالح الخالدي")
    assert not spotter.knows("وائل")
    assert not spotter.knows("")
    assert spotter.is_given_name("mahmoud")
    assert spotter.is_given_name("محمود")
    assert not spotter.is_given_name("hamas")
    assert not spotter.is_given_name("قطاع")


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert surfaces(Spotter.build([]), "Hamas, حماس") == []


def test_names_too_short_or_without_letters_are_not_looked_for() -> None:
    names = tuple(Name(name, Language.EN) for name in ("Li", "X", "...", "14"))
    spotter = Spotter.build([Entity("per:x", EntityType.PERSON, names)])
    assert surfaces(spotter, "Li and X, ... 14") == []


def test_fifty_thousand_mentions_are_found_in_one_pass(spotter: Spotter) -> None:
    assert len(spot(spotter, "غزة " * 50_000)) == 50_000
