"""The options that several commands of `nisba gazetteer` share."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

DEFAULT_STORE = "gazetteer.db"
"""In the folder where one works: to be seen, and copied."""

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="NISBA_STORE",
        metavar="URL",
        help="A SQLite file, or postgresql://USER@HOST/DATABASE.",
    ),
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever reads the history.")]
Author = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who makes the change; default: your login name.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
]


def login_name() -> str:
    """Return the name that this process runs under, or "unknown" where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
