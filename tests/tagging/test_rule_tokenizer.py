from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.tagging.rule_tokenizer import sentences

LONG_LINE = "The leaders of both movements met again in Cairo on Tuesday evening and then"


def tokens(text: str) -> list[str]:
    return [text[start:end] for sentence in sentences(text) for start, end in sentence]


def cut(text: str) -> list[str]:
    """The sentences as written."""
    return [text[sentence[0][0] : sentence[-1][1]] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamas's men", "Hamas|'s|men"),
        ("the PA’s men", "the|PA|’s|men"),
        ("al-Arouri, U.S.-led", "al|-|Arouri|,|U.S.|-|led"),
        ("didn't can't won't", "did|n't|ca|n't|wo|n't"),
        ("Shi'ite O'Brien d'Ivoire", "Shi'ite|O'Brien|d'Ivoire"),
        ("the 1990s' end", "the|1990s|'|end"),
        ("Mr. J. R. Smith", "Mr.|J.|R.|Smith"),
        ("AT&T and Q&A", "AT&T|and|Q&A"),
        ("$3.5m, 20%, 12/3/2004 at 10:30", "$|3.5|m|,|20|%|,|12/3/2004|at|10:30"),
        ("on the 21st", "on|the|21st"),
        ("see http://x.org/a?b=1, or a.b@c.org.", "see|http://x.org/a?b=1|,|or|a.b@c.org|."),
        ("Space.com said", "Space.com|said"),
        ("(PLO/PA)", "(|PLO|/|PA|)"),
        ("well... no--yes", "well|...|no|--|yes"),
        ("‘Fatah’ “won”", "‘|Fatah|’|“|won|”"),
    ],
)
def test_english_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«لن نذهب»، قال", "«|لن|نذهب|»|،|قال"),
        ("لا؛ نعم؟ (رويترز)", "لا|؛|نعم|؟|(|رويترز|)"),
        ("وحماس وللسلطة", "وحماس|وللسلطة"),
        ("حماس-فتح/السلطة", "حماس|-|فتح|/|السلطة"),
        ("د. صائب عريقات", "د.|صائب|عريقات"),
        ("أ.د. خالد", "أ.د.|خالد"),
        ("قناة بي.بي.سي وسي.إن.إن", "قناة|بي.بي.سي|وسي.إن.إن"),
        ("٣٫٥ مليون و٢٠٪", "٣٫٥|مليون|و٢٠|٪"),
        ("١٢/٣/٢٠٠٤", "١٢/٣/٢٠٠٤"),
        ("انتهى… ثم بدأ", "انتهى|…|ثم|بدأ"),
        ("وَقال مُحَمَّد", "وَقال|مُحَمَّد"),
    ],
)
def test_arabic_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Abbas met Mr. Fayyad.|He left.",
        "He met Dr. Hanan Ashrawi and Lt. Gen. Hamad.|Nobody else came.",
        "Salam Fayyad Jr. spoke.|The P.A. agreed.",
        "George W. Bush and J. R. Smith met in St. Petersburg on Sept. 11.|They left.",
        "It has an office in the U.S.|He works there.",
        "It paid $3.5 million at 10:30 a.m.|The rest came later.",
        '"It failed."|He left.',
        "Did it fail?|Yes!|So be it.",
        "“No!”|Abbas said.",
        "Wait...|Nobody came.",
    ],
)
def test_english_sentences(text: str) -> None:
    assert cut(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "U.S. President Barack Obama and U.N. envoy Robert Serry came",
        '"No!" he said',
        "Why? asked nobody",
        "and so on ... and on",
        "He said Apple Inc. Chief Tim Cook came",
        "a vote of 3.5 to 2.5 at No. 10",
        "the Shin Bet, Israel's security agency; it denies it",
    ],
)
def test_what_ends_no_english_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "التقى د. صائب عريقات الوفد.|ثم غادر.",
        "هل وافقت حماس؟|نعم!|وافقت.",
        "قال: «لن نذهب.»|وغادر القاعة.",
        "بدأ اللقاء في الساعة 10:30 ص.|وحضره أ.د. خالد.",
        "دفعت ٣٫٥ مليون دولار.|ولم تدفع غيرها.",
    ],
)
def test_arabic_sentences(text: str) -> None:
    assert cut(text.replace("|", " ")) == text.split("|")


def test_sentences_without_a_space_between() -> None:
    assert cut("It ended.Abbas left") == ["It ended.", "Abbas left"]
    assert cut("غادر عباس الرياض.وقال مكتبه إنه عاد") == ["غادر عباس الرياض.", "وقال مكتبه إنه عاد"]


@pytest.mark.parametrize(
    "text",
    [
        "رفضت حماس العرض، وقبلته فتح؛ وغادر الوفد",
        "انتهى… ثم بدأ من جديد",
        "زار ج. بوش وم. أحمد الرياض",
    ],
)
def test_what_ends_no_arabic_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamas says no\nAbbas met Fayyad.", 2),  # a headline
        ("حماس ترفض العرض\nقال عباس إنه موافق.", 2),
        (f"{LONG_LINE}\nleft.", 1),  # a line that goes on
        (f"{LONG_LINE}\nAbbas left.", 1),
        (f"{LONG_LINE}.\nabbas left.", 2),
        (f"{LONG_LINE}\n\nAbbas left.", 2),  # a blank line ends whatever is before it
        (f"{LONG_LINE}\n- Abbas left.", 2),  # a list
    ],
)
def test_the_ends_of_lines(text: str, expected: int) -> None:
    assert len(cut(text)) == expected


def test_nothing_is_no_sentence() -> None:
    assert cut("") == cut(" \n\n ") == []


@given(st.text(alphabet=st.sampled_from("aBc.!?'\"-(/@:1٣ \nحولا،؟«»د…’"), max_size=60))
def test_every_letter_is_in_one_token(text: str) -> None:
    spans = [span for sentence in sentences(text) for span in sentence]
    assert spans == sorted(spans)
    assert all(start < end for start, end in spans)
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["a", "ح", ".", "a.", "'", "a'", "a@", "a-", "1,", ")", "\n", "http://"]
)
def test_odd_text_costs_no_more_than_its_length(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert "".join(tokens(text)) == "".join(text.split())
