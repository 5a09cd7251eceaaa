"""What a setting may be where there are few things to choose from."""

from __future__ import annotations

from enum import StrEnum


class LogFormat(StrEnum):
    """How a log line looks: one JSON object for machines, or columns for a person."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least severe line that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class OpenAccess(StrEnum):
    """What callers may do that show neither a token nor a certificate."""

    NONE = "none"
    READER = "reader"
    CURATOR = "curator"


class TokenRole(StrEnum):
    """What a token or a certificate allows; a curator may all that a reader may."""

    READER = "reader"
    CURATOR = "curator"
