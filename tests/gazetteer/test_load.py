"""Loading and checking as a whole."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from nisba_service.errors import GazetteerError
from nisba_service.gazetteer.load import check, load

Write = Callable[[dict[str, str | bytes]], Path]

SOUND = "- {id: org:fatah, type: ORGANIZATION, names: [{name: Fatah}, {name: فتح}]}\n"
DOUBTFUL = "- {id: org:hamas, type: ORGANIZATION, names: [{name: حماس}]}\n"
BROKEN = "- {id: org:shas, type: PARTY, names: [{name: شاس}]}\n"


def test_a_sound_gazetteer_has_a_clean_report(write: Write) -> None:
    folder = write({"a.yaml": SOUND})
    report = check(folder)

    assert (report.errors, report.warnings) == ((), ())
    assert report.gazetteer == load(folder)


def test_a_report_of_errors_and_warnings(write: Write) -> None:
    folder = write({"a.yaml": SOUND + DOUBTFUL, "b.yaml": BROKEN})
    report = check(folder)

    assert [problem.line for problem in report.errors] == [1]
    assert [problem.message for problem in report.warnings] == ["org:hamas: has no English name"]
    assert report.gazetteer is None


def test_the_error_lists_what_the_report_lists(write: Write) -> None:
    folder = write({"a.yaml": BROKEN, "b.yaml": BROKEN})
    with pytest.raises(GazetteerError) as caught:
        load(folder)

    assert caught.value.problems == check(folder).errors
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("text", [SOUND, BROKEN])
def test_the_garbage_collector_is_left_as_it_was(write: Write, text: str) -> None:
    assert gc.isenabled()
    check(write({"a.yaml": text}))

    assert gc.isenabled()


def test_a_gazetteer_is_immutable(write: Write) -> None:
    gazetteer = load(write({"a.yaml": SOUND}))

    with pytest.raises(TypeError):
        gazetteer.entities["org:hamas"] = gazetteer.entities["org:fatah"]  # type: ignore[index]  # this is the point
    with pytest.raises(TypeError):
        gazetteer.entities["org:fatah"].other_ids["geonames"] = "1"  # type: ignore[index]  # this is the point
