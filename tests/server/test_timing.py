"""Where a call's time went: the phases of what it waited for, and the header that tells them."""

from __future__ import annotations

import asyncio

import pytest

from nisba.v1 import linking_service_pb2 as pb
from nisba_service.server.jobs import Job
from nisba_service.server.reading import Interval, Spent
from nisba_service.server.timing import Phases
from tests.support.serving import serving


def job(began: float, ended: float, spent: Spent | None) -> Job[str, str]:
    made: Job[str, str] = Job("نص", 1, 100.0, submitted=0.0, outcome=asyncio.Future())
    made.began, made.ended, made.spent = began, ended, spent
    return made


async def test_the_phases_of_one_text_add_up_to_its_way() -> None:
    phases = Phases()
    phases.add(job(2.0, 9.0, Spent(Interval(2.0, 6.0), 0.5, Interval(7.0, 8.0))))
    assert phases.milliseconds() == {"queue": 2_000, "batch": 4_000, "tag": 2_000, "link": 1_000}
    assert sum(phases.milliseconds().values()) == 9_000
    assert phases.header(9_100.5) == (
        "queue;dur=2000.0, batch;dur=4000.0, tag;dur=2000.0, link;dur=1000.0, total;dur=9100.5"
    )


async def test_of_several_texts_waits_are_the_longest_and_work_is_the_sum() -> None:
    phases, tagged = Phases(), Interval(1.0, 5.0)
    phases.add(job(1.0, 6.0, Spent(tagged, 0.25, Interval(5.0, 6.0))))
    phases.add(job(1.0, 7.0, Spent(tagged, 0.75, Interval(6.0, 7.0))))
    assert phases.milliseconds() == {"queue": 1_000, "batch": 3_000, "tag": 4_000, "link": 2_000}


async def test_a_question_about_names_is_work_alone() -> None:
    phases = Phases()
    phases.add(job(0.5, 0.75, None))
    assert phases.milliseconds() == {"queue": 500, "work": 250}


async def test_what_was_never_begun_took_nothing() -> None:
    phases = Phases()
    phases.add(Job("نص", 1, 100.0, outcome=asyncio.Future()))
    assert phases.milliseconds() == {}
    assert phases.header(0.5) == "total;dur=0.5"


@pytest.mark.parametrize("text", ["Hamas met in Gaza.", "قادة حماس في غزة"])
async def test_a_caller_is_told_in_the_trailing_metadata(text: str) -> None:
    async with serving() as served:
        call = served.linking.LinkText(pb.LinkTextRequest(document=pb.Document(text=text)))
        await call
        trailing = dict(await call.trailing_metadata())
        refused = served.linking.LinkText(pb.LinkTextRequest())
        await refused.code()
        of_an_error = dict(await refused.trailing_metadata())
    phases = [part.partition(";dur=")[0] for part in str(trailing["server-timing"]).split(", ")]
    assert phases == ["queue", "batch", "tag", "link", "total"]
    assert str(of_an_error["server-timing"]).startswith("total;dur=")
    assert of_an_error["x-request-id"]
