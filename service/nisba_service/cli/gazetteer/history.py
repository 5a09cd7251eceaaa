"""`nisba gazetteer history` and `show`: what was done, and what an ID stands for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.cli.gazetteer import render_changes
from nisba_service.cli.gazetteer.opening import opened
from nisba_service.cli.gazetteer.options import DEFAULT_STORE, StoreOption
from nisba_service.cli.options import Format, OutputFormat
from nisba_service.errors import EntityNotFound
from nisba_service.gazetteer.exchange.comparing import content_of
from nisba_service.gazetteer.exchange.yaml_write import yaml_record
from nisba_service.gazetteer.store.model import EntityChange

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store


def history(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An entity; default: the whole gazetteer.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most revisions to show.")] = 20,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Show who changed what, when and why, the newest first."""
    with opened(store) as found:
        if id is None:
            _revisions(found, limit, format)
        else:
            _entity(found, id, limit, format)


def _revisions(store: Store, limit: int, format: Format) -> None:
    for revision in store.revisions(limit=limit):
        if format is Format.JSON:
            typer.echo(render_changes.revision_json(revision))
        else:
            typer.echo("\n".join(render_changes.revision_lines(revision)))


def _entity(store: Store, id: str, limit: int, format: Format) -> None:
    steps = store.history(id)[:limit]
    if not steps:
        raise EntityNotFound("id", (id,))
    for step in steps:
        typer.echo(_step_json(step) if format is Format.JSON else _step(step))


def _step(step: EntityChange) -> str:
    revision = step.revision
    when = revision.created_at.strftime("%Y-%m-%d %H:%M")
    head = f"revision {revision.number}  {when} UTC  {revision.author}: {revision.reason}"
    before, after = content_of(step.change.before), content_of(step.change.after)
    lines = render_changes.change(step.change.entity_id, before, after)
    return "\n".join((head, *(f"    {line}" for line in lines)))


def _step_json(step: EntityChange) -> str:
    before, after = content_of(step.change.before), content_of(step.change.after)
    changed = render_changes.change_json(step.change.entity_id, before, after)
    revision = json.loads(render_changes.revision_json(step.revision))
    return json.dumps({**revision, **json.loads(changed)}, ensure_ascii=False)


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="For example per:saleh-al-arouri.")],
    revision: Annotated[
        int | None, typer.Option(metavar="N", help="As it was then; default: as it is.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Show all that curators keep of an entity, as files have it."""
    with opened(store) as found:
        stored = found.stored(id, revision)
    content = content_of(stored)
    if stored is None or content is None:
        raise EntityNotFound("id", (id,))
    if format is Format.JSON:
        record = content.model_dump(mode="json", exclude_none=True)
        shown = {"revision": stored.revision, "etag": stored.etag, **record}
        typer.echo(json.dumps(shown, ensure_ascii=False))
    else:
        typer.echo(f"# revision {stored.revision}, etag {stored.etag}")
        typer.echo(yaml_record(content), nl=False)
