"""The gate that every call of nisba.v1 passes: who calls, whether it may, and how much of it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

import grpc

from nisba_service.server import calls
from nisba_service.server.access import Access, Caller
from nisba_service.server.doors import doors
from nisba_service.server.quotas.client import Client, Share
from nisba_service.server.quotas.clients import Clients
from nisba_service.server.quotas.naming import client_name
from nisba_service.server.stores import Stores
from nisba_service.settings import Settings

Context = grpc.aio.ServicerContext[Any, Any]


class Gate:
    """Lets calls in. The event loop alone uses it."""

    def __init__(self, settings: Settings, stores: Stores) -> None:
        self._access = Access(doors(settings, stores.tokens))
        self._clients = Clients(
            Share(settings.client_calls, settings.client_code_points, settings.client_burst)
        )

    async def admit(self, path: str, context: Context) -> None:
        """Note who makes the current call.

        Raises:
            Unauthenticated, PermissionDenied, StoreError: as `Access.admit`.
        """
        principal = await self._access.admit(path, _caller(context))
        calls.current().callers[:] = [principal]

    def place(self, context: Context, *, patient: bool) -> AbstractAsyncContextManager[Client]:
        """Hold a place for the current call, which was admitted; see `Clients.place`."""
        name = client_name(_caller(context), calls.current().principal, context.peer())
        return self._clients.place(name, patient=patient)

    def close(self) -> None:
        """Verify no more."""
        self._access.close()


def _caller(context: Context) -> Caller:
    return Caller.of(context.invocation_metadata() or (), context.auth_context())
