"""Months as bars, and the axis below them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from nisba_service.archive.report.timeline import Axis, peak, ticks, timeline


def month(year: int, month: int) -> int:
    return 12 * year + month - 1


def axis(*months: int) -> Axis:
    found = Axis.of(months)
    assert found is not None
    return found


def labels(axis: Axis) -> list[str]:
    return re.findall(r">(\d{4}(?:-\d\d)?)<", ticks(axis))


def test_no_months_have_no_axis() -> None:
    assert Axis.of([]) is None


def test_a_short_time_is_named_by_month() -> None:
    year = axis(month(2023, 11), month(2024, 2))
    assert (year.count, labels(year)) == (4, ["2023-11", "2023-12", "2024-01", "2024-02"])
    assert labels(axis(month(2023, 1), month(2023, 12)))[:2] == ["2023-01", "2023-03"]


def test_years_are_marked_where_they_begin() -> None:
    years = axis(month(2005, 3), month(2009, 5))
    assert (years.count, labels(years)) == (51, ["2006", "2007", "2008", "2009"])


def test_twenty_years_and_more_are_drawn_by_year() -> None:
    century = axis(month(1924, 5), month(2024, 2))
    assert (century.months, century.count, century.name(0)) == (12, 101, "1924")
    assert labels(century) == ["1940", "1960", "1980", "2000", "2020"]
    assert century.bars([(month(1924, 5), 1), (month(1924, 12), 2)]) == {0: 3}


def test_a_date_that_is_a_slip_still_gives_an_axis() -> None:
    assert len(labels(axis(month(1, 1), month(9999, 12)))) <= 8


def test_one_month_alone() -> None:
    one = axis(month(2023, 10))
    assert (one.count, labels(one), peak(one, [(month(2023, 10), 7)])) == (
        1,
        ["2023-10"],
        ("2023-10", 7),
    )


def test_the_peak_is_the_earliest_of_equals() -> None:
    counts = [(month(2023, 1), 2), (month(2023, 2), 5), (month(2023, 3), 5)]
    assert peak(axis(month(2023, 1), month(2023, 3)), counts) == ("2023-02", 5)


def test_a_bar_for_each_month_that_has_some() -> None:
    counts = [(month(2023, 1), 1), (month(2023, 4), 4)]
    svg = ElementTree.fromstring(timeline(axis(month(2023, 1), month(2023, 4)), counts, "said"))
    bars = next(path for path in svg if path.get("class") == "bars").get("d", "")
    assert re.findall(r"M([\d.]+) 36v-([\d.]+)", bars) == [("0.0", "9.0"), ("360.0", "36.0")]
    assert svg.get("aria-label") == "said"
