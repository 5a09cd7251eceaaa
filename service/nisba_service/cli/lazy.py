"""Commands that are imported when they are asked for: none pays for what another one needs.

Workers pay too: a spawned process imports the script that its parent was started by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup

_COMMANDS: Final = (
    *("serve", "link", "resolve", "entity", "explain", "evaluate", "demo"),
    *("gazetteer", "archive", "token"),
)
"""In the order of the help. Each is made of what has its name in the module of its name."""


class _Commands(Mapping[str, Any]):
    """All commands, for Typer to choose from."""

    def __getitem__(self, name: str) -> Any:
        if name not in _COMMANDS:
            raise KeyError(name)
        found = getattr(import_module(f"nisba_service.cli.{name}"), name)
        holder = typer.Typer(add_completion=False)
        if isinstance(found, typer.Typer):
            holder.add_typer(found, name=name)
        else:
            holder.command(name)(found)
        return typer.main.get_group(holder).commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


class LazyGroup(TyperGroup):
    """The group of `nisba` itself. Its help asks for all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**{**attributes, "commands": _Commands()})
