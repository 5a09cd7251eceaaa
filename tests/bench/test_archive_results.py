"""The page and the plot of the benchmark of archives, of figures made up here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.archive.figures import ONE, Again, Cost, Relinked, Scale, Tagged
from bench.archive.plot import draw
from bench.archive.results import Run, markdown

TAGGED = Tagged(
    documents=100,
    one=Cost(7.0, 6.0, 900.0),
    two=Cost(5.0, 7.0, 950.0),
    idle_one=Cost(3.0, 2.0, 800.0),
    idle_two=Cost(3.0, 4.0, 800.0),
    found=(0.95, 0.9),
)
EDITS = (
    Relinked(ONE, 5, 400, 12, Cost(9.0, 8.0, 310.0)),
    Relinked(ONE, 900, 3, 1, Cost(3.0, 2.5, 300.0)),
    Relinked(ONE, 80, 7, 0, Cost(4.0, 3.0, 305.0)),
    Relinked("10 spellings", 12, 90, 20, Cost(5.0, 4.0, 512.0)),
)
SMALL = Scale(1_000, 21_000, Cost(10.0, 18.0, 300.0), Cost(2.0, 2.0, 0.0), EDITS, None)
LARGE = replace(
    SMALL,
    documents=10_000,
    linked=Cost(100.0, 180.0, 320.0),
    again=Again(Cost(101.0, 181.0, 320.0), 40, 40),
)
RUN = Run(5_000, TAGGED, (SMALL, LARGE), "python -m bench.archive")


def test_what_a_start_takes_is_taken_off() -> None:
    assert TAGGED.seconds == 0.04
    assert TAGGED.scaling == 2.0


def test_the_headline_is_about_the_median_spelling_in_the_largest_archive() -> None:
    page = markdown(RUN)

    assert page.startswith("# An archive of 10,000 articles, linked again after an edit\n")
    assert "- One spelling added, median of 3: 3.00 s of the processor, 2.00 s of them" in page
    assert "the start of the command; the dearest 8.00 s." in page
    assert "- Linking everything again: 60 times that; tagging and linking: 193 times." in page
    assert "- Without starts: 178 and 578 times." in page


def test_what_was_wanted_is_told_plainly_met_or_not() -> None:
    page = markdown(RUN)
    _, _, wanted = page.partition("## What was wanted\n\n")

    assert wanted.partition("\n\n")[0].splitlines()[2:] == [
        "| one spelling 200 times cheaper than linking all, by the processor | 60 | not met |",
        "| the same by the clock, linking by several workers | 25 | not met |",
        "| 5,000 times cheaper than tagging and linking all, by the processor | 193 | not met |",
        "| two workers tag 1.7 times as fast as one | 2.00 | met |",
        "| the same bytes as linking all anew | 40 of 40 shards | met |",
        "| no more memory in an archive ten times as large | 300 MiB, 320 MiB | met |",
    ]
    assert "5,000 times cheaper would be 0.12 s, and the start of the command alone takes" in page


def test_measured_and_reckoned_are_told_apart() -> None:
    page = markdown(RUN)

    assert "| tag (reckoned) | 40.00 s | 400 s |" in page
    assert "find 95% and 90% of them" in page


def test_equality_is_told_of_those_sizes_only_where_it_was_looked_at() -> None:
    page = markdown(RUN)

    assert "10,000 articles: 40 of 40 shards of links and traces" in page
    assert "1,000 articles: 0 of" not in page


def test_single_spellings_stand_in_order_of_popularity_before_the_others() -> None:
    page = markdown(RUN)
    rows = [line for line in page.splitlines() if line.startswith(("| one spelling |", "| 10 "))]

    assert rows[:4] == [
        "| one spelling | 5 | 400 | 12 | 9.00 s | 8.00 s | 22 / 72 |",
        "| one spelling | 80 | 7 | 0 | 4.00 s | 3.00 s | 60 / 193 |",
        "| one spelling | 900 | 3 | 1 | 3.00 s | 2.50 s | 72 / 232 |",
        "| 10 spellings | 12 | 90 | 20 | 5.00 s | 4.00 s | 45 / 145 |",
    ]
    assert "| one spelling | 3.00 s, 8.00 s | 3.00 s, 8.00 s |" in page


def test_memory_is_told_by_size() -> None:
    page = markdown(RUN)

    assert "| 1,000 | 300 MiB | 310 MiB | 512 MiB |" in page
    assert "| 10,000 | 320 MiB | 310 MiB | 512 MiB |" in page


def test_the_plot_is_a_png_and_equal_figures_give_an_equal_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first.png", tmp_path / "second.png"
    draw(RUN, first)
    draw(RUN, second)

    assert first.read_bytes().startswith(b"\x89PNG")
    assert first.read_bytes() == second.read_bytes()
