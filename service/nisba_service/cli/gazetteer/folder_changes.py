"""What a folder has changed since its export: found out by `diff` and `apply` alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.comparing import Difference, compare
from nisba_service.gazetteer.exchange.folder import MARK, read_mark
from nisba_service.gazetteer.exchange.local import Local, read_local

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store

Base = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=0, help="The revision that the files were made from; default: as marked."
    ),
]


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """The files, the revision they were exported at (None: nobody knows), and what they change."""

    local: Local
    base: int | None
    head: int
    differences: Iterator[Difference]


def folder_changes(store: Store, folder: Path, base: int | None) -> FolderChanges:
    """Return what a folder, or file, has changed.

    Raises:
        ExchangeError: the folder was exported from another store.
        GazetteerError: every problem of its files.
        RevisionNotFound: there is no revision `base`.
    """
    if base is None:
        base = _marked(store, folder)
    head = store.head().number
    local = read_local(folder)
    bases = None if base is None else store.records(base)
    differences = compare(bases, store.records(head), local.contents)
    return FolderChanges(local, base, head, differences)


def _marked(store: Store, folder: Path) -> int | None:
    mark = read_mark(folder)
    if mark is None:
        return None
    if mark.revision > store.head().number or store.revision(mark.revision).version != mark.version:
        raise ExchangeError(
            f"{folder / MARK}: revision {mark.revision} is not one of this store: "
            "was the folder exported from another one?"
        )
    return mark.revision
