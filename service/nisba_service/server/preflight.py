"""What must hold before a server starts, looked at in one go: every problem is told at once.

A start looks at what is quick and stops there if anything is wrong; `nisba serve --check` loads the
gazetteer and the models too, and tells what a start would meet, all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from nisba_service.errors import NisbaServiceError, SettingsError
from nisba_service.gazetteer import load
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.server.certificates import TlsFiles, read_material
from nisba_service.server.doors import check_doors
from nisba_service.server.ports import check_health_port, check_metrics_port, check_port
from nisba_service.server.reading import load_tagger
from nisba_service.server.stores import open_stores
from nisba_service.server.telemetry import wanted
from nisba_service.settings import Settings, SettingsReading


@dataclass(frozen=True, slots=True)
class _Step:
    """A look at some settings; it is left out where one of them is broken as it is written."""

    look: Callable[[Settings], str | None]
    settings: frozenset[str]


def _step(look: Callable[[Settings], str | None], *settings: str) -> _Step:
    return _Step(look, frozenset(settings))


def settled(reading: SettingsReading) -> Settings:
    """Return settings with which a server may go on to load what it serves.

    Raises:
        SettingsError: every setting that cannot work, TLS file that cannot be read, address that
            cannot be served and store that cannot be reached, one a line.
    """
    problems, _ = _looked_at(reading, _QUICK)
    if reading.settings is None or problems:
        raise SettingsError("\n".join(problems))
    return reading.settings


def check(reading: SettingsReading) -> tuple[str, ...]:
    """Return what would be served, a line each for the gazetteer and the models. Takes seconds.

    Raises:
        SettingsError: all that a start would meet: what `settled` tells, and what is wrong with the
            gazetteer and the models.
    """
    problems, found = _looked_at(reading, (*_QUICK, *_OF_CHECK))
    if problems:
        raise SettingsError("\n".join(problems))
    return found


def _looked_at(
    reading: SettingsReading, steps: Iterable[_Step]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the problems, and what was found of what is sound."""
    problems, found = list(reading.problems), []
    if reading.settings is None:
        return tuple(problems), ()
    for step in steps:
        if step.settings & reading.broken:
            continue
        try:
            told = step.look(reading.settings)
        except NisbaServiceError as error:
            problems += str(error).splitlines()
        else:
            found += [] if told is None else [told]
    # A store that cannot be reached is met by each step that asks it.
    return tuple(dict.fromkeys(problems)), tuple(found)


def _check_tls(settings: Settings) -> None:
    files = TlsFiles.of(settings)
    if files is not None:
        read_material(files)


def _check_tls_dates(settings: Settings) -> None:
    files = TlsFiles.of(settings)
    problems = [] if files is None else read_material(files).problems(datetime.now(UTC))
    if problems:
        raise SettingsError("\n".join(problems))


def _check_gazetteer_store(settings: Settings) -> None:
    if isinstance(settings.gazetteer, StoreUrl):
        with Store.open(settings.gazetteer, create=False) as store:
            store.head()


def _check_exporters(_: Settings) -> None:
    wanted.check()


def _check_tokens(settings: Settings) -> None:
    with open_stores(settings) as stores:
        check_doors(settings, stores.tokens)


def _load_gazetteer(settings: Settings) -> str:
    gazetteer = load.load(settings.gazetteer)
    return (
        f"gazetteer {gazetteer.version}, revision {gazetteer.revision}: "
        f"{len(gazetteer.entities)} entities, {gazetteer.name_count} names"
    )


def _load_models(settings: Settings) -> str:
    return f"models {load_tagger(settings.models).model_version}"


_TLS: Final = ("tls_certificate", "tls_key", "tls_client_ca")

_QUICK: Final = (
    _step(_check_tls, *_TLS),
    _step(check_port, "address"),
    _step(check_health_port, "health_address"),
    _step(check_metrics_port, "metrics_address"),
    _step(_check_exporters),
    _step(_check_gazetteer_store, "gazetteer"),
    _step(_check_tokens, "gazetteer", "token_store", "address", "open_access", "tls_client_ca"),
)

_OF_CHECK: Final = (
    # A start with an expired certificate only warns: clients may be told to accept it.
    _step(_check_tls_dates, *_TLS),
    _step(_load_gazetteer, "gazetteer"),
    _step(_load_models, "models"),
)
