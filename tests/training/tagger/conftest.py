"""Data files in miniature: clauses written for these tests, with names in their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from nisba_service.names.types import Language

_CLAUSES = {
    Language.EN: """
        [PER] met [PER] in [LOC] on Monday .
        A spokesman for [ORG] said [PER] had left [LOC] .
        [ORG] denied a report from [LOC] .
        The mayor of [LOC] thanked [ORG] and [PER] .
        It rained for three days and nobody came .
        [PER] wrote a letter to [ORG] .
    """,
    Language.AR: """
        التقى [PER] مع [PER] في [LOC] يوم الاثنين .
        قال متحدث باسم [ORG] إن [PER] غادر [LOC] .
        نفت [ORG] تقريرا من [LOC] .
        شكر عمدة [LOC] كلا من [ORG] و [PER] .
        هطل المطر ثلاثة أيام ولم يحضر أحد .
        كتب [PER] رسالة إلى [ORG] .
    """,
}
_NAMES = {
    Language.EN: {
        "PER": "Anna Lind | Omar Haddad | Lind | Haddad | Jean Morel | Rania Aziz",
        "LOC": "Oslo | Amman | Port Said | Lyon | Basra",
        "ORG": "Red Crescent | Ministry of Health | Acme Corp. | Arab League",
    },
    Language.AR: {
        "PER": "عمر حداد | رانيا عزيز | حداد | سامي خوري | عزيز",
        "LOC": "عمان | أوسلو | بورسعيد | البصرة",
        "ORG": "الهلال الأحمر | وزارة الصحة | جامعة الدول العربية",
    },
}
_FILES = {
    Language.EN: {
        "train-gmb.bio": 80,
        "train-wikigold.bio": 40,
        "en_ewt-ud-train.iob2": 40,
        "train-uner-ewt-dev.bio": 40,
        "dev.bio": 40,
        "test-uner-ewt.bio": 5,
        "test-gmb.bio": 5,
    },
    Language.AR: {
        "train.bio": 120,
        "dev.bio": 40,
        "test-anercorp.bio": 5,
        "test-aqmar10.bio": 5,
    },
}


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder; the sentences of different files differ by their number."""
    folder = tmp_path_factory.mktemp("data")
    random = Random(7)
    for language, files in _FILES.items():
        (folder / language.value).mkdir()
        for name, length in files.items():
            lines = [_sentence(language, random, f"{name}-{i}") for i in range(length)]
            text = "\n".join(lines)
            text = _as_uner(text) if name.endswith(".iob2") else text
            (folder / language.value / name).write_text(text, "utf-8")
    (folder / "en" / "glove.6B.100d.txt").write_text(_vectors(random), "utf-8")
    return folder


def _as_uner(text: str) -> str:
    return "\n".join(f"1\t{row}" if row else row for row in text.split("\n"))


def _vectors(random: Random) -> str:
    words = re.findall(r"[a-z]+", _CLAUSES[Language.EN].lower())
    return "\n".join(
        f"{word} {' '.join(str(random.uniform(-1, 1)) for _ in range(100))}"
        for word in sorted(set(words))
    )


def _sentence(language: Language, random: Random, number: str) -> str:
    clause = random.choice(_CLAUSES[language].strip().splitlines()).split()
    rows = [f"{number}\tO"]
    for word in clause:
        if word.startswith("["):
            type_ = word.strip("[]")
            rows.extend(_name(random.choice(_NAMES[language][type_].split(" | ")).split(), type_))
        else:
            rows.append(f"{word}\tO")
    return "\n".join([*rows, ""])


def _name(words: Sequence[str], type_: str) -> list[str]:
    return [f"{word}\t{'I' if i else 'B'}-{type_}" for i, word in enumerate(words)]
