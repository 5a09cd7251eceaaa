"""`nisba resolve`: names without a text in, decisions out. Needs no tagger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated

import typer

import nisba
from nisba_service.cli import inputs, render_json
from nisba_service.cli.backend import Backend, open_backend
from nisba_service.cli.options import SEEDS, Format, GazetteerPath, OutputFormat, Server, Top
from nisba_service.names.types import EntityType
from nisba_service.server import limits


def resolve(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="- reads one a line.")],
    type: Annotated[EntityType | None, typer.Option(help="What the names denote.")] = None,
    format: OutputFormat = Format.PRETTY,
    top: Top = 5,
    server: Server = None,
    gazetteer: GazetteerPath = SEEDS,
) -> None:
    """Link names that stand alone to the entities that they denote."""
    asked = None if type is None else nisba.EntityType(type)
    with open_backend(server, gazetteer) as backend:
        decided = _resolved(backend, inputs.names(names), asked, top)
        if format is Format.JSON:
            for name in decided:
                print(render_json.resolved(name), flush=True)
        else:
            from nisba_service.cli import render_pretty  # noqa: PLC0415 (only this needs rich)

            render_pretty.resolved(render_pretty.console(), decided)


def _resolved(
    backend: Backend, names: Iterable[str], type: nisba.EntityType | None, top: int
) -> Iterator[nisba.ResolvedName]:
    """Yield the decision for each name, asking for as many at once as a call may hold."""
    waiting = iter(names)
    while batch := list(islice(waiting, limits.NAMES)):
        yield from backend.resolve(batch, type=type, max_candidates=top)
