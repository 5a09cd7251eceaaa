"""`nisba archive relink`: the links follow the gazetteer, at the cost of what changed."""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli.archive.run_options import ArchiveFolder, Engine, EngineName, Workers
from nisba_service.cli.options import SEEDS, Format, GazetteerPath, OutputFormat


def relink(
    archive: ArchiveFolder,
    to: Annotated[
        int | None,
        typer.Option(min=1, metavar="REV", help="Revision of a store; default: the newest."),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="STATE", help="State to start from; default: the newest."),
    ] = None,
    gazetteer: GazetteerPath = SEEDS,
    engine: Engine = EngineName.LOCAL,
    workers: Workers = None,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Link again only what a change of the gazetteer can touch; equal to linking everything."""
    from nisba_service.cli.archive import runs  # noqa: PLC0415 (only runs need it)
    from nisba_service.cli.archive.machines import Machines  # noqa: PLC0415 (as above)

    named = runs.Named(gazetteer, to, None)
    runs.relink(runs.Place(archive), named, from_, Machines(engine, workers), format)
