"""Settings of what the log says."""

from __future__ import annotations

from nisba_service.settings.base import SettingsGroup
from nisba_service.settings.choices import LogFormat, LogLevel


class LogSettings(SettingsGroup):
    """What is written down, and how."""

    log_format: LogFormat = LogFormat.JSON
    """JSON for collectors, console for reading along."""

    log_level: LogLevel = LogLevel.INFO
    """Info writes one line for each call. No level writes any text of a document."""
