"""`nisba archive mentions`: where an archive speaks of an entity."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from nisba_service.cli.archive.list_options import ListFormat, ListOption, Output
from nisba_service.cli.archive.run_options import ArchiveFolder


def mentions(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="An ID; a merged one counts.")],
    archive: ArchiveFolder,
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help="Default: the one completed last.")
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="The first day."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY", help="The last day."),
    ] = None,
    gazetteer: Annotated[
        str | None,
        typer.Option(
            envvar="NISBA_GAZETTEER",
            help="Files or store that know merged IDs; default: the newest files linked with.",
        ),
    ] = None,
    format: ListOption = ListFormat.PRETTY,
    output: Output = None,
) -> None:
    """List the mentions that are linked to an entity, each with the text around it.

    With a first or last day, documents without a date are left out.
    """
    from nisba_service.cli.archive import mention_lists  # noqa: PLC0415 (pyarrow takes a second)

    days = mention_lists.Days(first and first.date(), last and last.date())
    asked = mention_lists.Wanted(entity, state, gazetteer, days)
    mention_lists.write(archive, asked, format, output)
