"""`nisba gazetteer check`: curators' files, or a store, held against the rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer

from nisba_service.cli.counting import counted
from nisba_service.cli.options import Format, OutputFormat
from nisba_service.errors import Problem
from nisba_service.gazetteer.load import check as check_location
from nisba_service.gazetteer.location import parse_location
from nisba_service.gazetteer.model import Gazetteer


def check(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="Folder of YAML files, JSONL file, or store.")
    ],
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Hold a gazetteer against the rules: errors and doubts with file and line.

    Exit code 1 if there are errors; doubts alone are no failure.
    """
    report = check_location(parse_location(path))
    for severity, problems in (("error", report.errors), ("doubt", report.warnings)):
        _write(problems, severity, format)
    if format is Format.PRETTY:
        errors, doubts = (
            counted(len(report.errors), "error"),
            counted(len(report.warnings), "doubt"),
        )
        typer.echo(f"{errors}, {doubts}")
    if report.gazetteer is None:
        raise typer.Exit(1)
    if format is Format.PRETTY:
        typer.echo(_summary(report.gazetteer))


def _write(problems: Iterable[Problem], severity: str, format: Format) -> None:
    for problem in problems:
        if format is Format.PRETTY:
            typer.echo(f"{problem} [{severity}]")
            continue
        found = {
            "severity": severity,
            "path": problem.path,
            "line": problem.line or None,
            "message": problem.message,
        }
        typer.echo(json.dumps(found, ensure_ascii=False))


def _summary(gazetteer: Gazetteer) -> str:
    types = Counter(entity.type for entity in gazetteer.entities.values())
    by_type = ", ".join(f"{count} {type}" for type, count in sorted(types.items()))
    entities = counted(len(gazetteer.entities), "entity", "entities")
    return (
        f"version {gazetteer.version}: {entities} ({by_type}), "
        f"{counted(gazetteer.name_count, 'name')}"
    )
