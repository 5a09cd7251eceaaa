"""`nisba entity`: one entity of the gazetteer."""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli import render_json
from nisba_service.cli.backend import open_backend
from nisba_service.cli.options import SEEDS, Format, GazetteerPath, OutputFormat, Server


def entity(
    id: Annotated[str, typer.Argument(metavar="ID", help="For example per:saleh-al-arouri.")],
    format: OutputFormat = Format.PRETTY,
    server: Server = None,
    gazetteer: GazetteerPath = SEEDS,
) -> None:
    """Show an entity with its names, relations and IDs elsewhere."""
    with open_backend(server, gazetteer) as backend:
        (found,) = backend.get_entities([id])
    if format is Format.JSON:
        print(render_json.entity(found))
    else:
        from nisba_service.cli import render_pretty  # noqa: PLC0415 (only this needs rich)

        render_pretty.entity(render_pretty.console(), found)
