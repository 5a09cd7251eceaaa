"""`nisba archive status`: what an archive holds, and what of it is not whole."""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli.archive.run_options import ArchiveFolder


def status(
    archive: ArchiveFolder,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Say what an archive holds, what is incomplete, and who is at work on it."""
    from nisba_service.cli.archive import checks  # noqa: PLC0415 (only this command needs it)

    checks.status(archive, as_json)
