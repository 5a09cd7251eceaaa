"""Structured logs on standard error: one line an event, never a word of a text.

The message of an exception may quote what caused it (KeyError("...")), so an exception is logged
as its type and the places it passed, for our lines and for those of the libraries alike.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from nisba_service.server import calls
from nisba_service.server.workers.messages import WorkerFault
from nisba_service.settings import LogFormat, LogLevel

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(format: LogFormat, level: LogLevel) -> None:
    """Send our log lines, and warnings of the libraries, to standard error in this format."""
    processors: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_the_call,
        _replace_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(format),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("nisba_service").setLevel(level.value.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *processors,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _renderer(format: LogFormat) -> Processor:
    if format is LogFormat.JSON:
        return structlog.processors.JSONRenderer(sort_keys=True)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def without_words(error: BaseException) -> dict[str, object]:
    """Return what may be logged of an exception: its type, and its frames, oldest first."""
    if isinstance(error, WorkerFault):
        return {"exception": error.fault.kind, "frames": list(error.fault.places)}
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "exception": type(error).__name__,
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _name_the_call(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    call = calls.running()
    if call is not None:
        event.update(call.identity)
    return event


def _replace_exc_info(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    error = _exception(event.pop("exc_info", None))
    if error is not None:
        event.update(without_words(error))
    return event


def _exception(exc_info: BaseException | _ExcInfo | bool | None) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exc_info()[1]
        case _:
            return None
