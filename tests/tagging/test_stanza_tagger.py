from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from nisba_service.errors import ModelsError
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.stanza_reader import Tokenizer
from nisba_service.tagging.stanza_tagger import StanzaTagger

EN, AR = Language.EN, Language.AR
MODELS = Path(__file__).parents[2] / "models"

ENGLISH = [
    "Ismail Haniyeh, the Hamas leader, met officials in Cairo on Tuesday.",
    "",
    "No name here.",
    "President Mahmoud Abbas spoke in Ramallah.\n\nReuters reported it from Gaza. " * 3,
    "Israel and the United States reject it, said Saeb Erekat in London.",
]
ARABIC = [
    "التقى محمود عباس وفدا من حركة حماس في القاهرة.",
    "قال صالح العاروري إن الحركة لن تقطع علاقاتها بإيران.",
    "لا أسماء هنا",
    "",
    "وصل رامي الحمد الله إلى قطاع غزة يوم الاثنين.\n\nوقالت إسرائيل إنها ترفض الاتفاق. " * 3,
]


def surfaces(tagger: StanzaTagger, text: str, language: Language) -> list[tuple[str, EntityType]]:
    (spans,) = tagger.tag([text], language)
    return [(text[span.start : span.end], span.type) for span in spans]


def test_english_names(tagger: StanzaTagger) -> None:
    assert surfaces(tagger, ENGLISH[0], EN) == [
        ("Ismail Haniyeh", EntityType.PERSON),
        ("Hamas", EntityType.ORGANIZATION),
        ("Cairo", EntityType.LOCATION),
    ]


def test_arabic_names(tagger: StanzaTagger) -> None:
    assert surfaces(tagger, ARABIC[0], AR) == [
        ("محمود عباس", EntityType.PERSON),
        ("حركة حماس", EntityType.ORGANIZATION),
        ("القاهرة", EntityType.LOCATION),
    ]


@pytest.mark.parametrize(("texts", "language"), [(ENGLISH, EN), (ARABIC, AR)])
def test_texts_together_give_what_each_gives_alone(
    tagger: StanzaTagger, texts: list[str], language: Language
) -> None:
    together = tagger.tag(texts * 20, language)
    alone = [tagger.tag([text], language)[0] for text in texts]
    assert together == alone * 20
    assert sum(map(len, alone)) > 10


@pytest.fixture(scope="module")
def by_stanza() -> StanzaTagger:
    return StanzaTagger.load(MODELS, network=False)


@settings(max_examples=40, deadline=None)
@given(st.data())
@pytest.mark.parametrize(("texts", "language"), [(ENGLISH, EN), (ARABIC, AR)])
def test_however_texts_are_grouped_each_has_the_spans_that_it_has_alone(
    tagger: StanzaTagger, texts: list[str], language: Language, data: st.DataObject
) -> None:
    pool = [*texts, *(line for text in texts for line in text.splitlines()), *ENGLISH, *ARABIC]
    alone = {text: tagger.tag([text], language)[0] for text in pool}
    groups = data.draw(st.lists(st.lists(st.sampled_from(pool), max_size=8), max_size=4))
    for group in groups:
        assert tagger.tag(group, language) == [alone[text] for text in group]


@pytest.mark.parametrize(("texts", "language"), [(ENGLISH, EN), (ARABIC, AR)])
def test_stanza_itself_finds_the_same(
    tagger: StanzaTagger, by_stanza: StanzaTagger, texts: list[str], language: Language
) -> None:
    assert tagger.tag(texts, language) == by_stanza.tag(texts, language)
    tokens = [text.split() for text in texts if text]
    assert tagger.tag_tokens(tokens, language) == by_stanza.tag_tokens(tokens, language)
    assert by_stanza.model_version == tagger.model_version


def test_marks_and_invisible_characters_do_not_shift_offsets(tagger: StanzaTagger) -> None:
    text = "الْتَقَى مَحْمُودُ عَبَّاسٌ وَفْداً مِنْ حَرَكَةِ حَمَاسَ فِي الْقَاهِرَةِ."
    assert [surface for surface, _ in surfaces(tagger, text, AR)] == [
        "مَحْمُودُ عَبَّاسٌ",
        "حَرَكَةِ حَمَاسَ",
        "الْقَاهِرَةِ",
    ]
    english = "Is\u00admail Hani\u200byeh, the \u202aHamas\u202c leader, met officials in Cairo."
    assert [surface for surface, _ in surfaces(tagger, english, EN)] == [
        "Is\u00admail Hani\u200byeh",
        "Hamas",
        "Cairo",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "12 14", "\u200f\u200f", "٣٤، «»"])
def test_a_text_without_letters_has_no_names(tagger: StanzaTagger, text: str) -> None:
    assert tagger.tag([text], EN) == tagger.tag([text], AR) == [[]]


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "ا" * 100_000, "." * 100_000, "a.b," * 25_000, "\n" * 100_000]
)
def test_a_long_text_of_no_sense_is_read_to_its_end(tagger: StanzaTagger, text: str) -> None:
    (spans,) = tagger.tag([text], EN)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_long_text_without_a_sentence_end_still_has_its_names(tagger: StanzaTagger) -> None:
    text = "then Mahmoud Abbas met officials in Cairo and " * 400
    found = surfaces(tagger, text, EN)
    assert len(found) > 700


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read(tagger: StanzaTagger, text: str) -> None:
    for language in Language:
        (spans,) = tagger.tag([text], language)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_the_version_is_of_the_files(tagger: StanzaTagger) -> None:
    assert len(tagger.model_version) == 16
    assert StanzaTagger.load(MODELS, eager=False).model_version == tagger.model_version


def test_this_projects_models_read_the_tokens_of_the_rules(tagger: StanzaTagger) -> None:
    by_rules = StanzaTagger.load(MODELS, eager=False, tokenizer=Tokenizer.RULES)
    neural = StanzaTagger.load(MODELS, eager=False, tokenizer=Tokenizer.NEURAL)
    assert tagger.model_version == by_rules.model_version
    assert tagger.model_version != neural.model_version


@pytest.mark.parametrize(("text", "language"), [(ENGLISH[0], EN), (ARABIC[0], AR)])
def test_the_neural_tokenizer_can_be_had(text: str, language: Language) -> None:
    neural = StanzaTagger.load(MODELS, eager=False, tokenizer=Tokenizer.NEURAL)
    assert len(surfaces(neural, text, language)) == 3


def test_models_of_others_keep_their_tokenizer(copy: Path) -> None:
    """Told by the package's name; the files here are the bundled ones."""
    _rename_packages(copy, "published")
    as_published = StanzaTagger.load(copy, eager=False)
    neural = StanzaTagger.load(copy, eager=False, tokenizer=Tokenizer.NEURAL)
    assert as_published.model_version == neural.model_version


def test_spans_are_whole_words_where_the_tagger_sees_particles_apart(copy: Path) -> None:
    _say(copy, AR, particles_apart=True)
    tagger = StanzaTagger.load(copy, eager=False)
    text = "والتقى محمود عباس وإسماعيل هنية في القاهرة ثم غادرا للأردن وتونس."
    found = surfaces(tagger, text, AR)
    assert ("القاهرة", EntityType.LOCATION) in found
    assert {word for surface, _ in found for word in surface.split()} <= set(text[:-1].split())
    words = text[:-1].split()
    (spans,) = tagger.tag_tokens([words], AR)
    assert [" ".join(words[s.start : s.end]) for s in spans] == [surface for surface, _ in found]


def _rename_packages(folder: Path, package: str) -> None:
    for path in folder.glob("*/*/nisba.pt"):
        path.rename(path.with_name(f"{package}.pt"))
    resources = folder / "resources.json"
    resources.write_text(resources.read_text("utf-8").replace('"nisba"', f'"{package}"'), "utf-8")


def _say(folder: Path, language: Language, **what: bool) -> None:
    path = folder / "resources.json"
    resources = json.loads(path.read_text("utf-8"))
    resources[language]["ner"]["nisba"] |= what
    path.write_text(json.dumps(resources), "utf-8")


def _blas_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_blas_and_torch_have_the_threads_that_are_asked_for() -> None:
    StanzaTagger.load(MODELS, eager=False, threads=2)
    assert _blas_threads() == {2}
    StanzaTagger.load(MODELS, network=False, threads=2)
    assert torch.get_num_threads() == 2
    StanzaTagger.load(MODELS, network=False)
    assert torch.get_num_threads() == 1
    assert _blas_threads() == {1}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


@pytest.mark.parametrize(
    ("name", "damage"),
    [("ar/ner", "empty"), ("en/ner", "cut"), ("en/pretrain", "text"), ("ar/pretrain", "cut")],
)
def test_a_damaged_file_is_named_with_what_to_do(copy: Path, name: str, damage: str) -> None:
    path = copy / name / "nisba.pt"
    content = path.read_bytes()
    path.write_bytes({"empty": b"", "cut": content[:-5000], "text": b"<html>"}[damage])
    with pytest.raises(ModelsError) as error:
        StanzaTagger.load(copy)
    message = str(error.value)
    assert message.startswith(f"{path}: damaged")
    assert "stanza.download" in message
    assert message.count("nisba.pt") == 1


def test_a_damaged_tokenizer_is_named_where_it_is_asked_for(copy: Path) -> None:
    path = copy / "en/tokenize/nisba.pt"
    path.write_bytes(b"")
    assert StanzaTagger.load(copy).tag([ENGLISH[0]], EN)[0]
    with pytest.raises(ModelsError, match=r"en/tokenize/nisba\.pt: damaged"):
        StanzaTagger.load(copy, tokenizer=Tokenizer.NEURAL)


@pytest.mark.parametrize(("text", "language"), [(ENGLISH[0], EN), (ARABIC[0], AR)])
def test_a_tagger_with_vectors_of_its_own_is_run_by_stanza(
    tagger: StanzaTagger, copy: Path, text: str, language: Language
) -> None:
    path = copy / language / "ner/nisba.pt"
    model = torch.load(path, weights_only=True)
    known = model["vocab"]["word"]["_id2unit"][:9]
    model["vocab"]["delta"] = {**model["vocab"]["word"], "_id2unit": known, "ignore": []}
    model["vocab"]["_key2class"]["delta"] = "WordVocab"
    model["model"]["delta_emb.weight"] = torch.zeros(9, model["config"]["word_emb_dim"])
    model["vocab"]["delta"]["_unit2id"] = {word: number for number, word in enumerate(known)}
    torch.save(model, path, _use_new_zipfile_serialization=False)
    assert StanzaTagger.load(copy, eager=False).tag([text], language) == tagger.tag(
        [text], language
    )


def test_a_tagger_of_other_things_is_an_error_that_names_its_tags(copy: Path) -> None:
    path = copy / "en/ner/nisba.pt"
    model = torch.load(path, weights_only=True)
    tags = model["vocab"]["tag"]["_id2unit"][0]
    tags[4:] = [tag if tag == "O" else f"{tag[:2]}NORP" for tag in tags[4:]]
    torch.save(model, path, _use_new_zipfile_serialization=False)
    with pytest.raises(ModelsError, match=r"en/ner/nisba\.pt: its tags \(NORP\) name no person"):
        StanzaTagger.load(copy)


def test_a_model_of_another_kind_is_an_error_that_names_it(copy: Path) -> None:
    shutil.copy(copy / "en/pretrain/nisba.pt", copy / "en/ner/nisba.pt")
    with pytest.raises(ModelsError, match=r"en/ner/nisba\.pt: damaged, or not a model"):
        StanzaTagger.load(copy)
    shutil.copy(copy / "en/tokenize/nisba.pt", copy / "en/ner/nisba.pt")
    with pytest.raises(ModelsError, match=r"en/ner/nisba\.pt"):
        StanzaTagger.load(copy)


def test_a_language_loaded_late_shows_its_damage_late(copy: Path) -> None:
    (copy / "ar/ner/nisba.pt").write_bytes(b"")
    tagger = StanzaTagger.load(copy, eager=False)
    assert tagger.tag([ENGLISH[0]], EN)[0]
    with pytest.raises(ModelsError, match=r"ar/ner/nisba\.pt: damaged"):
        tagger.tag([ARABIC[0]], AR)


@pytest.mark.parametrize(
    "code",
    [
        "import nisba_service.tagging.mention_finder",
        "from pathlib import Path\n"
        "from nisba_service.tagging.stanza_tagger import StanzaTagger\n"
        f"StanzaTagger.load(Path({str(MODELS)!r}))",
    ],
    ids=["the words of the domain", "the bundled models"],
)
def test_torch_is_not_loaded_for(code: str) -> None:
    asked = f"import sys\n{code}\nsys.exit('torch' in sys.modules or 'stanza' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    StanzaTagger.load(MODELS).tag(ENGLISH, EN)
    assert capfd.readouterr() == ("", "")
