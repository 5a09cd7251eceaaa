"""What the calls of GazetteerService share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from nisba_service.server.live import Live
from nisba_service.server.new_names import NewNames
from nisba_service.server.store_calls import StoreCalls
from nisba_service.server.work import Documents, Hands, Lookups


@dataclass(frozen=True, slots=True)
class House:
    """Where answers come from. `draining` is set when the server goes away."""

    live: Live
    store: StoreCalls
    hands: Hands
    documents: Documents
    lookups: Lookups
    new_names: NewNames
    draining: asyncio.Event
