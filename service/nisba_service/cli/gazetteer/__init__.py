"""`nisba gazetteer`: a module for each command, or family of commands."""

from __future__ import annotations

import typer

from nisba_service.cli.gazetteer.apply import apply
from nisba_service.cli.gazetteer.check import check
from nisba_service.cli.gazetteer.diff import diff
from nisba_service.cli.gazetteer.edit import merge, rollback, split
from nisba_service.cli.gazetteer.export import export
from nisba_service.cli.gazetteer.history import history, show
from nisba_service.cli.gazetteer.imports import import_

gazetteer = typer.Typer(help="Keep a gazetteer: files, store, revisions.", no_args_is_help=True)
for _command in (check, diff, apply, export, history, show, rollback, merge, split):
    gazetteer.command()(_command)
gazetteer.command("import")(import_)

__all__ = ["gazetteer"]
