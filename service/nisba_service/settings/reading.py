"""The settings, from the environment and the command line, with all that is wrong with them."""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nisba_service.errors import SettingsError
from nisba_service.settings.base import PREFIX
from nisba_service.settings.clients import ClientSettings
from nisba_service.settings.data import DataSettings
from nisba_service.settings.doors import DoorSettings
from nisba_service.settings.ending import EndingSettings
from nisba_service.settings.load import LoadSettings
from nisba_service.settings.logging import LogSettings

_OF_KUBERNETES = re.compile(
    r"(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)
# What the benchmarks, the tests and the command line read besides.
_OF_OTHERS = re.compile(r"(NAMES?|BENCH|TEST)_.*|STORE|TOKEN")


class Settings(
    LogSettings, ClientSettings, LoadSettings, EndingSettings, DoorSettings, DataSettings
):
    """What `nisba serve` runs with. Frozen: a running server never changes its mind.

    The groups' fields stand in the order of the groups from the last to the first.
    """


@dataclass(frozen=True, slots=True)
class SettingsReading:
    """What was made of the settings as they are written.

    Attributes:
        settings: them, those that cannot work replaced by their defaults; None: not even so.
        problems: what is wrong with them, each on a line under its variable's name.
        broken: the names of the fields that cannot work.
    """

    settings: Settings | None
    problems: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()


def load_settings(**overrides: Any) -> Settings:
    """Return the settings: `overrides` (the command line), then NISBA_* variables, then defaults.

    Raises:
        SettingsError: every value that cannot work, one a line, under its variable's name, and
            every variable that is none of ours: a mistyped one would be ignored without a word.
    """
    reading = read_settings(**overrides)
    if reading.settings is None or reading.problems:
        raise SettingsError("\n".join(reading.problems))
    return reading.settings


def read_settings(**overrides: Any) -> SettingsReading:
    """Return the settings, in the order of `load_settings`, and all that is wrong with them."""
    unknown = tuple(_unknown(name) for name in sorted(os.environ) if not _is_known(name))
    try:
        return SettingsReading(Settings(**overrides), unknown)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
    broken = frozenset(str(problem["loc"][0]) for problem in problems)
    defaults = {name: Settings.model_fields[name].get_default(call_default_factory=True)
                for name in broken & Settings.model_fields.keys()}  # fmt: skip
    try:
        rest = Settings(**overrides | defaults)
    except ValidationError:
        rest = None  # what is left does not go together without them
    return SettingsReading(rest, (*unknown, *map(_broken, problems)), broken)


def _broken(problem: ErrorDetails) -> str:
    name = f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}"
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}"


def _is_known(variable: str) -> bool:
    if not variable.upper().startswith(PREFIX):
        return True
    name = variable.upper().removeprefix(PREFIX)
    if name.lower() in Settings.model_fields:
        return True
    return any(other.fullmatch(name) is not None for other in (_OF_KUBERNETES, _OF_OTHERS))


def _unknown(variable: str) -> str:
    settings = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    nearest = difflib.get_close_matches(variable.upper(), settings, n=1)
    advice = f"did you mean {nearest[0]}?" if nearest else f"the settings are {', '.join(settings)}"
    return f"{variable}: is no setting; {advice}"
