"""`nisba gazetteer apply`: the edits of a folder become a revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.cli.counting import counted
from nisba_service.cli.gazetteer import writing
from nisba_service.cli.gazetteer.diff import write_difference
from nisba_service.cli.gazetteer.folder_changes import Base, FolderChanges, folder_changes
from nisba_service.cli.gazetteer.opening import opened
from nisba_service.cli.gazetteer.options import (
    DEFAULT_STORE,
    Author,
    DryRun,
    Reason,
    StoreOption,
)
from nisba_service.cli.options import Format, OutputFormat
from nisba_service.gazetteer.exchange.comparing import Difference, Step
from nisba_service.gazetteer.exchange.folder import Mark, write_mark
from nisba_service.gazetteer.exchange.local import Local
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Put, Revision

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store


@dataclass(slots=True)
class _Plan:
    """The edits that a folder stands for, and what stands in their way."""

    edits: list[Edit] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def apply(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of YAML files, or JSONL.")],
    reason: Reason,
    author: Author = None,
    base: Base = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete entities that the folder no longer holds.")
    ] = False,
    dry_run: DryRun = False,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Make the edits of a folder a revision of the store: all of them, or none.

    What was changed in the store since the export stays. What was changed in both, and not alike,
    is a conflict: it is shown, nothing is written, and the exit code is 1.
    """
    note = writing.note(author, reason)
    with opened(store, create=not dry_run) as found:
        changes = folder_changes(found, path, base)
        plan = _plan(changes, delete)
        if plan.conflicts:
            _refuse(plan.conflicts, format)
        if plan.missing and format is Format.PRETTY:
            typer.echo(_left_alone(plan.missing))
        if dry_run:
            writing.preview(found, plan.edits, note, format)
        else:
            revision = writing.write(found, plan.edits, note, format)
            _mark(found, path, changes, revision)


def _plan(changes: FolderChanges, delete: bool) -> _Plan:
    plan = _Plan()
    for difference in changes.differences:
        if difference.step is Step.CONFLICT:
            plan.conflicts.append(difference)
        elif difference.step is Step.DELETE and not delete:
            plan.missing.append(difference.entity_id)
        else:
            plan.edits.append(_edit(difference, changes.local))
    return plan


def _edit(difference: Difference, local: Local) -> Edit:
    entity_id, head, content = difference.entity_id, difference.head, difference.local
    etag = "" if head is None else head.etag
    if content is None:
        return Delete(entity_id, etag)
    if head is None and isinstance(content, Record):
        return Create(content, local.sources[entity_id])
    return Put(content, etag, local.sources[entity_id])


def _refuse(conflicts: Sequence[Difference], format: Format) -> None:
    if format is Format.JSON:
        typer.echo(writing.conflicts_json(conflict.entity_id for conflict in conflicts))
    else:
        for conflict in conflicts:
            write_difference(conflict, format)
        typer.echo(f"{counted(len(conflicts), 'conflict')}: nothing was written", err=True)
    raise typer.Exit(1)


def _left_alone(missing: Sequence[str]) -> str:
    entities = counted(len(missing), "entity", "entities")
    shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
    return f"{entities} of the store not in the files, left as they are ({shown}); --delete deletes"


def _mark(store: Store, path: Path, changes: FolderChanges, revision: Revision) -> None:
    """Note in an exported folder that it is equal to the new revision, if it is.

    It is not if the store had changed what the folder has not: then the folder's older mark keeps
    those changes from being taken back.
    """
    if changes.base is None or not path.is_dir():
        return
    is_equal = not any(folder_changes(store, path, revision.number).differences)
    if is_equal:
        write_mark(path, Mark(revision.number, revision.version))
    else:
        typer.echo(
            "the store holds changes that the folder lacks: export it anew before the next edits",
            err=True,
        )
