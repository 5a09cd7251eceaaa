"""What the commands that write to an archive do, once they know what is wanted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from nisba_service.archive import reading
from nisba_service.archive.description import Archive, create, open_archive
from nisba_service.archive.gazetteers import located, of_state
from nisba_service.archive.linking_run import link as link_archive
from nisba_service.archive.relinking_run import relink as relink_archive
from nisba_service.archive.tagging_run import Summary, TakeIn
from nisba_service.archive.tagging_run import tag as tag_archive
from nisba_service.cli.archive.machines import Machines, Taggers
from nisba_service.cli.archive.progress import Bar
from nisba_service.cli.archive.running import Stopwatch, working
from nisba_service.cli.counting import counted
from nisba_service.cli.options import Format
from nisba_service.errors import ArchiveError
from nisba_service.gazetteer.location import parse_location


@dataclass(frozen=True, slots=True)
class Place:
    """The archive that a user names, and the size of its shards if it is to be made."""

    folder: Path
    shard_documents: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The gazetteer that a user names, and whose tagging is to be linked to it."""

    gazetteer: str
    revision: int | None
    model: str | None


def tag(
    place: Place, take_in: TakeIn, taggers: Taggers, machines: Machines, format: Format
) -> None:
    """Take in and tag, and say what was done. Raises ArchiveError, ModelsError."""
    watch, setup = Stopwatch(), taggers.setup()
    if take_in.addresses:
        archive = create(place.folder, place.shard_documents)
    else:
        archive = open_archive(place.folder)
    with working(archive, "tag"), Bar() as bar:
        engine = machines.ready(archive, taggers.workers)
        summary = tag_archive(archive, take_in, setup, engine, bar)
    _told(f"tagged with models {summary.name}", "span", summary, watch, format)


def link(place: Place, named: Named, machines: Machines, format: Format) -> None:
    """Link, and say what was done. Raises ArchiveError, GazetteerError, StoreError."""
    watch = Stopwatch()
    archive = open_archive(place.folder)
    with working(archive, "link"), Bar() as bar:
        location = parse_location(named.gazetteer)
        source = located(location, named.revision, archive.layout)
        summary = link_archive(archive, source, named.model, machines.ready(archive), bar)
    _told(f"linked to {summary.name}", "mention", summary, watch, format)


def relink(
    place: Place, named: Named, from_: str | None, machines: Machines, format: Format
) -> None:
    """Link again what a change can touch, and say what was done.

    Raises ArchiveError, GazetteerError, StoreError.
    """
    watch, location = Stopwatch(), parse_location(named.gazetteer)
    archive = open_archive(place.folder)
    with working(archive, "relink"), Bar() as bar:
        after = located(location, named.revision, archive.layout)
        origin = _state_before(archive, from_, after.state).manifest.origin
        revision = origin.gazetteer_revision
        before = of_state(archive.layout, origin.gazetteer_version, revision, location)
        relinked = relink_archive(archive, before, after, machines.ready(archive), bar)
    if format is Format.JSON:
        typer.echo(json.dumps(asdict(relinked)))
        return
    again = counted(relinked.touched, "document")
    state = f"from {relinked.before} to {relinked.summary.name}"
    typer.echo(f"{again} linked again, {state}, in {watch.seconds}")
    if relinked.whole:
        typer.echo(f"{counted(relinked.whole, 'document')} for the first time, or once more")
    _tell_state(relinked.summary, "mention")
    changed = counted(relinked.changes, "mention")
    typer.echo(f"{changed} changed: `nisba archive report` says how, and why")


def _state_before(archive: Archive, from_: str | None, after: str) -> reading.State:
    """Return the state that a user names to start from, else the one completed last."""
    reader = reading.Reader(archive.layout)
    if from_ is not None:
        return reader.state(from_)
    newest = reader.newest()
    if newest.name != after:
        return newest
    before = reader.before(newest)
    if before is None:
        raise ArchiveError(
            f"{after} is the only state that is linked: there is nothing to follow;"
            " `nisba archive link` links to it what was added"
        )
    return before


def _told(what: str, row: str, summary: Summary, watch: Stopwatch, format: Format) -> None:
    if format is Format.JSON:
        typer.echo(json.dumps(asdict(summary)))
        return
    done = counted(summary.done, "document")
    typer.echo(f"{done} {what} in {watch.told(summary.done)}")
    _tell_state(summary, row)


def _tell_state(summary: Summary, row: str) -> None:
    total = f"{counted(summary.documents, 'document')}, {counted(summary.rows, row)}"
    typer.echo(f"now {total}")
    if summary.rejected:
        typer.echo(f"{counted(summary.rejected, 'row')} of the inputs rejected: see rejects/")
    if summary.failed:
        typer.echo(f"{counted(summary.failed, 'document')} failed: see rejects/")
