"""The options that the commands share which write to an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ArchiveFolder = Annotated[
    Path, typer.Option("--archive", metavar="DIR", help="The folder of the archive.")
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes that work; default: one a core."),
]
Model = Annotated[
    str | None,
    typer.Option(metavar="VERSION", help="Whose tagging is linked; default: the newest."),
]
RevisionOption = Annotated[
    int | None,
    typer.Option("--revision", min=1, metavar="N", help="Of a store; default: the newest."),
]
