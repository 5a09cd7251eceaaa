"""Linking the touched documents again gives, byte for byte, what linking all of them gives."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from nisba_service.archive.impact_texts import changed_forms, changed_words
from nisba_service.archive.questions import Kind
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.model import Entity, Gazetteer, NameUse, Relation
from nisba_service.linking.parts import Parts
from nisba_service.names.types import EntityType
from nisba_service.tagging.model import Document, TaggedSpan
from tests.archive.edits import Editor
from tests.archive.relinking import MARKED, SPELLINGS, Archive, Tagged, check, marked
from tests.linking.world import WORLD, entity, name

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", range(16))
def test_after_any_edits_it_is_as_if_all_had_been_linked_again(seed: int) -> None:
    documents = marked(*MARKED)
    editor = Editor(WORLD, SPELLINGS, random.Random(seed))
    archive = Archive(documents, WORLD)
    for _ in range(6):
        edits = [editor.edit() for _ in range(editor.chance.choice([1, 1, 1, 3]))]
        archive.relink(editor.gazetteer)
        check(archive, documents, editor.gazetteer, edits)


def golden(language: str, count: int) -> Tagged:
    """Return development documents with their gold spans."""
    lines = (ROOT / f"tests/golden/{language}/dev.jsonl").read_text("utf-8").splitlines()[:count]
    return [
        (
            Document(record["text"], record["id"]),
            [TaggedSpan(m["start"], m["end"], EntityType(m["type"])) for m in record["mentions"]],
        )
        for record in map(json.loads, lines)
    ]


def test_the_same_of_real_articles_and_the_seed_gazetteer() -> None:
    documents = [*golden("en", 8), *golden("ar", 8)]
    spellings = sorted({d.text[s.start : s.end] for d, spans in documents for s in spans})
    seeds = load(ROOT / "seeds" / "gazetteer")
    editor = Editor(seeds, spellings, random.Random(2))
    archive = Archive(documents, seeds)
    for _ in range(3):
        edits = [editor.edit() for _ in range(8)]
        archive.relink(editor.gazetteer)
        check(archive, documents, editor.gazetteer, edits)


ABBAS, AOUN = "per:mahmoud-abbas", "per:michel-aoun"


def edited(entity_id: str, **changes: object) -> Gazetteer:
    """Return the world with one entity edited; `names` are added to its own."""
    old = WORLD.entities[entity_id]
    names = (*old.names, *changes.pop("names", ()))  # type: ignore[misc]  # names
    return world(replace(old, names=names, **changes))  # type: ignore[arg-type]  # its fields


def world(*entities: Entity, without: str = "", base: Gazetteer = WORLD) -> Gazetteer:
    """Return the world, or another one, with entities put in, and without one."""
    merged = {**base.entities, **{e.id: e for e in entities}}
    merged.pop(without, None)
    return Gazetteer(MappingProxyType(dict(sorted(merged.items()))), "edited")


def touched(
    gazetteer: Gazetteer, *texts: str, base: Gazetteer = WORLD
) -> dict[int, tuple[str, ...]]:
    """Return which texts a change of the world touches, and check that it is enough."""
    documents = marked(*texts)
    archive = Archive(documents, base)
    found = archive.relink(gazetteer)
    check(archive, documents, gazetteer, ["as written here"])
    return found


@pytest.mark.parametrize(
    ("alias", "has_it", "has_some_of_its_words"),
    [
        ("Michel of Rabieh", "He saw Michel of Rabieh.", "Of Michel nothing was heard in Rabieh."),
        ("جنرال الرابية", "رأى جنرال الرابية.", "كان الجنرال في الرابية ورأى جنرال آخر."),
    ],
)
def test_a_new_spelling_touches_the_texts_that_have_it(
    alias: str, has_it: str, has_some_of_its_words: str
) -> None:
    after = edited(AOUN, names=(name(alias),))
    assert touched(after, has_it, has_some_of_its_words, "Fatah", "فتح") == {0: (AOUN,)}


@pytest.mark.parametrize(
    ("alias", "like_it", "unlike"),
    [
        ("Mishal Aoune", "[P:Mishal Aoune] spoke.", "[P:Mansour Abbas] spoke."),
        ("ميشيل العون", "تحدث [P:ميشيل العون].", "تحدث [P:منصور عباس]."),
    ],
)
def test_a_new_spelling_touches_mentions_that_it_matches(
    alias: str, like_it: str, unlike: str
) -> None:
    assert touched(edited(AOUN, names=(name(alias),)), like_it, unlike) == {0: (AOUN,)}


@pytest.mark.parametrize(
    ("text", "other"), [("[P:Abbas Zaki] left.", "[O:Fatah]"), ("غادر [P:عباس زكي].", "[O:فتح]")]
)
def test_who_is_gone_touches_what_was_linked_to_him(text: str, other: str) -> None:
    assert touched(world(without="per:abbas-zaki"), text, other) == {0: ("per:abbas-zaki",)}


@pytest.mark.parametrize(
    ("text", "other"), [("[O:Fatah] met.", "[L:Libya]"), ("اجتمعت [O:فتح].", "[L:ليبيا]")]
)
def test_another_type_touches_where_it_is_a_candidate(text: str, other: str) -> None:
    assert touched(edited("org:fatah", type=EntityType.LOCATION), text, other) == {
        0: ("org:fatah",)
    }


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("[P:Michel Aoun] spoke.", "[P:Rami Hamdallah] spoke."),
        ("تحدث [P:ميشال عون].", "تحدث [P:رامي الحمد الله]."),
    ],
)
def test_a_description_counts_by_what_it_says(text: str, other: str) -> None:
    other_words = edited(AOUN, description="President of Lebanon 2016-2022")
    assert touched(other_words, text, other) == {}
    other_office = edited(AOUN, description="Lebanese premier 2016-2022")
    assert touched(other_office, text, other) == {0: (AOUN,)}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("[P:Mansour Abbas] and [O:Fatah].", "[P:Rami Hamdallah] in [L:Libya]"),
        ("[P:منصور عباس] و[O:فتح].", "[P:رامي الحمد الله] في [L:ليبيا]"),
    ],
)
def test_a_relation_touches_where_both_may_count(text: str, other: str) -> None:
    after = edited("per:mansour-abbas", relations=(Relation("member_of", "org:fatah"),))
    assert touched(after, text, other) == {0: ("per:mansour-abbas",)}


@pytest.mark.parametrize(
    ("text", "other"), [("[O:Shield]", "[O:Shield Brigade]"), ("[O:الدرع]", "[O:لواء الدرع]")]
)
def test_who_is_part_of_whom_is_asked_of_namesakes(text: str, other: str) -> None:
    """The relation stays, by another word: only who holds whom has changed."""
    movement = entity("org:shield", "=Shield", "=الدرع")
    brigade = entity("org:brigade", "=Shield Brigade", "Shield", "=لواء الدرع", "الدرع")
    held = replace(brigade, relations=(Relation("part_of", "org:shield"),))
    ally = replace(brigade, relations=(Relation("allied_with", "org:shield"),))
    base = world(movement, held)
    assert touched(world(movement, ally), text, "[O:Fatah]", base=base) == {0: ("org:brigade",)}
    assert touched(world(movement, ally), other, "[O:فتح]", base=base) == {}


@pytest.mark.parametrize(
    ("text", "other"), [("[L:Dahiya]", "[L:Jordan]"), ("[L:الضاحية]", "[L:الأردن]")]
)
def test_a_place_belongs_to_all_that_is_around_it(text: str, other: str) -> None:
    """A quarter of a town of a province: the province changes its country."""
    within = (
        entity("loc:quarter", "=Dahiya", "=الضاحية", to=["loc:town"]),
        entity("loc:town", "=Zwetown", to=["loc:province"]),
    )
    base = world(*within, entity("loc:province", "=Kwoprovince", to=["loc:lebanon"]))
    after = world(*within, entity("loc:province", "=Kwoprovince", to=["loc:libya"]))
    assert touched(after, text, other, base=base) == {0: ("loc:province",)}


def test_a_word_of_a_name_tells_what_a_particle_is() -> None:
    """وسام is a name, and سام after و: the gazetteer knows somebody called سام."""
    sam = entity("per:sam", "=سام الزيات")
    assert touched(world(sam), "قال [P:وسام] ذلك.", "قال [P:وليد] ذلك.") == {0: ("per:sam",)}


def test_questions_of_words_and_forms_that_have_another_answer() -> None:
    """The words of a name, its first word if it is a person's, and the name itself."""
    before = Parts.of(WORLD)
    added = [entity("per:sam", "=سام عباس"), entity("org:zu", "=Zubala Front")]
    after = before.names.updated([], added)
    forms = changed_forms(before.names, after, added)
    assert set(changed_words(before.names, after, forms)) == {
        (Kind.FORM, "سام عباس", frozenset({"per:sam"})),
        (Kind.PART, "سام", frozenset({"per:sam"})),
        (Kind.GIVEN, "سام", frozenset({"per:sam"})),
        (Kind.FORM, "zubala front", frozenset({"org:zu"})),
        (Kind.PART, "zubala", frozenset({"org:zu"})),
        (Kind.PART, "front", frozenset({"org:zu"})),
    }


@pytest.mark.parametrize(
    ("text", "other"), [("[P:Aoun] of Lebanon", "[P:al-Masri]"), ("[P:عون] اللبناني", "[P:المصري]")]
)
def test_fame_is_asked_of_namesakes_alone(text: str, other: str) -> None:
    """A spelling more is fame: that touches 'Aoun', who may be two, and not 'Michel Aoun'."""
    after = edited(AOUN, names=(name("Le Général"),))
    assert touched(after, text, other) == {0: (AOUN,)}
    assert touched(after, "[P:Michel Aoun]", "[P:ميشال عون]") == {}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("[L:Tripoli] in the Jamahiriya", "[L:Tripoli], Lebanon"),
        ("[L:Tripoli] of the jamahiriya", "[L:Tripoli] of the country"),
        ("[L:طرابلس] في الجماهيرية", "[L:طرابلس] في لبنان"),
        ("[L:طرابلس] في جماهيرية", "[L:طرابلس] في دولة"),
    ],
)
def test_a_word_for_a_country_touches_texts_that_have_it(text: str, other: str) -> None:
    """Also where it is no name: in small letters, without the article."""
    after = edited("loc:libya", names=(name("Jamahiriya"), name("الجماهيرية")))
    assert touched(after, text, other) == {0: ("loc:libya",)}


@pytest.mark.parametrize(
    ("spelling", "text", "other"),
    [
        ("Hamdallah", "[P:Hamdallah] left.", "[P:Rami Hamdallah] left."),
        ("محمود عباس", "غادر [P:محمود عباس].", "غادر [P:منصور عباس]."),
    ],
)
def test_what_is_no_name_any_more_touches_where_it_stands(
    spelling: str, text: str, other: str
) -> None:
    who = "per:rami-hamdallah" if spelling.isascii() else ABBAS
    assert touched(edited(who, not_names=(spelling,)), text, other) == {0: (who,)}


@pytest.mark.parametrize(
    ("text", "other"), [("[P:Abbas Zaki]", "[O:Fatah]"), ("[P:عباس زكي]", "[O:فتح]")]
)
def test_a_use_and_days_of_a_name_touch_where_it_is_matched(text: str, other: str) -> None:
    old = WORLD.entities["per:abbas-zaki"]
    for limited in ({"use": NameUse.NEVER_ALONE}, {"valid_to": date(2011, 1, 1)}):
        names = tuple(replace(n, **limited) for n in old.names)
        after = world(replace(old, names=names))
        assert touched(after, text, other) == {0: ("per:abbas-zaki",)}


def test_what_changes_nothing_touches_nothing() -> None:
    assert touched(WORLD, *MARKED) == {}
    notes = edited(AOUN, wikidata_id="Q3077934")
    assert touched(notes, *MARKED) == {}


def test_so_many_more_names_that_rarity_is_another() -> None:
    """All names are asked again: where that makes no difference, no document is touched."""
    many = [entity(f"per:new-{n}", f"=Zwxq{'abcdefgh'[n % 8]}{n}") for n in range(80)]
    found = touched(world(*many), "[P:Rami Hamdallah] spoke.", "تحدث [P:رامي الحمد الله].")
    assert found == {}


@pytest.mark.parametrize("spelling", ["Salim Radi", "سليم راضي"])
def test_a_second_term_of_one_of_many_namesakes(spelling: str) -> None:
    """Of 70 namesakes 60 are compared, and which of them is told with all their days, also those
    of a spelling that is not compared itself."""
    namesakes = [entity(f"per:salim-{number}", f"={spelling}") for number in range(70)]
    base = world(*namesakes)
    documents = marked(f"[P:{spelling}] spoke.", f"[P:{spelling} Sami]")
    archive = Archive(documents, base)
    for number in range(0, 70, 6):
        old = namesakes[number]
        term = replace(old.names[0], valid_to=date(2011, 1, 1 + number % 28))
        base = world(replace(old, names=(*old.names, term)), base=base)
        archive.relink(base)
        check(archive, documents, base, [old.id])
