"""Real models, and a gazetteer small enough to be read at a glance."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.gazetteer.model import Entity, Name, NameKind
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.stanza_tagger import StanzaTagger

MODELS = Path(__file__).parents[2] / "models"

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION

_NAMES = {
    ("per:arouri", PERSON): "Saleh al-Arouri | Al-Aruri | صالح العاروري | العاروري",
    ("per:hamdallah", PERSON): "Rami Hamdallah | Hamdallah | رامي الحمد الله | الحمد الله",
    ("per:abbas", PERSON): "Mahmoud Abbas | Abbas | Abu Mazen | محمود عباس | عباس | أبو مازن",
    ("per:haniyeh", PERSON): "Ismail Haniyeh | إسماعيل هنية | هنية",
    ("per:masri", PERSON): "Mushir al-Masri | al-Masri | مشير المصري | المصري",
    ("per:rice", PERSON): "Condoleezza Rice | Rice | كوندوليزا رايس",
    ("per:yassin", PERSON): "Sheikh Ahmed Yassin | Yassin | الشيخ ياسين | أحمد ياسين",
    ("per:ahmed", PERSON): "Azzam al-Ahmed | Ahmed | عزام الأحمد",
    ("per:king-abdullah", PERSON): "King Abdullah | الملك عبد الله",
    ("org:hamas", ORGANIZATION): "Hamas | حماس | حركة حماس",
    ("org:fatah", ORGANIZATION): "Fatah | فتح | حركة فتح | تنظيم فتح",
    ("org:fatah-al-islam", ORGANIZATION): "Fatah al-Islam | فتح الإسلام",
    ("org:fida", ORGANIZATION): "FIDA | فدا",
    ("org:pa", ORGANIZATION): "Palestinian Authority | PA | السلطة الفلسطينية | اللجنة",
    ("org:who", ORGANIZATION): "World Health Organization | WHO",
    ("org:pentagon", ORGANIZATION): "the Pentagon",
    ("loc:israel", LOCATION): "Israel | إسرائيل",
    ("loc:gaza-strip", LOCATION): "Gaza Strip | Gaza | قطاع غزة | غزة",
    ("loc:gaza-city", LOCATION): "Gaza City | Gaza | مدينة غزة | غزة",
    ("loc:cairo", LOCATION): "Cairo | القاهرة",
    ("loc:egypt", LOCATION): "Egypt | مصر",
    ("loc:us", LOCATION): "United States | US | U.S. | الولايات المتحدة",
    ("loc:hague", LOCATION): "The Hague | لاهاي",
    ("loc:tyre", LOCATION): "Tyre | صور",
    ("loc:saudi", LOCATION): "Saudi Arabia | السعودية",
    ("loc:iran", LOCATION): "Iran | إيران",
    ("loc:abbas", LOCATION): "Bandar Abbas | بندر عباس",
}


def _name(text: str) -> Name:
    language = Language.EN if text.isascii() else Language.AR
    return Name(text, language, NameKind.ACRONYM if text.isupper() else NameKind.VARIANT)


ENTITIES = [
    Entity(id_, type_, tuple(_name(name) for name in names.split(" | ")))
    for (id_, type_), names in _NAMES.items()
]


@pytest.fixture(scope="session")
def spotter() -> Spotter:
    return Spotter.build(ENTITIES)


@pytest.fixture(scope="session")
def tagger() -> StanzaTagger:
    return StanzaTagger.load(MODELS)
