"""Tagger, dictionary and rules together, on news written for these tests."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nisba_service.errors import ScriptUnsupported
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, Mention, Source, TaggedSpan
from nisba_service.tagging.pieces import pieces
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.stanza_tagger import StanzaTagger

ENGLISH = """Fatah and Hamas meet in Cairo

Prime Minister Rami Hamdallah said the Palestinian Authority (PA) would return to Gaza. Hamas's
deputy leader, Salah Khalil, rejected that. "We will not go," Khalil said of Hamdallah.

Israeli officials declined to comment, but Israel and the U.S. were briefed.
"""

ARABIC = """فتح وحماس تجتمعان في القاهرة

قال رئيس الوزراء رامي الحمد الله إن للسلطة الفلسطينية الحق في العودة إلى غزة. ورفض القيادي
صالح العاروري ذلك، واتهم الحمد الله بالمماطلة. وقالت فتح إنها مستعدة، في حين أُعيد فتح المعبر.

ورفض مسؤول إسرائيلي التعليق، لكن إسرائيل والولايات المتحدة أُبلغتا بالأمر.
"""


@pytest.fixture(scope="module")
def finder(tagger: StanzaTagger, spotter: Spotter) -> MentionFinder:
    return MentionFinder(tagger, spotter)


def find(finder: MentionFinder, text: str, language: Language | None = None) -> list[Mention]:
    (found,) = finder.find_many([Document(text, language=language)])
    assert all(text[m.start : m.end] == m.text for m in found)
    return list(found)


def test_an_english_article(finder: MentionFinder) -> None:
    assert [m.name for m in find(finder, ENGLISH)] == [
        *("Fatah", "Hamas", "Cairo", "Rami Hamdallah", "Palestinian Authority", "PA", "Gaza"),
        *("Hamas", "Salah Khalil", "Khalil", "Hamdallah", "Israel", "U.S."),
    ]


def test_an_arabic_article(finder: MentionFinder) -> None:
    assert [(m.prefix, m.name) for m in find(finder, ARABIC)] == [
        ("", "فتح"),
        ("و", "حماس"),
        ("", "القاهرة"),
        ("", "رامي الحمد الله"),
        ("ل", "السلطة الفلسطينية"),
        ("", "غزة"),
        ("", "صالح العاروري"),
        ("", "الحمد الله"),
        ("", "فتح"),
        ("", "إسرائيل"),
        ("و", "الولايات المتحدة"),
    ]


def test_documents_together_give_what_each_gives_alone(finder: MentionFinder) -> None:
    documents = [Document(ENGLISH), Document(ARABIC), Document(""), Document(ENGLISH + ARABIC)] * 3
    together = finder.find_many(documents)
    assert together == [finder.find_many([document])[0] for document in documents]


def test_a_mixed_document_is_read_in_both_languages(finder: MentionFinder) -> None:
    found = find(finder, ENGLISH + "\n" + ARABIC)
    assert len(found) == len(find(finder, ENGLISH)) + len(find(finder, ARABIC))
    assert [m.language for m in found] == sorted((m.language for m in found), reverse=True)


def test_names_in_the_other_script_are_spotted(finder: MentionFinder) -> None:
    (found,) = find(finder, "The movement is called حماس here.")
    assert (found.name, found.language, found.source) == ("حماس", Language.EN, Source.DICTIONARY)


def test_tagging_apart_from_the_gazetteer(finder: MentionFinder, tagger: StanzaTagger) -> None:
    document = Document(ENGLISH)
    (tagged,) = finder.tag_many([document])
    assert finder.find(document, tagged) == tuple(find(finder, ENGLISH))
    assert MentionFinder(tagger, Spotter.build([])).tag_many([document]) == [tagged]


def test_without_a_gazetteer_the_tagger_is_alone(tagger: StanzaTagger) -> None:
    found = find(MentionFinder(tagger, Spotter.build([])), ENGLISH)
    assert {m.source for m in found} == {Source.TAGGER}
    assert ("Rami Hamdallah", EntityType.PERSON) in [(m.name, m.type) for m in found]


@pytest.mark.parametrize("text", ["", "...", "12/14 — 2017", "\u200f\u202b\u202c", "\n\n\n"])
def test_a_text_without_letters_has_no_mentions(finder: MentionFinder, text: str) -> None:
    assert find(finder, text) == []


def test_another_script_is_refused(finder: MentionFinder) -> None:
    with pytest.raises(ScriptUnsupported):
        finder.find_many([Document("Hamas"), Document("哈马斯和法塔赫举行会谈")])


def test_marks_everywhere(finder: MentionFinder) -> None:
    plain = find(finder, ARABIC)
    marked = ARABIC.replace("ا", "ا\u200f").replace("م", "مَـ").replace("ل", "لْ")
    assert [m.name for m in find(finder, marked)] == [m.name for m in plain]


@pytest.mark.parametrize("part", ["Hamas\x00", "Ismail Haniyeh ", "Nassar'", "وحماس"])
def test_names_without_anything_between_do_not_overlap(finder: MentionFinder, part: str) -> None:
    found = find(finder, part * 3_000)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_the_model_version_is_the_taggers(finder: MentionFinder, tagger: StanzaTagger) -> None:
    assert finder.model_version == tagger.model_version


@pytest.mark.parametrize("unit", ["حماس،", "وعباس؛", "x.", "Abbas,", "محمد-", "لأبو-", "IHH,"])
def test_a_text_without_white_space_whose_pieces_are_all_tagged_is_read_to_its_end(
    finder: MentionFinder, unit: str
) -> None:
    text = unit * (30_000 // len(unit))
    for type_ in (EntityType.PERSON, EntityType.LOCATION, EntityType.ORGANIZATION):
        tagged = [TaggedSpan(start, end, type_) for start, end in pieces(text)]
        found = finder.find(Document(text), tagged)
        assert all(a.end <= b.start for a, b in pairwise(found))


ASIDE = """صوت مراسلون على البيان. وقال أبو يوسف النجار إن السلطة لن توقع، ورد صالح العاروري بأن
ينس ستولتنبرغ سيزور لاهاي. وقال ستولتنبرغ ليلا إن وفد HDP وصل.
"""


def test_names_that_the_document_and_the_signs_tell(finder: MentionFinder) -> None:
    name, unknown = "ستولتنبرغ", "HDP"
    start = ASIDE.index("ينس")
    tagged = [TaggedSpan(start, start + len("ينس ستولتنبرغ"), EntityType.PERSON)]
    found = [m.text for m in finder.find(Document(ASIDE), tagged)]
    assert found.count(name) == 1
    assert unknown in found
    assert "السلطة" in found
