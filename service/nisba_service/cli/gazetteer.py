"""`nisba gazetteer`: work on curators' files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from nisba_service.gazetteer.load import check as check_files
from nisba_service.gazetteer.model import Gazetteer

gazetteer = typer.Typer(help="Work on a gazetteer's files.", no_args_is_help=True)


@gazetteer.callback()
def _root() -> None:
    """Work on a gazetteer's files."""


@gazetteer.command()
def check(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of YAML files, or JSONL.")],
) -> None:
    """Hold a gazetteer's files against the rules: errors and doubts with file and line.

    Exit code 1 if there are errors; doubts alone are no failure.
    """
    report = check_files(path)
    for problem in report.errors:
        typer.echo(f"{problem} [error]")
    for problem in report.warnings:
        typer.echo(f"{problem} [doubt]")
    typer.echo(f"{len(report.errors)} errors, {len(report.warnings)} doubts")
    if report.gazetteer is None:
        raise typer.Exit(1)
    typer.echo(_summary(report.gazetteer))


def _summary(gazetteer: Gazetteer) -> str:
    types = Counter(entity.type for entity in gazetteer.entities.values())
    by_type = ", ".join(f"{count} {type}" for type, count in sorted(types.items()))
    return (
        f"version {gazetteer.version}: {len(gazetteer.entities)} entities ({by_type}), "
        f"{gazetteer.name_count} names"
    )
