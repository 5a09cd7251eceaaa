"""Documents in, links out: real models, the seed gazetteer, both languages."""

from __future__ import annotations

import pytest

from nisba_service.errors import ScriptUnsupported
from nisba_service.linking.linker import Linker
from nisba_service.linking.model import Link, LinkedDocument, Outcome
from nisba_service.names.types import EntityType
from nisba_service.server.engine import Engine
from nisba_service.tagging.model import Document, Source


@pytest.fixture(scope="module")
def linker(seed_engine: Engine) -> Linker:
    return seed_engine.linker


def links(linker: Linker, text: str) -> dict[str, str]:
    """Return what each name of a text denotes: an ID, or the outcome if there is none."""
    document = linker.link(Document(text))
    assert_offsets_are_of(text, document)
    return {link.mention.text: answer(link) for link in document.links}


def answer(link: Link) -> str:
    return link.decision.entity_id or link.decision.outcome.value


def assert_offsets_are_of(text: str, document: LinkedDocument) -> None:
    for link in document.links:
        assert text[link.mention.start : link.mention.end] == link.mention.text


def test_both_languages_arrive_at_the_same_entities(linker: Linker) -> None:
    english = links(linker, "Rami Hamdallah met Saleh al-Arouri of Hamas in Cairo on Tuesday.")
    arabic = links(linker, "التقى رامي الحمد الله وصالح العاروري من حماس في القاهرة يوم الثلاثاء.")
    assert set(english.values()) == {
        "per:rami-hamdallah",
        "per:saleh-al-arouri",
        "org:hamas",
        "loc:cairo",
    }
    assert set(arabic.values()) == set(english.values())


def test_spellings_that_nobody_stored(linker: Linker) -> None:
    assert links(linker, "Bassem Na'eem spoke to Salih el-Arouri.") == {
        "Bassem Na'eem": "per:bassem-naim",
        "Salih el-Arouri": "per:saleh-al-arouri",
    }
    assert links(linker, "وقال واصل ابو يوسف إن اسماعيل هنيه وصل إلى القاهره.") == {
        "واصل ابو يوسف": "per:wasel-abu-yousef",
        "اسماعيل هنيه": "per:ismail-haniyeh",
        "القاهره": "loc:cairo",
    }


def test_a_short_name_is_settled_by_its_longer_form(linker: Linker) -> None:
    text = "Prime Minister Rami Hamdallah arrived. Later Hamdallah left."
    long, short = linker.link(Document(text)).links
    assert (short.mention.text, answer(short), short.antecedent) == (
        "Hamdallah",
        "per:rami-hamdallah",
        0,
    )
    assert long.antecedent is None
    text = "وصل رئيس الوزراء رامي الحمد الله. ثم غادر الحمد الله المدينة."
    long, short = linker.link(Document(text)).links
    assert (short.mention.text, answer(short), short.antecedent) == (
        "الحمد الله",
        "per:rami-hamdallah",
        0,
    )


def test_a_headline_may_come_before_the_longer_form(linker: Linker) -> None:
    text = "Hamdallah back in Gaza\n\nPrime Minister Rami Hamdallah crossed at Erez on Monday."
    by_text = {link.mention.text: link for link in linker.link(Document(text)).links}
    assert answer(by_text["Hamdallah"]) == "per:rami-hamdallah"
    assert by_text["Hamdallah"].antecedent is not None


def test_an_unknown_long_name_protects_its_short_form(linker: Linker) -> None:
    text = "The engineer Khalil al-Masri spoke first. Then al-Masri left the hall."
    assert set(links(linker, text).values()) == {"NIL"}


def test_a_name_of_two_men_is_ambiguous_until_the_text_decides(linker: Linker) -> None:
    assert links(linker, "Nobody had expected Barghouti to speak.") == {"Barghouti": "AMBIGUOUS"}
    decided = links(linker, "Marwan Barghouti wrote from prison. Barghouti asked for unity.")
    assert decided["Barghouti"] == "per:marwan-barghouti"


def test_related_places_decide(linker: Linker) -> None:
    assert links(linker, "Clashes were reported in Tripoli, in the north of Lebanon.")[
        "Tripoli"
    ] == ("loc:tripoli-lebanon")
    assert links(linker, "دارت اشتباكات في طرابلس بعد أسابيع من القتال في ليبيا.")["طرابلس"] == (
        "loc:tripoli-libya"
    )


@pytest.mark.parametrize(
    ("name", "whole", "part"),
    [
        ("Gaza", "loc:gaza-strip", "loc:gaza-city"),
        ("غزة", "loc:gaza-strip", "loc:gaza-city"),
        ("تونس", "loc:tunisia", "loc:tunis"),
    ],
)
def test_a_place_is_the_whole_rather_than_the_part_of_that_name(
    linker: Linker, name: str, whole: str, part: str
) -> None:
    decision = linker.resolve(name)
    assert decision.entity_id == whole
    assert part in {candidate.entity_id for candidate in decision.candidates}


def test_of_two_longer_forms_neither_decides(linker: Linker) -> None:
    text = "Mahmoud Abbas and Mansour Abbas were in the hall when Abbas was called."
    assert links(linker, text)["Abbas"] == "AMBIGUOUS"
    text = "كان محمود عباس ومنصور عباس في القاعة حين نودي على عباس."
    assert links(linker, text)["عباس"] == "AMBIGUOUS"


def test_a_stranger_who_is_named_later_does_not_take_an_earlier_short_name(
    linker: Linker,
) -> None:
    text = "Abu Mazen opened the meeting, and Abbas spoke of Fatah. Later Abbas Zaki resigned."
    assert links(linker, text)["Abbas"] != "per:abbas-zaki"
    text = "افتتح أبو مازن الاجتماع، وتحدث عباس عن فتح. وبعد أيام استقال عباس زكي."
    assert links(linker, text)["عباس"] != "per:abbas-zaki"


def test_the_spelling_of_two_longer_forms_does_not_decide(linker: Linker) -> None:
    text = "General Josef Aoun met President Michel Aoun in Beirut. Aoun thanked him."
    assert links(linker, text)["Aoun"] == "AMBIGUOUS"


def test_a_famous_namesake_is_not_the_stranger_of_the_text(linker: Linker) -> None:
    text = "Ahmad Abbas, a shopkeeper in Ramallah, spoke of Fatah and Hamas. Abbas then left."
    assert links(linker, text)["Abbas"] != "per:mahmoud-abbas"


def test_new_names_are_grouped_across_scripts(linker: Linker) -> None:
    english = linker.link(Document("The engineer Khalil Marashli spoke. Marashli left early."))
    arabic = linker.link(Document("وتحدث المهندس خليل مرعشلي أمام الحضور."))
    keys = {link.new_name_key for link in (*english.links, *arabic.links)}
    assert len(keys) == 1
    assert keys != {""}


def test_particles_are_outside_the_span(linker: Linker) -> None:
    found = linker.link(Document("قال وفد من فتح وحماس إن الحوار بالقاهرة مهم للسلطة الفلسطينية."))
    named = {(m.mention.prefix, m.mention.text, m.mention.name): answer(m) for m in found.links}
    assert named == {
        ("", "فتح", "فتح"): "org:fatah",
        ("و", "حماس", "حماس"): "org:hamas",
        ("ب", "القاهرة", "القاهرة"): "loc:cairo",
        ("ل", "لسلطة الفلسطينية", "السلطة الفلسطينية"): "org:palestinian-authority",
    }


def test_what_the_tagger_misses_the_dictionary_finds(linker: Linker) -> None:
    (link,) = linker.link(Document("اجتمع قادة السلطة الفلسطينية أمس.")).links
    assert answer(link) == "org:palestinian-authority"
    assert link.mention.source in (Source.DICTIONARY, Source.BOTH)


def test_a_nested_name_is_not_its_part(linker: Linker) -> None:
    assert links(linker, "The army fought Fatah al-Islam in Nahr al-Bared.")["Fatah al-Islam"] == (
        "org:fatah-al-islam"
    )
    assert links(linker, "قاتل الجيش فتح الإسلام في نهر البارد.")["فتح الإسلام"] == (
        "org:fatah-al-islam"
    )


def test_candidates_carry_what_their_scores_are_made_of(linker: Linker) -> None:
    (link,) = linker.link(Document("Nobody had expected Barghouti to speak.")).links
    first, second = link.decision.candidates[:2]
    assert {first.entity_id, second.entity_id} == {"per:marwan-barghouti", "per:mustafa-barghouti"}
    assert {feature.name for feature in first.features} >= {"name", "shared_part"}
    assert 1.0 >= first.score >= second.score >= 0.0


@pytest.mark.parametrize("text", ["…!?", "2017", " \n\t", "​‏"])
def test_nothing_to_name(linker: Linker, text: str) -> None:
    document = linker.link(Document(text))
    assert (document.links, document.language) == ((), "und")


def test_other_scripts_are_refused(linker: Linker) -> None:
    with pytest.raises(ScriptUnsupported, match="text: "):
        linker.link(Document("法塔赫和哈马斯在开罗会谈"))


def test_many_documents_are_linked_as_each_alone(linker: Linker) -> None:
    documents = [
        Document("Hamas and Fatah met in Cairo.", id="1"),
        Document("التقت فتح وحماس في القاهرة.", id="2"),
        Document("Nobody had expected Barghouti to speak.", id="3"),
    ]
    assert linker.link_many(documents) == [linker.link(document) for document in documents]


def test_equal_input_gives_an_equal_answer_with_provenance(linker: Linker) -> None:
    document = Document("Mahmoud Abbas spoke in Ramallah.")
    first = linker.link(document)
    assert first == linker.link(document)
    assert first.provenance == linker.provenance
    assert len(first.provenance.model_version) == len(first.provenance.gazetteer_version) == 16


@pytest.mark.parametrize(("name", "type"), [("Hamas", "PERSON"), ("حماس", "PERSON")])
def test_a_type_that_the_caller_states_leaves_no_other(
    linker: Linker, name: str, type: str
) -> None:
    assert linker.resolve(name).entity_id == "org:hamas"
    decision = linker.resolve(name, EntityType(type))
    assert decision.outcome is Outcome.NIL
    assert {candidate.type for candidate in decision.candidates} <= {EntityType.PERSON}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aruri", "per:saleh-al-arouri"),
        ("العاروري", "per:saleh-al-arouri"),
        ("Hamdallah", "per:rami-hamdallah"),
        ("PLO", "org:palestine-liberation-organization"),
        ("منظمة التحرير الفلسطينية", "org:palestine-liberation-organization"),
        ("Khalil Marashli", Outcome.NIL),
        ("خليل مرعشلي", Outcome.NIL),
        ("Sydney", Outcome.NIL),
        ("Perth", Outcome.NIL),
        ("Basel", Outcome.NIL),
        ("سيدني", Outcome.NIL),
        ("King Abdullah", Outcome.AMBIGUOUS),
        ("الملك عبد الله", Outcome.AMBIGUOUS),
        ("...", Outcome.NIL),
    ],
)
def test_names_without_a_text(linker: Linker, name: str, expected: str) -> None:
    decision = linker.resolve(name)
    assert (decision.entity_id or decision.outcome) == expected
