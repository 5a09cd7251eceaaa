"""`nisba gazetteer diff`: a folder against the store, or a revision against another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.cli.counting import counted
from nisba_service.cli.gazetteer import render_changes, writing
from nisba_service.cli.gazetteer.folder_changes import Base, folder_changes
from nisba_service.cli.gazetteer.opening import opened
from nisba_service.cli.gazetteer.options import DEFAULT_STORE, StoreOption
from nisba_service.cli.options import Format, OutputFormat
from nisba_service.gazetteer.exchange.comparing import Difference, Step, content_of

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store

_REVISION = re.compile(r"[0-9]{1,18}")


def diff(
    of: Annotated[
        str, typer.Argument(metavar="DIR|N", help="A folder, or the number of a revision.")
    ],
    to: Annotated[
        int | None, typer.Argument(metavar="[M]", help="Another revision; default: the newest.")
    ] = None,
    base: Base = None,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Show what a folder has changed, or what changed between two revisions."""
    with opened(store) as found:
        if _REVISION.fullmatch(of) and not Path(of).exists():
            count = writing.changes(found.diff(int(of), _head(found) if to is None else to), format)
        else:
            count = _folder(found, Path(of), base, format)
    if format is Format.PRETTY:
        typer.echo(counted(count, "difference"))


def _head(store: Store) -> int:
    return store.head().number


def _folder(store: Store, folder: Path, base: int | None, format: Format) -> int:
    count = 0
    for difference in folder_changes(store, folder, base).differences:
        write_difference(difference, format)
        count += 1
    return count


def write_difference(difference: Difference, format: Format) -> None:
    """Print what a folder has changed, or the conflict over it."""
    head = content_of(difference.head)
    if format is Format.JSON:
        typer.echo(render_changes.change_json(difference.entity_id, head, difference.local))
        return
    if difference.step is Step.CONFLICT:
        typer.echo(
            f"! {difference.entity_id} was changed in the store, and otherwise in the folder"
        )
        theirs = render_changes.change(difference.entity_id, difference.base, head)
        ours = render_changes.change(difference.entity_id, difference.base, difference.local)
        for side, lines in (("store ", theirs), ("folder", ours)):
            typer.echo("\n".join(f"    {side}: {line}" for line in lines))
    else:
        typer.echo("\n".join(render_changes.change(difference.entity_id, head, difference.local)))
