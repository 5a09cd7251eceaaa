"""Settings of how the server ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nisba_service.settings.base import SettingsGroup


class EndingSettings(SettingsGroup):
    """How long a server that goes away still answers."""

    drain_delay: Annotated[float, Field(ge=0, le=300, allow_inf_nan=False)] = 5.0
    """Seconds between saying NOT_SERVING and refusing new calls on SIGTERM, so that balancers have
    stopped sending. SIGINT, a person at a terminal, skips it."""

    grace: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 30.0
    """Seconds that calls in flight get to finish at shutdown. An orchestrator's kill timeout must
    exceed `drain_delay` + `grace`."""
