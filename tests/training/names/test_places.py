from pathlib import Path

import pytest

from training.names.places import Place, arabic_questions, places


def test_lines_in_a_row_that_share_a_name_are_of_one_place() -> None:
    lines = ["Burqa\tبرقة", "Burqah\tبرقة", "Burqah\tبرقا", "Saffa\tصفا", "Burqa\tبرقع"]
    assert list(places(lines)) == [
        Place(("Burqa", "Burqah"), ("برقة", "برقا")),
        Place(("Saffa",), ("صفا",)),
        Place(("Burqa",), ("برقع",)),
    ]


def test_no_lines_are_no_places() -> None:
    assert list(places([])) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = ["Karma\tكرمة", "Karma\tكارما", "Karmi\tكرمي", "Jaffa\tيافا", "Tel Aviv\tيافا"]
    (tmp_path / "places.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_a_place_with_two_arabic_spellings_is_a_question(folder: Path) -> None:
    (question,) = arabic_questions(folder)
    right = [
        name for name, is_right in zip(question.candidates, question.right, strict=True) if is_right
    ]
    assert {question.key, *right} == {"كرمة", "كارما"}


def test_other_spellings_of_the_place_are_no_wrong_answers(folder: Path) -> None:
    (question,) = arabic_questions(folder)
    assert question.key not in question.candidates
    assert "كرمي" in question.candidates
