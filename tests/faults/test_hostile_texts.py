"""Texts that no editor would print: each has its answer, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import pairwise

import grpc
import pytest

from nisba.v1 import linking_service_pb2 as pb
from tests.support.serving import RichError, Served, rich_error, serving


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        yield running


async def mentions(served: Served, text: str, language: str = "") -> list[pb.Mention]:
    """Return what is found in a text, once every span has been held against it."""
    request = pb.LinkTextRequest(document=pb.Document(text=text, language=language))
    found = list((await served.linking.LinkText(request)).document.mentions)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


async def refusal(served: Served, text: str, language: str = "") -> RichError:
    request = pb.LinkTextRequest(document=pb.Document(text=text, language=language))
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await served.linking.LinkText(request)
    return rich_error(failed.value)


@pytest.mark.parametrize(
    "text", ["?!… —", "؟،؛ …", " \n\t ", "\u200f\u200e\u200b", "٢٠٢٣ 2023", "🙂"]
)
async def test_a_text_without_letters_has_no_mentions_and_no_language(
    served: Served, text: str
) -> None:
    response = await served.linking.LinkText(pb.LinkTextRequest(document=pb.Document(text=text)))
    assert list(response.document.mentions) == []
    assert response.document.language == "und"


@pytest.mark.parametrize(
    "text",
    ["哈马斯领导人在加沙会见了记者。", "Лидеры ХАМАС", "ראשי חמאס", "Hamas 哈马斯领导人在加沙会见"],
)
async def test_a_text_mostly_in_another_script_is_refused(served: Served, text: str) -> None:
    error = await refusal(served, text)
    assert error.code is grpc.StatusCode.INVALID_ARGUMENT
    assert (error.reason, error.fields) == ("SCRIPT_UNSUPPORTED", ["document.text"])


async def test_naming_a_language_does_not_make_another_script_readable(served: Served) -> None:
    assert (await refusal(served, "哈马斯领导人", "ar")).reason == "SCRIPT_UNSUPPORTED"


@pytest.mark.parametrize(
    "text", ["Hamas (哈马斯) met in Gaza, said a spokesman.", "قادة حماس (哈马斯) التقوا في غزة."]
)
async def test_a_few_letters_of_another_script_do_no_harm(served: Served, text: str) -> None:
    assert [m.entity_id for m in await mentions(served, text)] == ["org:hamas", "loc:gaza"]


@pytest.mark.parametrize("letter", ["a", "ع"])
async def test_five_megabytes_of_text_are_too_long(served: Served, letter: str) -> None:
    text = letter * (5_000_000 // len(letter.encode()))
    error = await refusal(served, text)
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "TEXT_TOO_LONG")
    assert error.metadata == {
        "field": "document.text",
        "limit": "100000",
        "actual": str(len(text)),
    }


@pytest.mark.parametrize("letter", ["a", "ع"])
async def test_a_message_above_8_mib_is_refused_by_grpc_itself_without_details(
    served: Served, letter: str
) -> None:
    text = letter * (9 * 1024 * 1024 // len(letter.encode()))
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await served.linking.LinkText(pb.LinkTextRequest(document=pb.Document(text=text)))
    assert failed.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "grpc-status-details-bin" not in dict(failed.value.trailing_metadata() or ())
    assert await mentions(served, "حماس")


@pytest.mark.parametrize(("word", "entity_id"), [("PLO", "org:plo"), ("غزة", "loc:gaza")])
async def test_as_many_mentions_as_a_text_can_hold_are_all_answered(
    served: Served, word: str, entity_id: str
) -> None:
    text = f"{word} " * 25_000
    assert len(text) == 100_000
    found = await mentions(served, text)
    assert len(found) == 25_000
    assert {m.entity_id for m in found} == {entity_id}


@pytest.mark.parametrize("text", ["a" * 100_000, "ع" * 100_000, "(" * 100_000, "وال" * 33_333])
async def test_the_longest_text_may_be_one_word(served: Served, text: str) -> None:
    assert await mentions(served, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "\u202aSaleh al-Arouri\u202c met \u2067Hamas\u2069.",
        "\u202bالتقى صالح العاروري\u202c قادة \u2067حماس\u2069.",
        "Saleh\u00a0al-Arouri\u200b met Ha\u200cmas.",
        "التقى صالح\u200f العاروري قادة ح\u200dماس.",
        "\ufeffSaleh al-Arouri met Hamas.",
        "\ufeffصالح العاروري من حماس.",
    ],
)
async def test_invisible_characters_neither_hide_a_name_nor_shift_a_span(
    served: Served, text: str
) -> None:
    found = await mentions(served, text)
    assert [m.entity_id for m in found] == ["per:saleh-al-arouri", "org:hamas"]


@pytest.mark.parametrize(
    "text",
    [
        "الْتَقَى صَالِحٌ العَارُورِيُّ قَادَةَ حَمَاس.",
        "التقى صـــالح العـــــاروري قادة حـــمـــاس.",
        "التقى صـَـالـِـح العـَـارُورِيّ قادة حـَـمَـاس.",
        "Sa\u0301leh al-Arou\u0304ri\u0304 met Hama\u0304s.",
    ],
)
async def test_marks_and_stretching_neither_hide_a_name_nor_shift_a_span(
    served: Served, text: str
) -> None:
    found = await mentions(served, text)
    assert [m.entity_id for m in found] == ["per:saleh-al-arouri", "org:hamas"]


@pytest.mark.parametrize("base", ["Gaza", "غزة"])
async def test_a_name_under_ten_thousand_marks_is_answered(served: Served, base: str) -> None:
    mark = "\u0301" if base.isascii() else "\u064e"
    text = base[0] + mark * 10_000 + base[1:] + " ."
    found = await mentions(served, text)
    assert [(m.start, m.end) for m in found] == [(0, len(base) + 10_000)]


@pytest.mark.parametrize(
    "text", ["Hamas\x00Gaza Hamas", "حماس\x00غزة حماس", "حماس\r\n\x0b\x0c\x85غزة"]
)
async def test_control_characters_do_no_harm(served: Served, text: str) -> None:
    assert "org:hamas" in {m.entity_id for m in await mentions(served, text)}
