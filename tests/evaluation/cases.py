"""One small document in each language, and answers to it whose figures can be counted by hand.

Seven gold mentions, six in the gazetteer; seven answers, six of them links:

    Hamas           linked right                          0.95
    Fatah           linked to somebody else               0.70
    Rami Hamdallah  linked right                          0.90
    Munib al-Masri  NIL; "al-Masri" linked to a namesake  0.60
    Gaza            linked to what also_ok permits        0.80
    Hamdallah       AMBIGUOUS
    Cairo           not found; "left" linked instead      0.65
"""

from __future__ import annotations

from nisba_service.evaluation.gold import NIL, GoldDocument, GoldMention
from nisba_service.evaluation.matching import Answer
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType, Language

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION

TEXTS = {
    Language.EN: (
        "Hamas and Fatah met Rami Hamdallah and Munib al-Masri in Gaza. Hamdallah left Cairo.",
        ("Hamas", "Fatah", "Rami Hamdallah", "Munib al-Masri", "Gaza", "Hamdallah", "Cairo"),
        "al-Masri",
        "left",
    ),
    Language.AR: (
        "التقت حماس وفتح رامي الحمد الله ومنيب المصري في غزة. غادر الحمد الله القاهرة.",
        ("حماس", "فتح", "رامي الحمد الله", "منيب المصري", "غزة", "الحمد الله", "القاهرة"),
        "المصري",
        "غادر",
    ),
}


def span(text: str, name: str, after: int = 0) -> tuple[int, int]:
    start = text.index(name, after)
    return start, start + len(name)


def document(language: Language) -> GoldDocument:
    text, names, _, _ = TEXTS[language]
    hamas, fatah, rami, munib, gaza, hamdallah, cairo = names
    second = text.index(".")
    return GoldDocument(
        id=f"case-{language}",
        language=language,
        text=text,
        mentions=(
            GoldMention(*span(text, hamas), ORGANIZATION, "org:hamas"),
            GoldMention(
                *span(text, fatah), ORGANIZATION, "org:fatah", tags=frozenset({"ambiguous"})
            ),
            GoldMention(*span(text, rami), PERSON, "per:rami-hamdallah"),
            GoldMention(*span(text, munib), PERSON, NIL, tags=frozenset({"namesake"})),
            GoldMention(
                *span(text, gaza),
                LOCATION,
                "loc:gaza-strip",
                also_ok=frozenset({"loc:gaza-city"}),
                tags=frozenset({"ambiguous"}),
            ),
            GoldMention(
                *span(text, hamdallah, second),
                PERSON,
                "per:rami-hamdallah",
                tags=frozenset({"short-name", "ambiguous"}),
            ),
            GoldMention(*span(text, cairo, second), LOCATION, "loc:cairo"),
        ),
    )


def answers(language: Language) -> tuple[Answer, ...]:
    text, names, masri, left = TEXTS[language]
    hamas, fatah, rami, _, gaza, hamdallah, _ = names
    second = text.index(".")
    linked = Outcome.LINKED
    return (
        Answer(*span(text, hamas), linked, "org:hamas", 0.95),
        Answer(*span(text, fatah), linked, "org:fatah-al-islam", 0.70),
        Answer(*span(text, rami), linked, "per:rami-hamdallah", 0.90),
        Answer(*span(text, masri), linked, "per:mushir-al-masri", 0.60),
        Answer(*span(text, gaza), linked, "loc:gaza-city", 0.80),
        Answer(*span(text, hamdallah, second), Outcome.AMBIGUOUS, confidence=0.5),
        Answer(*span(text, left, second), linked, "loc:left", 0.65),
    )
