"""`nisba archive report`: one page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nisba_service.cli.archive.run_options import ArchiveFolder


def report(
    archive: ArchiveFolder,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help="Where to write the page.")
    ],
    before: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="A", help="The state before; default: completed last before B."
        ),
    ] = None,
    after: Annotated[
        str | None, typer.Option("--to", metavar="B", help="A state; default: completed last.")
    ] = None,
) -> None:
    """Write what changed and why, entities over time, new names and doubtful links as one page.

    The page holds text of the articles around each name that it shows.
    """
    from nisba_service.archive.reading import Reader  # noqa: PLC0415 (pyarrow takes a second)
    from nisba_service.archive.report.gather import gather  # noqa: PLC0415 (as above)
    from nisba_service.archive.report.page import page  # noqa: PLC0415 (as above)
    from nisba_service.cli.archive.later import tell_later  # noqa: PLC0415 (as above)
    from nisba_service.cli.archive.writing import write  # noqa: PLC0415 (as above)

    reader = Reader.open(archive)
    to = reader.newest() if after is None else reader.state(after)
    tell_later(reader, to)
    from_ = reader.before(to) if before is None else reader.state(before)
    write([page(gather(reader, from_, to))], output)
    typer.echo(f"{output}: {'' if from_ is None else f'{from_.name} → '}{to.name}")
