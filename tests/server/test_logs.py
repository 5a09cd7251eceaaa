"""What a log line may hold of a call and of an exception."""

from __future__ import annotations

import contextvars
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from opentelemetry.trace import NonRecordingSpan, SpanContext

from nisba_service.server import calls, logs
from nisba_service.settings import LogFormat, LogLevel

SECRET = "نص المقال"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    before = logging.root.handlers[:]
    yield
    logging.root.handlers[:] = before
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def fail() -> None:
    raise KeyError(SECRET)


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogFormat.JSON, LogLevel.INFO)
    structlog.get_logger("nisba_service.server").info("serving", address="127.0.0.1:1")
    [line] = lines(capsys)
    assert line.pop("timestamp")
    assert line == {
        "event": "serving",
        "address": "127.0.0.1:1",
        "level": "info",
        "logger": "nisba_service.server",
    }


@pytest.mark.parametrize("name", ["nisba_service.server", "grpc._cython.cygrpc"])
def test_an_exception_is_logged_without_its_words(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    logs.configure(LogFormat.JSON, LogLevel.INFO)
    try:
        fail()
    except KeyError:
        logging.getLogger(name).exception("unexpected")
    written = capsys.readouterr().err
    assert SECRET not in json.loads(written).values()
    assert "المقال" not in written
    line = json.loads(written)
    assert line["exception"] == "KeyError"
    assert line["frames"][-1].endswith(" fail")


def test_the_level_holds_back_what_is_less_severe(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogFormat.JSON, LogLevel.ERROR)
    structlog.get_logger("nisba_service.server").warning("draining")
    structlog.get_logger("nisba_service.server").error("fault")
    assert [line["event"] for line in lines(capsys)] == ["fault"]


def test_the_libraries_say_no_less_than_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogFormat.JSON, LogLevel.DEBUG)
    logging.getLogger("asyncio").info("using selector")
    logging.getLogger("asyncio").warning("slow")
    assert [line["event"] for line in lines(capsys)] == ["slow"]


def test_a_person_reads_columns(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogFormat.CONSOLE, LogLevel.INFO)
    structlog.get_logger("nisba_service.server").info("serving", tls=False)
    assert "tls=False" in capsys.readouterr().err


def test_the_facts_of_a_call_leave_out_what_is_nothing() -> None:
    facts = calls.Facts(documents=2, code_points=34, languages={"en", "ar"})
    assert facts.for_log() == {"documents": 2, "code_points": 34, "languages": "ar,en"}


def test_a_call_is_named_after_its_method() -> None:
    call = calls.begin("/nisba.v1.LinkingService/LinkText", [("x-request-id", "a1")])
    assert (call.method, call.request_id) == ("LinkText", "a1")
    assert calls.current() is call


def test_every_line_of_a_call_bears_its_ids(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogFormat.JSON, LogLevel.INFO)
    span = NonRecordingSpan(SpanContext(trace_id=0xA1, span_id=0xB2, is_remote=True))

    def within() -> None:
        calls.begin("/nisba.v1.LinkingService/LinkText", [("x-request-id", "r1")], span)
        structlog.get_logger("nisba_service.server").warning("text_lost_two_workers")
        logging.getLogger("sqlalchemy").warning("slow")

    for work in (within, lambda: structlog.get_logger("nisba_service.server").warning("outside")):
        contextvars.Context().run(work)
    ours, library, outside = lines(capsys)
    for line in (ours, library):
        assert (line["request_id"], line["trace_id"]) == ("r1", f"{0xA1:032x}")
    assert "request_id" not in outside
