"""Settings of how the server ends, how connections age and what the log says."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nisba_service.settings.base import SettingsGroup
from nisba_service.settings.choices import LogFormat, LogLevel


class RunningSettings(SettingsGroup):
    """How a server that runs behaves, and ends."""

    drain_delay: Annotated[float, Field(ge=0, le=300, allow_inf_nan=False)] = 5.0
    """Seconds between saying NOT_SERVING and refusing new calls on SIGTERM, so that balancers have
    stopped sending. SIGINT, a person at a terminal, skips it."""

    grace: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 30.0
    """Seconds that calls in flight get to finish at shutdown. An orchestrator's kill timeout must
    exceed `drain_delay` + `grace`."""

    max_connection_age: Annotated[float, Field(ge=10, le=86_400, allow_inf_nan=False)] = 1_800.0
    """Seconds until a connection is closed, kindly, so that clients find new replicas. Calls on it
    get `grace` to end: a stream must be renewed more often than this."""

    log_format: LogFormat = LogFormat.JSON
    """JSON for collectors, console for reading along."""

    log_level: LogLevel = LogLevel.INFO
    """Info writes one line for each call. No level writes any text of a document."""
