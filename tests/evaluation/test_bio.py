from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.errors import InvalidInput
from nisba_service.evaluation.bio import read
from nisba_service.names.types import EntityType
from nisba_service.tagging.model import TaggedSpan

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def write(folder: Path, text: str) -> Path:
    path = folder / "test.bio"
    path.write_text(text, "utf-8")
    return path


def spans(folder: Path, *tags: str) -> list[tuple[int, int, EntityType]]:
    (sentence,) = read(write(folder, "".join(f"x\t{tag}\n" for tag in tags)))
    return [(span.start, span.end, span.type) for span in sentence.entities]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "Rami\tB-PER\nHamdallah\tI-PER\nleft\tO\nGaza\tB-LOC\n",
            ("Rami", "Hamdallah", "left", "Gaza"),
        ),
        (
            "رامي\tB-PER\nالحمدالله\tI-PER\nغادر\tO\nغزة\tB-LOC\n",
            ("رامي", "الحمدالله", "غادر", "غزة"),
        ),
    ],
)
def test_a_sentence(tmp_path: Path, text: str, tokens: tuple[str, ...]) -> None:
    (sentence,) = read(write(tmp_path, text))
    assert sentence.tokens == tokens
    assert sentence.entities == (TaggedSpan(0, 2, PERSON), TaggedSpan(3, 4, LOCATION))


def test_blank_lines_end_sentences_however_many(tmp_path: Path) -> None:
    sentences = read(write(tmp_path, "\n\na O\nb O\n\n \nc O"))
    assert [sentence.tokens for sentence in sentences] == [("a", "b"), ("c",)]


def test_neighbours_of_one_type_are_parted_by_b(tmp_path: Path) -> None:
    assert spans(tmp_path, "B-PER", "B-PER", "I-PER") == [(0, 1, PERSON), (1, 3, PERSON)]


def test_i_of_another_type_or_after_o_begins_an_entity(tmp_path: Path) -> None:
    assert spans(tmp_path, "I-PER", "I-ORG", "O", "I-ORG") == [
        (0, 1, PERSON),
        (1, 2, ORGANIZATION),
        (3, 4, ORGANIZATION),
    ]


def test_bioes(tmp_path: Path) -> None:
    tags = ("S-LOC", "S-LOC", "B-PER", "I-PER", "E-PER", "I-PER")
    assert spans(tmp_path, *tags) == [
        (0, 1, LOCATION),
        (1, 2, LOCATION),
        (2, 5, PERSON),
        (5, 6, PERSON),
    ]


def test_types_of_other_tag_sets_are_read_or_stand_outside(tmp_path: Path) -> None:
    assert spans(tmp_path, "B-GPE", "B-PERS", "B-DATE", "I-DATE", "I-GPE") == [
        (0, 1, LOCATION),
        (1, 2, PERSON),
        (4, 5, LOCATION),
    ]


@pytest.mark.parametrize("line", ["Gaza", "\tB-LOC", "Gaza LOC", "Gaza X-LOC", "Gaza B-", "Gaza B"])
def test_a_broken_line_is_named_without_its_text(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, f"in O\n{line}\n")
    with pytest.raises(InvalidInput) as raised:
        read(path)
    assert str(raised.value).startswith(f"{path}:2: must ")
    assert "Gaza" not in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read(tmp_path / "no.bio")
