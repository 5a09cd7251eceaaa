"""What whoever reads a state should know: articles may have been taken in after it was made."""

from __future__ import annotations

import typer

from nisba_service.archive.reading import Reader, State
from nisba_service.cli.counting import counted


def tell_later(reader: Reader, state: State) -> None:
    """Say on standard error how many documents came after a state. Raises ArchiveDamaged."""
    later = reader.later(state)
    if later:
        typer.echo(
            f"nisba: {state.name} lacks {counted(later, 'document')} taken in after it was made;"
            " `nisba archive link` links them",
            err=True,
        )
