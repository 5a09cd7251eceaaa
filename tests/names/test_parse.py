import pytest

from nisba_service.names.parse import Role, parse


def texts(name: str) -> list[str]:
    return [part.text for part in parse(name).parts]


def skeletons(name: str) -> list[str]:
    return [part.skeleton for part in parse(name).parts]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Saleh al-Arouri", ["saleh", "arouri"]),
        ("Salih el-'Arouri", ["salih", "arouri"]),
        ("صالح العاروري", ["صالح", "عاروري"]),
        ("Abd al-Rahman ash-Shahabi", ["abdrahman", "shahabi"]),
        ("Abdurrahman an-Najjar", ["abdrahman", "najjar"]),
        ("عبد الرحمن النجار", ["عبدرحمن", "نجار"]),
        ("رامي الحمد الله", ["رامي", "حمدالله"]),
        ("Salah ed-Din", ["salahdin"]),
        ("Salaheddine", ["salahdin"]),
        ("Abd al-Latif", ["abdlatif"]),
        ("Abdullatif", ["abdlatif"]),
        ("Salahiddin", ["salahdin"]),
        ("Mhd Amer Chwiki", ["muhammad", "amer", "chwiki"]),
        ("علي الأمين", ["علي", "امين"]),
        ("صلاح الدين", ["صلاحدين"]),
        ("Palestinian People's Party", ["palestinian", "peoples", "party"]),
        ("إلياس خوري", ["الياس", "خوري"]),
        ("...", []),
        ("", []),
    ],
)
def test_parts(name: str, parts: list[str]) -> None:
    assert texts(name) == parts


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Saleh al-Arouri", "صالح العاروري"),
        ("Abdulrahman ash-Shahabi", "عبد الرحمن الشهابي"),
        ("Rami Hamdallah", "رامي الحمد الله"),
        ("Qasem Soleimani", "قاسم سليماني"),
        ("Shimon Peres", "شمعون بيريس"),
    ],
)
def test_both_scripts_have_one_skeleton(latin: str, arabic: str) -> None:
    assert "".join(skeletons(latin)) == "".join(skeletons(arabic))


@pytest.mark.parametrize("name", ["Mohammed bin Salman", "محمد بن سلمان"])
def test_the_father_is_marked(name: str) -> None:
    assert [part.role for part in parse(name).parts] == [Role.NAME, Role.FATHER]


@pytest.mark.parametrize("name", ["Wasel Abu Yousef", "واصل أبو يوسف"])
def test_the_kunya_is_marked(name: str) -> None:
    assert [part.role for part in parse(name).parts] == [Role.NAME, Role.KUNYA, Role.KUNYA]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Dr. Saleh al-Arouri", ["dr"]),
        ("الشيخ أحمد ياسين", ["شيخ"]),
        ("Sheikh", []),
        ("Sultan Hashim", ["sultan"]),
        ("Saleh al-Arouri", []),
        ("صالح الشيخ", []),
    ],
)
def test_titles_in_front_are_marked(name: str, titles: list[str]) -> None:
    assert [part.text for part in parse(name).parts if part.role is Role.TITLE] == titles


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Tehrik-e Taliban Pakistan (TTP)", ["tehrik", "e", "taliban", "pakistan"]),
        ("Leader (Hong Kong)", ["leader", "hong", "kong"]),
        ("Mohamed ElBaradei", ["mohamed", "baradei"]),
        ("Stripe Limited Liability Company", ["stripe", "llc"]),
    ],
)
def test_signs_and_capitals_tell_parts_apart(name: str, parts: list[str]) -> None:
    assert texts(name) == parts


def test_marks_are_kept_beside_the_plain_text() -> None:
    part = parse("Ṣāliḥ").parts[0]
    assert (part.text, part.marked) == ("salih", "ṣāliḥ")


def test_words_of_both_languages_have_one_meaning() -> None:
    english = parse("Popular Front for the Liberation of Palestine").parts
    arabic = parse("الجبهة الشعبية لتحرير فلسطين").parts
    assert {p.meaning for p in english if p.role is Role.KIND} == {p.meaning for p in arabic}


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("Saleh al-Arouri", 1),
        ("Saleh Arouri", 0),
        ("صالح العاروري", 1),
        ("Abdul Rehman", 1),
        ("Abdurrahman", 1),
        ("Abd al-Rahman", 1),
        ("عبد الرحمن", 1),
        ("عبدالرحمن", 1),
        ("عبد رحمان", 0),
    ],
)
def test_articles_are_counted(name: str, articles: int) -> None:
    assert parse(name).articles == articles
