from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.support import supported
from nisba_service.tagging.words import Words


def believed(spotter: Spotter, text: str, *tagged: TaggedSpan) -> list[str]:
    words = Words.of(text)
    found = supported(words, spotter.spot(words), tagged, spotter.is_given_name)
    return [text[name.start : name.end] for name in found]


@pytest.mark.parametrize(
    "text",
    [
        "قالت فتح إن الاتفاق واضح",
        "وقالت فتح في بيان",
        "أعلنت فتح أنها توافق",
        "فتح ترفض الاتفاق",
        "القيادي في فتح",
        "القيادي البارز في فتح",
        "وفد فتح",
        "حركتا فتح والجهاد",
        "احتفلت فتح في المدينة",
        "منتقدون من داخل فتح",
        "وقال إن فتح تعرف الطريق",
        "فتح وحماس",
        "بين حماس وفتح",
    ],
)
def test_fatah_is_the_movement(spotter: Spotter, text: str) -> None:
    assert "فتح" in believed(spotter, text)


@pytest.mark.parametrize(
    "text",
    [
        "فتح الباب",
        "فتح المعبر",
        "فتح تحقيق في الحادث",
        "أعلنت فتح المعبر",
        "رفضت فتح تحقيق",
        "قررت إسرائيل فتح المعبر",
        "وبعد فتح وإغلاق المعبر",
        "لفتح صفحة جديدة مع حماس",
        "احتفلت فتح الطريق",
        "بعد وقت فتح الباب",
        "وقال إن فتح تحقيق ممكن",
    ],
)
def test_fatah_is_a_verb_or_noun(spotter: Spotter, text: str) -> None:
    assert "فتح" not in believed(spotter, text)


def test_a_shown_entity_is_met_again_but_not_in_its_verb(spotter: Spotter) -> None:
    text = "حركة فتح وافقت. وترى فتح أن المعبر مهم، فتم فتح المعبر."
    assert believed(spotter, text) == ["حركة فتح", "فتح"]


@pytest.mark.parametrize("text", ["استقبلوه بحماس", "عملوا بكل حماس", "حماس كبير في الملعب"])
def test_zeal_is_not_hamas(spotter: Spotter, text: str) -> None:
    assert believed(spotter, text) == []


@pytest.mark.parametrize("text", ["حماس ترفض", "ورفضت حماس", "لحماس", "وحماس"])
def test_hamas_needs_no_reason(spotter: Spotter, text: str) -> None:
    assert believed(spotter, text) == ["حماس"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("الحكومة السعودية", []),
        ("إلى السعودية", ["السعودية"]),
        ("الرئيس المصري", []),
        ("قال مشير المصري. وأضاف المصري أن الجانب المصري وافق", ["مشير المصري", "المصري"]),
        ("مدينة صور", ["صور"]),
        ("نشرت صور الحادث", []),
        ("وفدا من القاهرة", ["القاهرة"]),
        ("وأرسلت حماس وفدا", ["حماس"]),
        ("قتل في مصر", ["مصر"]),
        ("ومصر", ["مصر"]),
    ],
)
def test_adjectives_and_ordinary_words(spotter: Spotter, text: str, found: list[str]) -> None:
    assert believed(spotter, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rice prices rose", []),
        ("It fell, said Rice on Monday", ["Rice"]),
        ("Mr. Rice", ["Rice"]),
        ("Condoleezza Rice left. Rice said so.", ["Condoleezza Rice", "Rice"]),
        ("WHO IS NEXT", []),
        ("WHO says it is next", ["WHO"]),
        ("US officials", ["US"]),
        ("Ahmed Ali met them", []),
        ("They met Ahmed in Cairo", ["Ahmed", "Cairo"]),
        ("محمود العاروري", []),
        ("قال العاروري", ["العاروري"]),
        ("Yesterday Abbas left", ["Abbas"]),
        ("Then Waleed Abbas left", []),
        ("President Abbas left", ["Abbas"]),
    ],
)
def test_single_words_of_people(spotter: Spotter, text: str, found: list[str]) -> None:
    assert believed(spotter, text) == found


def test_the_tagger_vouches_for_a_name_of_its_type(spotter: Spotter) -> None:
    text = "Rice prices rose"
    assert believed(spotter, text, TaggedSpan(0, 4, EntityType.PERSON)) == ["Rice"]
    assert believed(spotter, text, TaggedSpan(0, 4, EntityType.LOCATION)) == []
    assert believed(spotter, text, TaggedSpan(5, 11, EntityType.PERSON)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("معلق في «فتح» أمس", ["فتح"]),
        ("قال «فتح الباب»", []),
        ("جلس في صور.", []),  # pictures
        ("وصل إلى مدينة صور.", ["صور"]),
    ],
)
def test_ordinary_words_in_quotation_marks_and_behind_in(
    spotter: Spotter, text: str, found: list[str]
) -> None:
    assert believed(spotter, text) == found


def test_a_place_that_is_an_adjective_elsewhere_is_told_by_in() -> None:
    zarqa = Entity("loc:zarqa", EntityType.LOCATION, (Name("الزرقاء", Language.AR),))
    spotter = Spotter.build([zarqa])
    assert believed(spotter, "وفي الزرقاء، قال") == ["الزرقاء"]
    assert believed(spotter, "سيمول محطة في الزرقاء وأخرى في معان") == ["الزرقاء"]
    assert believed(spotter, "القبة الزرقاء") == []
    assert believed(spotter, "في الزرقاء البعيدة") == []


def test_a_name_that_is_a_verb_before_its_subject_is_the_verb() -> None:
    shukr = Entity("per:shukr", EntityType.PERSON, (Name("شكر", Language.AR),))
    aoun = Entity("per:aoun", EntityType.PERSON, (Name("كيتل", Language.AR),))
    spotter = Spotter.build([shukr, aoun])
    text = "وشكر كيتل الوفد"
    tagged = TaggedSpan(0, text.index(" الوفد"), EntityType.PERSON)
    assert believed(spotter, text, tagged) == ["كيتل"]
    text = "وصل فؤاد شكر أمس"
    tagged = TaggedSpan(4, 12, EntityType.PERSON)
    assert believed(spotter, text, tagged) == ["شكر"]


def test_a_shown_person_is_met_again_behind_a_verb_but_not_as_one_of_many() -> None:
    musharraf = (Name("برويز مشرف", Language.AR), Name("مشرف", Language.AR))
    spotter = Spotter.build([Entity("per:musharraf", EntityType.PERSON, musharraf)])
    text = "برويز مشرف. وقال مشرف كلمة، فكل مشرف على الأمن يعرف."
    assert believed(spotter, text) == ["برويز مشرف", "مشرف"]


def test_an_arabic_place_of_two_letters_needs_a_reason() -> None:
    qom = Entity("loc:qom", EntityType.LOCATION, (Name("قم", Language.AR),))
    spotter = Spotter.build([qom])
    assert believed(spotter, "يا رجل قم") == []
    assert believed(spotter, "في طهران وقم", TaggedSpan(9, 12, EntityType.LOCATION)) == ["قم"]
