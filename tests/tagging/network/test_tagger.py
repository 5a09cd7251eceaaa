from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nisba_service.names.types import Language
from nisba_service.tagging import model_files
from nisba_service.tagging.network import loading
from nisba_service.tagging.network.tagger import NetworkTagger
from nisba_service.tagging.stanza_pipeline import StanzaTokenTagger
from nisba_service.tagging.stanza_pipeline import load as stanza_pipeline
from nisba_service.tagging.tagged import TaggedEntity

MODELS = Path(__file__).parents[3] / "models"

SENTENCES = {
    Language.EN: [
        "Ismail Haniyeh , the Hamas leader , met officials in Cairo on Tuesday .",
        "President Mahmoud Abbas spoke in Ramallah .",
        "No name here .",
        "Cairo",
        "Israel and the United States reject it , said Saeb Erekat of Fatah in London .",
        "ظهر Haniyeh في Gaza",
    ],
    Language.AR: [
        "التقى محمود عباس وفدا من حركة حماس في القاهرة .",
        "قال صالح العاروري إن ال حركة لن تقطع علاقاتها ب إيران .",
        "لا أسماء هنا",
        "القاهرة",
        "وصل رامي الحمد الله إلى قطاع غزة يوم الاثنين و قالت إسرائيل إنها ترفض الاتفاق .",
        "ظهر Haniyeh في غزة",
    ],
}


@pytest.fixture(scope="module", params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture(scope="module")
def network(language: Language) -> NetworkTagger:
    (model,) = (m for m in model_files.find(MODELS) if m.language is language)
    tagger = loading.load(model)
    assert tagger is not None
    return tagger


@pytest.fixture(scope="module")
def stanza(language: Language) -> StanzaTokenTagger:
    (model,) = (m for m in model_files.find(MODELS) if m.language is language)
    return StanzaTokenTagger(stanza_pipeline(model, tags=True, threads=1))


def words(language: Language) -> list[list[str]]:
    return [sentence.split() for sentence in SENTENCES[language]]


def test_it_finds_what_stanza_finds(
    network: NetworkTagger, stanza: StanzaTokenTagger, language: Language
) -> None:
    found = network.entities(words(language))
    assert found == stanza.entities(words(language))
    assert sum(map(len, found)) > 8


def test_it_finds_the_name(network: NetworkTagger, language: Language) -> None:
    text, end = {
        Language.EN: ("the leader Ismail Haniyeh left", 4),
        Language.AR: ("قال إسماعيل هنية أمس", 3),
    }[language]
    assert network.entities([text.split()]) == [[TaggedEntity(end - 2, end, "PER")]]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_words_there_are_it_finds_what_stanza_finds(
    network: NetworkTagger, stanza: StanzaTokenTagger, language: Language, data: st.DataObject
) -> None:
    known = sorted({word for sentence in words(language) for word in sentence})
    word = st.sampled_from(known) | st.text(min_size=1, max_size=12)
    sentences = data.draw(st.lists(st.lists(word, min_size=1, max_size=12), max_size=5))
    expected = stanza.entities(sentences) if sentences else []
    assert network.entities(sentences) == expected


def test_both_know_the_same_words_and_tags(
    network: NetworkTagger, stanza: StanzaTokenTagger
) -> None:
    assert list(network.vocabulary) == list(stanza.vocabulary)
    assert network.known_tags == stanza.known_tags
