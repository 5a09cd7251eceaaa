"""Writes what a command found to a file or to standard output, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from nisba_service.errors import FieldInvalid


def write(pieces: Iterable[str], output: Path | None) -> None:
    """Write pieces of text as UTF-8, whatever the locale; None: to standard output.

    Raises FieldInvalid: the file cannot be written.
    """
    if output is None:
        for piece in pieces:
            typer.echo(piece.encode(), nl=False)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise FieldInvalid(str(output), f"cannot be written: {error.strerror}") from None
