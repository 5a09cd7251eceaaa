"""The command line's entry: registers the commands and turns expected errors into one message."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import nisba
from nisba_service import __version__
from nisba_service.cli.archive import archive
from nisba_service.cli.demo import demo
from nisba_service.cli.entity import entity
from nisba_service.cli.evaluate import evaluate
from nisba_service.cli.explain import explain
from nisba_service.cli.gazetteer import gazetteer
from nisba_service.cli.link import link
from nisba_service.cli.resolve import resolve
from nisba_service.cli.serve import serve
from nisba_service.cli.token import token
from nisba_service.errors import NisbaServiceError

EXIT_FAILED = 1

app = typer.Typer(
    name="nisba",
    help="Links names in English and Arabic text to the entities of a gazetteer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (serve, link, resolve, entity, explain, evaluate, demo):
    app.command()(command)
app.add_typer(gazetteer, name="gazetteer")
app.add_typer(archive, name="archive")
app.add_typer(token, name="token")


def main() -> None:
    """Run a command; an expected error is one clear message and exit code 1."""
    try:
        app()
    except (NisbaServiceError, nisba.NisbaError) as error:
        print(f"nisba: {error}", file=sys.stderr)
        sys.exit(EXIT_FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nisba {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Link names in English and Arabic text to the entities of a gazetteer."""
