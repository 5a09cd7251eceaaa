"""Everything an operator can set, once: NISBA_* environment variables or the command line's flags.

Each field's docstring says why it exists and what it changes. There is no setting named `port`,
`host` or `service`: Kubernetes gives every pod beside a service called "nisba" or "nisba-metrics"
variables such as NISBA_PORT=tcp://10.0.0.1:50051, which must not be mistaken for ours. Every other
NISBA_* variable that is no setting is an error, since most likely it is one mistyped.
"""

from __future__ import annotations

from nisba_service.settings.base import PREFIX
from nisba_service.settings.choices import LogFormat, LogLevel, OpenAccess, TokenRole
from nisba_service.settings.data import Location, bundled
from nisba_service.settings.doors import is_loopback
from nisba_service.settings.reading import Settings, SettingsReading, load_settings, read_settings

__all__ = [
    "PREFIX",
    "Location",
    "LogFormat",
    "LogLevel",
    "OpenAccess",
    "Settings",
    "SettingsReading",
    "TokenRole",
    "bundled",
    "is_loopback",
    "load_settings",
    "read_settings",
]
