from __future__ import annotations

import pytest

from training.tagger.convert import as_bio
from training.tagger.sources import Format


def test_uner() -> None:
    lines = [
        "# text = In Gaza",
        "1\tIn\tO\t-\t-",
        "2\tGaza\tB-LOC\t-\tme",
        "3\tFriday\tB-OTH\t-\tme\n",
        "4\tcame\tO",
        "5\t.\tB-O\t-\tme",
        "",
    ]
    assert list(as_bio(lines, Format.UNER)) == [
        "In\tO",
        "Gaza\tB-LOC",
        "Friday\tB-MISC",
        "came\tO",
        ".\tO",
        "",
    ]


def test_crossner() -> None:
    lines = ["Labour\tB-politicalparty", "won\tO"]
    assert list(as_bio(lines, Format.CROSSNER)) == ["Labour\tB-ORG", "won\tO"]
    assert list(as_bio(["vote\tI-election", ""], Format.CROSSNER)) == ["vote\tI-MISC", ""]


def test_bio_stays() -> None:
    assert list(as_bio(["غزة\tB-LOC\n", "\n"], Format.BIO)) == ["غزة\tB-LOC", ""]


@pytest.mark.parametrize(
    ("line", "format_"), [("Gaza\tB-LOC", Format.UNER), ("Gaza", Format.CROSSNER)]
)
def test_a_line_of_another_format_is_numbered_and_not_quoted(line: str, format_: Format) -> None:
    with pytest.raises(ValueError, match=r"^line 2: not of format") as error:
        list(as_bio(["", line], format_))
    assert "Gaza" not in str(error.value)
