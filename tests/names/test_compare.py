import pytest

from nisba_service.names.compare import compare, part_similarity
from nisba_service.names.parse import parse


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Saleh al-Arouri", "Salih el-'Arouri"),
        ("Saleh al-Arouri", "صالح العاروري"),
        ("al-'Arouri", "العاروري"),
        ("Aruri", "Arouri"),
        ("Rami Hamdallah", "رامي الحمد الله"),
        ("Abdulrahman ash-Shahabi", "عبد الرحمن الشهابي"),
        ("Mahmoud Abbas", "محمود عبّاس"),
        ("أحمد ياسين", "احمد ياسين"),
        ("Gaza", "غزة"),
        ("Shimon Peres", "شمعون بيريس"),
        ("Belize Ship And Logistic Ltd", "Belize Ship And Logistic Limited"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert compare(left, right).probability > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hatem al-Tikriti", "Hatem al-Dulaimi"),
        ("حاتم التكريتي", "حاتم الدليمي"),
        ("حاتم التكريتي", "Hatem al-Dulaimi"),
        ("Fatah", "Fatah al-Islam"),
        ("فتح", "فتح الإسلام"),
        ("Hamas", "Hama"),
        ("Bashar al-Assad", "Hafez al-Assad"),
        ("بشار الأسد", "حافظ الأسد"),
        ("Marwan Barghouti", "مصطفى البرغوثي"),
        ("March 8 Alliance", "March 14 Alliance"),
        ("IAF", "IOF"),
    ],
)
def test_names_of_two(left: str, right: str) -> None:
    assert compare(left, right).probability < 0.5


@pytest.mark.parametrize(("left", "right"), [("", "Gaza"), ("غزة", "..."), ("加沙", "Gaza")])
def test_a_name_without_letters_is_no_spelling_of_another(left: str, right: str) -> None:
    assert compare(left, right).probability == 0.0


def test_names_of_another_script_are_one_if_they_are_equal() -> None:
    assert compare("加沙", "加沙").probability == 1.0


@pytest.mark.parametrize(
    ("left", "right", "swapped"),
    [("Marwan Issa", "Marwan Isa", "Issa Marwan"), ("مروان عيسى", "مروان عيسي", "عيسى مروان")],
)
def test_another_order_speaks_against_a_pair(left: str, right: str, swapped: str) -> None:
    assert compare(left, swapped).probability < compare(left, right).probability


def test_a_comparison_does_not_depend_on_the_case_of_letters() -> None:
    shouted = compare("SALEH AL-AROURI", "صالح العاروري").probability
    assert shouted == compare("saleh al-arouri", "صالح العاروري").probability


def test_features_for_showing_are_those_that_are_not_zero() -> None:
    features = dict(compare("Gaza", "غزة").features.items())
    assert features["one_each"] == 1.0
    assert "swapped" not in features


@pytest.mark.parametrize("tail", ["وال" * 300, "ra" * 400])
def test_words_that_could_not_differ_more_are_compared_all_the_same(tail: str) -> None:
    [long] = parse(f"Arouri{tail}").parts
    [short] = parse("Salah").parts
    assert part_similarity(long, short) == pytest.approx(0.0, abs=1e-12)
    assert part_similarity(long, long) == 1.0
