"""Every RPC of every service of `nisba.v1`, as the descriptors have them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.descriptor import Descriptor

from nisba import v1

ENDLESS: Final = frozenset({"WatchGazetteer"})
"""Calls that the server never ends by itself."""


@dataclass(frozen=True, slots=True)
class Rpc:
    """A call of the contract."""

    service: str
    name: str
    request: Descriptor
    response: Descriptor
    sends_many: bool
    answers_many: bool

    @property
    def path(self) -> str:
        """Return what the call is named in HTTP/2."""
        return f"/{self.service}/{self.name}"

    def __str__(self) -> str:
        return self.name


def rpcs() -> list[Rpc]:
    """Return all of them, in order of path."""
    return sorted(_found(), key=lambda rpc: rpc.path)


def _found() -> Iterator[Rpc]:
    for module in pkgutil.iter_modules(v1.__path__, f"{v1.__name__}."):
        if not module.name.endswith("_pb2"):
            continue
        file: Any = importlib.import_module(module.name).DESCRIPTOR
        for service in file.services_by_name.values():
            for method in service.methods:
                yield Rpc(
                    service.full_name,
                    method.name,
                    method.input_type,
                    method.output_type,
                    method.client_streaming,
                    method.server_streaming,
                )
