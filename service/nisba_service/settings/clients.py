"""Settings of how much of the server one client may have.

A client is a token's name, a certificate's name, or the address of who shows neither: an IPv6
address by its /64 network, all of a Unix socket as one. Nothing is limited by default: what is
right depends on the machine and on who calls, and behind a proxy or a mesh all who show nothing
have one address. The queue's budget protects the server; these protect clients from each other.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nisba_service.settings.base import SettingsGroup


class ClientSettings(SettingsGroup):
    """The share of each client. Health and reflection are never counted."""

    client_calls: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Calls of one client at once, a stream counts one; 0: any number. Beyond it a call is refused
    and told when to come again; as many streams as may run wait for a place, others are refused."""

    client_code_points: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    """Code points that one client may send a second, over `client_burst`; 0: any number. Each
    document, and each message without one, counts 200 more. A call beyond it is refused and told
    when it will fit; a stream is read more slowly. One core reads about 10 000 a second."""

    client_burst: Annotated[float, Field(ge=1, le=3_600, allow_inf_nan=False)] = 10.0
    """Seconds of `client_code_points` that a client which was quiet has saved up. A call that costs
    more than all of it passes when all of it is there, and its client waits longer afterwards."""
