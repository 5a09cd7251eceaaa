"""The options that the commands share which write to an archive."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EngineName(StrEnum):
    """Where the work of a run is done."""

    LOCAL = "local"
    RAY = "ray"


ArchiveFolder = Annotated[
    Path, typer.Option("--archive", metavar="DIR", help="The folder of the archive.")
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes that work; default: one a core."),
]
Engine = Annotated[
    EngineName,
    typer.Option(
        "--engine",
        help="local: processes on this machine. ray: a cluster, that of RAY_ADDRESS=HOST:PORT or "
        "of this machine.",
    ),
]
Servers = Annotated[
    list[str] | None,
    typer.Option(
        "--server",
        metavar="ADDR",
        help="Tag by the service at HOST:PORT, with the token in NISBA_TOKEN if there is one, not "
        "by models here; given several times: by all of them.",
    ),
]
Insecure = Annotated[
    bool, typer.Option("--insecure", help="Ask services beyond this machine without TLS.")
]
Model = Annotated[
    str | None,
    typer.Option(metavar="VERSION", help="Whose tagging is linked; default: the newest."),
]
RevisionOption = Annotated[
    int | None,
    typer.Option("--revision", min=1, metavar="N", help="Of a store; default: the newest."),
]
