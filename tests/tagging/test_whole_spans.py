from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.whole_spans import Whole
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def whole(spotter: Spotter, text: str, *tagged: tuple[str, EntityType]) -> list[tuple[str, str]]:
    spans = [TaggedSpan(text.index(t), text.index(t) + len(t), type_) for t, type_ in tagged]
    spans.sort(key=lambda span: span.start)
    found = Whole(spotter.knows_name, spotter.is_given_name).spans(Words.of(text), spans)
    return [(text[span.start : span.end], span.type.value) for span in found]


@pytest.mark.parametrize(
    ("text", "tagged", "found"),
    [
        ("وشكر نوعام شليط الوسطاء", "شليط", "نوعام شليط"),
        ("دحلان وأبو شباك معا", "شباك", "وأبو شباك"),
        ("وزاهر جبارين وأحلام التميمي.", "التميمي", "وأحلام التميمي"),
        ("عين محمد سعيد الصحاف وزيرا", "الصحاف", "محمد سعيد الصحاف"),
        ("زار حمد بن جاسم", "حمد", "حمد بن جاسم"),
        ("زار حمد بن عبد الرحمن", "حمد", "حمد بن عبد الرحمن"),
        ("ثم بنديكتوس السادس عشر في", "بنديكتوس", "بنديكتوس السادس عشر"),
        ("In 1983 Hashim Safi al-Din left", "Safi al-Din", "Hashim Safi al-Din"),
        ("said Abu Shbak", "Shbak", "Abu Shbak"),
    ],
)
def test_a_person_cut_short(spotter: Spotter, text: str, tagged: str, found: str) -> None:
    assert whole(spotter, text, (tagged, PERSON)) == [(found, "PERSON")]


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("وواصل البدري كلامه", "البدري"),  # a verb, though a name too
        ("عهد المأمون", "المأمون"),
        ("في جميل. العاروري", "العاروري"),  # a stop between
        ("قال محمود: العاروري", "العاروري"),
        ("محمود\n\nالعاروري", "العاروري"),
        ("أبلغ عباس القدوة", "القدوة"),  # the subject of a verb that has two persons
        ("جاء باراسا الأول في السباق", "باراسا"),
        ("said hashim Safi al-Din", "Safi al-Din"),
        ("Hashim, Safi al-Din", "Safi al-Din"),
    ],
)
def test_what_stands_before_a_person_and_is_no_part(
    spotter: Spotter, text: str, tagged: str
) -> None:
    assert whole(spotter, text, (tagged, PERSON)) == [(tagged, "PERSON")]


@pytest.mark.parametrize(
    ("text", "tagged", "found"),
    [
        ("ونهاريا وكريات شمونا وصفد", "شمونا", "وكريات شمونا"),
        ("جنوبي نهر الليطاني", "الليطاني", "نهر الليطاني"),
        ("دعوى جنوب أفريقيا ضد", "أفريقيا", "جنوب أفريقيا"),
        ("سفير كوريا الجنوبية", "كوريا", "كوريا الجنوبية"),
    ],
)
def test_a_place_cut_short(spotter: Spotter, text: str, tagged: str, found: str) -> None:
    assert whole(spotter, text, (tagged, LOCATION)) == [(found, "LOCATION")]


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("جنوب لاهاي", "لاهاي"),
        ("جبال القاهرة", "القاهرة"),  # known by itself
        ("فندق شمونا", "شمونا"),
        ("الحديدة الجنوبية", "الحديدة"),
    ],
)
def test_a_place_that_is_whole(spotter: Spotter, text: str, tagged: str) -> None:
    assert whole(spotter, text, (tagged, LOCATION)) == [(tagged, "LOCATION")]


def test_a_body_is_for_something() -> None:
    spotter = Spotter.build([])
    text = "وقاطعت هيئة الشارقة للكتاب المعرض"
    assert whole(spotter, text, ("هيئة الشارقة", ORGANIZATION)) == [
        ("هيئة الشارقة للكتاب", "ORGANIZATION")
    ]
    text = "قالت كولانو للصحافة إن"
    assert whole(spotter, text, ("كولانو", ORGANIZATION)) == [("كولانو", "ORGANIZATION")]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("John Negroponte said", ("John", PERSON), ("Negroponte", ORGANIZATION)),
        ("Israel Katz said", ("Israel", LOCATION), ("Katz", PERSON)),
        ("قال إسرائيل كاتس", ("إسرائيل", LOCATION), ("كاتس", PERSON)),
    ],
)
def test_a_given_name_and_the_next_span_are_one_person(
    spotter: Spotter, text: str, first: tuple[str, EntityType], second: tuple[str, EntityType]
) -> None:
    assert whole(spotter, text, first, second) == [(f"{first[0]} {second[0]}", "PERSON")]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("John Hamas said", ("John", PERSON), ("Hamas", ORGANIZATION)),  # known by itself
        ("Israel, Katz said", ("Israel", LOCATION), ("Katz", PERSON)),
        ("Egypt Katz said", ("Egypt", LOCATION), ("Katz", PERSON)),
        ("Israel Katz Ltd said", ("Israel", LOCATION), ("Katz Ltd", PERSON)),
    ],
)
def test_near_misses_are_two(
    spotter: Spotter, text: str, first: tuple[str, EntityType], second: tuple[str, EntityType]
) -> None:
    assert len(whole(spotter, text, first, second)) == 2


def test_a_given_name_between_two_people_of_a_list() -> None:
    spotter = Spotter.build([])
    text = "احتج أورهان باموق وكولم تويبن"
    assert whole(spotter, text, ("أورهان باموق", PERSON), ("تويبن", PERSON)) == [
        ("أورهان باموق", "PERSON"),
        ("وكولم تويبن", "PERSON"),
    ]
    text = "حضر أورهان باموق ونائبه تويبن"
    assert whole(spotter, text, ("أورهان باموق", PERSON), ("تويبن", PERSON))[1][0] == "تويبن"


@pytest.mark.parametrize(
    ("text", "tagged", "found"),
    [
        ("وقال يشار غولر إن", "غولر", "يشار غولر"),
        ("ودعا كولم تويبن إلى", "تويبن", "كولم تويبن"),
        ("وقال محامي غولر إن", "غولر", "غولر"),  # a noun
        ("وقال نائبه غولر إن", "غولر", "غولر"),
        ("وقال مكتب غولر إن", "غولر", "غولر"),
        ("وقال الجنرال غولر إن", "غولر", "غولر"),
        ("بيان يشار غولر", "غولر", "غولر"),  # no verb
        ("وإخراج خيري بشارة", "خيري بشارة", "خيري بشارة"),
    ],
)
def test_a_person_is_brought_in_by_two_names(text: str, tagged: str, found: str) -> None:
    assert whole(Spotter.build([]), text, (tagged, PERSON)) == [(found, "PERSON")]


@pytest.mark.parametrize(
    ("text", "tagged", "found"),
    [
        (
            "whose Office for the Coordination of Aid counts",
            "Coordination of Aid",
            "Office for the Coordination of Aid",
        ),
        ("chair of Physicians for Human Rights", "Human Rights", "Physicians for Human Rights"),
        ("an office for Human Rights", "Human Rights", "Human Rights"),
        ("President of Kulanu", "Kulanu", "Kulanu"),
        ("the Office. For Human Rights", "Human Rights", "Human Rights"),
    ],
)
def test_an_english_body_cut_short(text: str, tagged: str, found: str) -> None:
    assert whole(Spotter.build([]), text, (tagged, ORGANIZATION)) == [(found, "ORGANIZATION")]
