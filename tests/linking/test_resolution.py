"""The names of a document decided together: what explains what, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from nisba_service.linking.linker import Linker
from tests.linking.world import answers, linked, linker

MAHMOUD, MANSOUR, ZAKI = "per:mahmoud-abbas", "per:mansour-abbas", "per:abbas-zaki"
LEBANON, LIBYA = "loc:tripoli-lebanon", "loc:tripoli-libya"
JORDAN, SAUDI = "per:abdullah-of-jordan", "per:abdullah-of-saudi-arabia"


@pytest.fixture(scope="module")
def world() -> Linker:
    return linker()


@pytest.mark.parametrize("name", ["[P:Abbas]", "[P:عباس]", "[L:Tripoli]", "[L:طرابلس]"])
def test_what_nothing_decides_is_ambiguous(world: Linker, name: str) -> None:
    assert answers(world, f"{name} …") == ["AMBIGUOUS"]


@pytest.mark.parametrize(
    "text",
    [
        "[P:Mansour Abbas] spoke first. [P:Abbas] then left.",
        "تحدث [P:منصور عباس] أولا. ثم غادر [P:عباس].",
    ],
)
def test_a_longer_form_decides_and_is_the_evidence(world: Linker, text: str) -> None:
    long, short = linked(world, text)
    assert [long.decision.entity_id, short.decision.entity_id] == [MANSOUR, MANSOUR]
    assert (long.antecedent, short.antecedent) == (None, 0)


@pytest.mark.parametrize(
    "text",
    [
        "[P:Abu Mazen] spoke first. [P:Abbas] then left.",
        "تحدث [P:أبو مازن] أولا. ثم غادر [P:عباس].",
        "تحدث [P:أبو مازن] أولا. Then [P:Abbas] left.",
    ],
)
def test_so_does_another_name_of_the_same_entity(world: Linker, text: str) -> None:
    kunya, short = linked(world, text)
    assert [kunya.decision.entity_id, short.decision.entity_id] == [MAHMOUD, MAHMOUD]
    assert (kunya.antecedent, short.antecedent) == (None, 0)


def test_a_name_of_the_same_place_does_not(world: Linker) -> None:
    """A capital and its country share a name: what is said of one says nothing of the other."""
    assert answers(world, "وصل إلى [L:تونس العاصمة]. وتقع [L:تونس] في أفريقيا.") == [
        "loc:tunis",
        "loc:tunisia",
    ]


def test_a_given_name_gives_way_to_a_family_name(world: Linker) -> None:
    assert answers(world, "[P:Mahmoud Abbas] met [P:Abbas Zaki]. [P:Abbas] smiled.")[2] == MAHMOUD
    assert answers(world, "التقى [P:محمود عباس] بـ[P:عباس زكي]. وابتسم [P:عباس].")[2] == MAHMOUD
    assert answers(world, "[P:Abbas Zaki] spoke of [O:Fatah].")[0] == ZAKI


def test_a_short_name_has_another_reading_once_another_longer_form_has_come(world: Linker) -> None:
    text = (
        "[P:Mahmoud Abbas] spoke; [P:Abbas] left. [P:Mansour Abbas] came, and [P:Abbas] with him."
    )
    first, later = answers(world, text)[1::2]
    assert first == MAHMOUD
    assert later in {MAHMOUD, "AMBIGUOUS"}


@pytest.mark.parametrize(
    "text",
    [
        "[P:Tarek Rami Qasem] – [P:Rami Qasem] – [P:Qasem] – "
        "[P:Samir Rami Qasem] – [P:Rami Qasem] – [P:Qasem]",
        "[P:طارق رامي قاسم] – [P:رامي قاسم] – [P:قاسم] – "
        "[P:سمير رامي قاسم] – [P:رامي قاسم] – [P:قاسم]",
    ],
)
def test_a_short_name_takes_the_reading_of_its_longer_form_that_stands_before_it(
    world: Linker, text: str
) -> None:
    tarek, *his, samir, rami, qasem = [link.new_name_key for link in linked(world, text)]
    assert his == [tarek, tarek]
    assert [rami, qasem] == [samir, samir]
    assert tarek != samir


@pytest.mark.parametrize(
    "text",
    [
        "[P:Khalil al-Masri] opened the shop. [P:al-Masri] sells bread.",
        "افتتح [P:خليل المصري] المتجر. ويبيع [P:المصري] الخبز.",
    ],
)
def test_an_unknown_long_name_protects_its_short_form(world: Linker, text: str) -> None:
    long, short = linked(world, text)
    assert (long.decision.entity_id, short.decision.entity_id) == ("", "")
    assert short.new_name_key == long.new_name_key != ""


def test_a_known_name_with_another_family_name_behind_it_is_a_stranger(world: Linker) -> None:
    text = "[P:Rami Hamdallah al-Masri], a baker, spoke. [P:al-Masri] bakes at night."
    assert answers(world, text) == ["NIL", "NIL"]
    assert answers(world, "تحدث الخباز [P:رامي الحمد الله المصري].") == ["NIL"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A boat left [L:Tripoli], [L:Lebanon].", LEBANON),
        ("A boat left [L:Tripoli] ([L:Libya]).", LIBYA),
        ("The Libyan capital [L:Tripoli] woke late.", LIBYA),
        ("غادر القارب [L:طرابلس]، [L:لبنان].", LEBANON),
        ("غادر القارب [L:طرابلس] الليبية.", LIBYA),
        ("غادر القارب [L:طرابلس] اللبنانية.", LEBANON),
    ],
)
def test_a_country_beside_a_place_decides(world: Linker, text: str, expected: str) -> None:
    assert answers(world, text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "[L:Tripoli], [L:Lebanon], and [L:Tripoli], [L:Libya], are twins. [L:Tripoli] is older.",
        "[L:طرابلس] اللبنانية ثم في الصباح التالي [L:طرابلس] الليبية. وصل إلى [L:طرابلس].",
    ],
)
def test_two_places_of_one_name_in_one_text(world: Linker, text: str) -> None:
    found = [answer for answer in answers(world, text) if "tripoli" in answer]
    assert found == [LEBANON, LIBYA, LIBYA]


def test_an_office_decides_between_namesakes(world: Linker) -> None:
    both = "[P:Michel Aoun] and [P:Joseph Aoun] came. President [P:Aoun] spoke."
    assert answers(world, both)[2] == "per:michel-aoun"
    assert answers(world, "جاء [P:ميشال عون] و[P:جوزيف عون]. وتحدث الرئيس [P:عون].")[2] == (
        "per:michel-aoun"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan's [P:King Abdullah] flew home.", JORDAN),
        ("The Saudi monarch, [P:King Abdullah], flew home.", SAUDI),
        ("عاد العاهل الأردني [P:الملك عبد الله].", JORDAN),
        ("عاد العاهل السعودي [P:الملك عبد الله].", SAUDI),
        ("[P:King Abdullah] flew home.", "AMBIGUOUS"),
    ],
)
def test_a_king_is_known_by_his_country(world: Linker, text: str, expected: str) -> None:
    assert answers(world, text) == [expected]


@pytest.mark.parametrize("text", ["[P:King Abdullah] flew home.", "عاد [P:الملك عبد الله]."])
def test_the_date_of_the_document_rules_out_who_had_another_name_then(
    world: Linker, text: str
) -> None:
    assert answers(world, text, date(2001, 5, 1)) == [JORDAN]
    assert answers(world, text, date(2019, 5, 1)) == [JORDAN]
    assert answers(world, text, date(2010, 5, 1)) == ["AMBIGUOUS"]
    assert answers(world, text) == ["AMBIGUOUS"]


def test_a_definition_in_the_text_makes_one_of_two_names(world: Linker) -> None:
    text = "The [O:Rapid Relief Front] ([O:RRF]) met. Later the [O:RRF] left."
    links = linked(world, text)
    assert {link.decision.outcome.value for link in links} == {"NIL"}
    assert len({link.new_name_key for link in links}) == 1
    text = "التقى [P:محمود عباس]، المعروف بـ[P:أبي فلان]، الوفد. ثم غادر [P:أبو فلان]."
    assert answers(world, text) == [MAHMOUD, MAHMOUD, MAHMOUD]


def test_a_headline_looks_ahead(world: Linker) -> None:
    links = linked(world, "[P:Abbas] back\n\n[P:Mansour Abbas] is back from Rome.")
    assert [link.decision.entity_id for link in links] == [MANSOUR, MANSOUR]
    assert [link.antecedent for link in links] == [1, None]


@pytest.mark.parametrize("text", ["[O:Tripoli], [L:Lebanon]", "[O:طرابلس] اللبنانية"])
def test_a_linked_mention_is_of_the_type_of_what_it_is_linked_to(world: Linker, text: str) -> None:
    first = linked(world, text)[0]
    assert (first.decision.entity_id, first.type.value) == (LEBANON, "LOCATION")
    stranger = linked(world, "[O:Ganymede] spoke.")[0]
    assert (stranger.decision.entity_id, stranger.type.value) == ("", "ORGANIZATION")
