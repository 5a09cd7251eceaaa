"""`nisba archive`: a module for each command."""

from __future__ import annotations

import typer

archive = typer.Typer(
    help="Link an archive of articles, and link it again as the gazetteer changes.",
    no_args_is_help=True,
)

__all__ = ["archive"]
