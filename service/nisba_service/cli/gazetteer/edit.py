"""`nisba gazetteer merge`, `split` and `rollback`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.cli.gazetteer import writing
from nisba_service.cli.gazetteer.opening import opened, stopping_cleanly
from nisba_service.cli.gazetteer.options import (
    DEFAULT_STORE,
    Author,
    DryRun,
    Reason,
    StoreOption,
)
from nisba_service.cli.options import Format, OutputFormat
from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.local import read_local
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Edit, Merge, Note, Split

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store


def merge(
    sources: Annotated[
        list[str], typer.Argument(metavar="ID…", help="What is not an entity of its own.")
    ],
    into: Annotated[str, typer.Option(metavar="ID", help="The entity that it is.")],
    reason: Reason,
    author: Author = None,
    dry_run: DryRun = False,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Make several entities one: it has the names of all, and their IDs lead to it for ever."""
    with opened(store) as found:
        _make(found, Merge(tuple(sources), into), writing.note(author, reason), dry_run, format)


def split(
    id: Annotated[str, typer.Argument(metavar="ID", help="The entity that is several.")],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.yaml", help="A record for each: one keeps the ID, others are new."
        ),
    ],
    reason: Reason,
    author: Author = None,
    dry_run: DryRun = False,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Make several entities of one. A part may take back an ID that was merged into it."""
    local = read_local(file)
    records = [content for content in local.contents.values() if isinstance(content, Record)]
    remaining = next((record for record in records if record.id == id), None)
    if remaining is None:
        raise ExchangeError(f"{file}: no record is that of {id}: one of the parts keeps the ID")
    parts = tuple(record for record in records if record is not remaining)
    with opened(store) as found:
        _make(found, Split(remaining, parts), writing.note(author, reason), dry_run, format)


def _make(store: Store, edit: Edit, note: Note, dry_run: bool, format: Format) -> None:
    if dry_run:
        writing.preview(store, [edit], note, format)
    else:
        writing.write(store, [edit], note, format)


def rollback(
    to: Annotated[int, typer.Argument(metavar="N", min=0, help="The revision to go back to.")],
    reason: Reason,
    author: Author = None,
    dry_run: DryRun = False,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Make a new revision that is equal to an older one. Nothing is forgotten."""
    note = writing.note(author, reason)
    with opened(store) as found:
        before = found.head().number
        if dry_run:
            writing.changes(found.diff(before, to), format)
            return
        with stopping_cleanly(found):
            revision = found.roll_back(to, note)
        writing.written(revision, before, format)
