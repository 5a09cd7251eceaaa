"""Names that a text defines by others."""

from __future__ import annotations

import pytest

from nisba_service.linking.definitions import definitions
from nisba_service.names.types import Language
from nisba_service.tagging.model import Mention, Source
from tests.linking.world import read


def defined(marked: str) -> dict[int, int]:
    text, spans = read(marked)
    mentions = [
        Mention(s.start, s.end, name, name, "", s.type, Language.EN, Source.TAGGER)
        for s in spans
        for name in [text[s.start : s.end]]
    ]
    return dict(definitions(text, mentions))


@pytest.mark.parametrize(
    "marked",
    [
        "the [O:Rapid Support Forces] ([O:RSF])",
        "the [O:General People's Congress] ([O:GPC]) met",
        '[O:Rapid Support Forces] ("[O:RSF]")',
        "[P:Mohamed Hamdan Dagalo], known as [P:Hemedti], spoke",
        "[P:Mohammed Deif] ([P:Abu Khaled])",
        "[P:Abu Khaled] ([P:Mohammed Deif])",
        "[P:محمد الضيف]، المعروف بـ[P:أبي خالد]",
        "[P:محمد الضيف] الملقب ب[P:أبي خالد]",
        "[P:محمد الضيف] ([P:أبو خالد])",
        "[O:الاتحاد الأفريقي] ([O:AU])",
    ],
)
def test_a_name_and_another_name_of_the_same(marked: str) -> None:
    assert defined(marked) == {1: 0}


@pytest.mark.parametrize(
    "marked",
    [
        "the [O:Rapid Support Forces] ([O:UN] mission)",
        "the [O:Rapid Support Forces] ([O:PLO])",
        "[O:Fatah] ([O:PLO])",
        "[P:Mohammed Deif] ([P:Khaled Mashal])",
        "[P:Mohammed Deif] ([O:Hamas])",
        "[L:Tripoli] ([L:Lebanon])",
        "[P:Dagalo] and [P:Hemedti]",
        "[P:Dagalo], known as [L:Darfur]'s ruler",
        "[P:محمد الضيف] ([P:خالد مشعل])",
        "[P:محمد الضيف] و[P:أبو خالد]",
    ],
)
def test_two_names_side_by_side(marked: str) -> None:
    assert defined(marked) == {}
