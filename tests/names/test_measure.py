import pytest

from nisba_service.names.align import Aligner
from nisba_service.names.measure import FEATURES, measure, subject
from nisba_service.names.parse import parse


def feature(name: str, left: str, right: str) -> float:
    a, b = subject(parse(left)), subject(parse(right))
    values = measure(a, b, Aligner(a.parts).align(b.parts))
    return dict(zip(FEATURES, values, strict=True))[name]


def test_every_feature_has_one_name() -> None:
    assert len(set(FEATURES)) == len(FEATURES)


@pytest.mark.parametrize(
    ("name", "differs", "agrees"),
    [
        ("fathers_differ", ("Tamim bin Hamad", "تميم حمد"), ("Tamim bin Hamad", "تميم بن حمد")),
        ("doubled_differ", ("Hashim Hasan", "Hashim Hassan"), ("Hashim Hassan", "Hashem Hassan")),
        ("article_differs", ("Fawaz", "الفواز"), ("al-Fawaz", "الفواز")),
        ("number_differs", ("March 8 Alliance", "March 14 Alliance"), ("تحالف 8", "تحالف ٨")),
        ("shifted", ("Uday Saddam Hussein", "Saddam Hussein"), ("Saddam Hussein", "صدام حسين")),
        ("swapped", ("Marwan Issa", "عيسى مروان"), ("Marwan Issa", "مروان عيسى")),
        ("kind_differs", ("Tayba Village", "Tayba River"), ("قرية طيبة", "Tayba Village")),
        ("kunya_differs", ("Abu Yousef", "Yousef"), ("أبو يوسف", "Abu Yousef")),
        (
            "legal_differs",
            ("Belize Shipping Ltd", "Belize Shipping"),
            ("Belize Ltd", "Belize Limited"),
        ),
        (
            "acronym",
            ("PLO", "Palestine Liberation Organization"),
            ("PLO", "Liberation of Palestine"),
        ),
    ],
)
def test_what_differs_is_seen(name: str, differs: tuple[str, str], agrees: tuple[str, str]) -> None:
    assert feature(name, *differs) > 0
    assert feature(name, *agrees) == 0


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("whole_share", ("Aruri", "العاروري"), ("Aruri", "الدليمي")),
        ("vowels", ("Gaza", "Ghaza"), ("Gaza", "Giza")),
        ("least_skeleton", ("Wasel Abu Yousef", "Wassel Abu Yusuf"), ("Wasel", "Wael")),
        ("heard_within", ("Barbur", "Barbur Sufla"), ("Barbur", "Darbul Sufla")),
        ("short_cover", ("Arouri", "صالح العاروري"), ("Barghouti", "صالح العاروري")),
        ("last_share", ("Hatem al-Tikriti", "حاتم التكريتي"), ("Hatem al-Tikriti", "حاتم الدليمي")),
    ],
)
def test_the_more_alike_the_greater(
    name: str, better: tuple[str, str], worse: tuple[str, str]
) -> None:
    assert feature(name, *better) > feature(name, *worse)
