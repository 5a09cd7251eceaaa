"""What every command that writes does: note who and why, commit or only look, and say what came."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from nisba_service.cli.counting import counted
from nisba_service.cli.gazetteer import render_changes
from nisba_service.cli.gazetteer.opening import stopping_cleanly
from nisba_service.cli.gazetteer.options import login_name
from nisba_service.cli.options import Format
from nisba_service.errors import EditError
from nisba_service.gazetteer.exchange.comparing import content_of
from nisba_service.gazetteer.store.model import Change, Edit, Note, Revision

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store


def note(author: str | None, reason: str) -> Note:
    """Return who makes a change and why; raises BadParameter for an empty reason."""
    if not reason.strip():
        raise typer.BadParameter("say why, for whoever reads the history", param_hint="--reason")
    return Note(author or login_name(), reason)


def write(store: Store, edits: Sequence[Edit], note: Note, format: Format) -> Revision:
    """Commit edits and say what came of it. Raises EditError, EtagConflict, StoreError."""
    before = store.head().number
    with stopping_cleanly(store):
        revision = store.commit(edits, note)
    written(revision, before, format)
    return revision


def written(revision: Revision, before: int, format: Format) -> None:
    """Say which revision a command made, if it made one."""
    if format is Format.JSON:
        typer.echo(render_changes.revision_json(revision))
    elif revision.number == before:
        typer.echo(f"nothing has changed: still revision {before}")
    else:
        typer.echo(f"revision {revision.number}: {render_changes.summary(revision)}")


def preview(store: Store, edits: Sequence[Edit], note: Note, format: Format) -> None:
    """Say what committing the edits would do. Raises EditError, EtagConflict."""
    found = store.check(edits, note)
    if found.problems:
        raise EditError(found.problems)
    changes(found.changes, format)
    if format is Format.PRETTY and found.revision is not None:
        typer.echo(f"would make: {render_changes.summary(found.revision)}")
        total = found.revision.changes
        rest = total.created + total.updated + total.removed - len(found.changes)
        if rest > 0:
            typer.echo(f"({counted(rest, 'further change')} not shown)")


def changes(found: Iterable[Change], format: Format) -> int:
    """Print changes, and return how many there were."""
    count = 0
    for change in found:
        count += 1
        states = content_of(change.before), content_of(change.after)
        if format is Format.JSON:
            typer.echo(render_changes.change_json(change.entity_id, *states))
        else:
            typer.echo("\n".join(render_changes.change(change.entity_id, *states)))
    return count


def conflicts_json(ids: Iterable[str]) -> str:
    """Return IDs in conflict as one JSON object."""
    return json.dumps({"conflicts": list(ids)}, ensure_ascii=False)
