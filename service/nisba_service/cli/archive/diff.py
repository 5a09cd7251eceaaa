"""`nisba archive diff`: what differs between two states."""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli.archive.list_options import ListFormat, ListOption, Output
from nisba_service.cli.archive.run_options import ArchiveFolder


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A state: r000012 or 12, v0123456789abcdef.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="Another state.")],
    archive: ArchiveFolder,
    format: ListOption = ListFormat.PRETTY,
    output: Output = None,
) -> None:
    """Show which mentions have another answer in B than in A.

    JSON and CSV have every mention; the list for a person counts them, the gravest first.
    """
    from nisba_service.cli.archive import diff_lists  # noqa: PLC0415 (pyarrow takes a second)

    diff_lists.write(archive, (before, after), format, output)
