"""The command line's entry: turns expected errors into one message."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nisba_service import __version__
from nisba_service.cli.exits import EXIT_FAILED
from nisba_service.cli.lazy import LazyGroup
from nisba_service.errors import NisbaServiceError

app = typer.Typer(
    name="nisba",
    cls=LazyGroup,
    help="Links names in English and Arabic text to the entities of a gazetteer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run a command; an expected error is one clear message and exit code 1."""
    try:
        app()
    except _expected() as error:
        print(f"nisba: {error}", file=sys.stderr)
        sys.exit(EXIT_FAILED)


def _expected() -> tuple[type[Exception], ...]:
    """Return the kinds of errors that are told in one line; who asks no server needs no SDK."""
    sdk = sys.modules.get("nisba")
    return (NisbaServiceError,) if sdk is None else (NisbaServiceError, sdk.NisbaError)


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
