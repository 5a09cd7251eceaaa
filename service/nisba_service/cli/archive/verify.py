"""`nisba archive verify`: is everything as it was written, and as a fresh start would make it?"""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli.archive.run_options import ArchiveFolder
from nisba_service.cli.options import Format, OutputFormat


def verify(
    archive: ArchiveFolder,
    sample: Annotated[
        int, typer.Option(min=0, metavar="N", help="Link so many articles from scratch, too.")
    ] = 0,
    gazetteer: Annotated[
        str | None,
        typer.Option(
            envvar="NISBA_GAZETTEER",
            help="What the sample is linked to; default: the files of the newest state. A store "
            "must be named.",
        ),
    ] = None,
    revision: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Of a store; default: that of the newest state."),
    ] = None,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Hold all files against their checksums, and a sample of links against a fresh start.

    Exit code 1 if anything is not as it should be.
    """
    from nisba_service.cli.archive import checks  # noqa: PLC0415 (only this command needs it)

    checks.verify(archive, checks.Wanted(sample, gazetteer, revision), format)
