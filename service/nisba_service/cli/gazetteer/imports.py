"""`nisba gazetteer import`: other people's data, in one command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.cli.counting import counted, listed
from nisba_service.cli.gazetteer import writing
from nisba_service.cli.gazetteer.opening import opened, stopping_cleanly
from nisba_service.cli.gazetteer.options import DEFAULT_STORE, Author, DryRun, StoreOption
from nisba_service.cli.gazetteer.progress import tracked
from nisba_service.cli.options import Format, OutputFormat
from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.csv_columns import SEPARATOR, parse_map
from nisba_service.gazetteer.exchange.csv_read import TableForm
from nisba_service.gazetteer.exchange.drafts import Reject, Tally
from nisba_service.gazetteer.exchange.formats import Form, Reading, form_of, read
from nisba_service.gazetteer.exchange.gathering import Gathering
from nisba_service.gazetteer.exchange.importing import Existing, contents, edits
from nisba_service.gazetteer.exchange.rejects_file import RejectsFile
from nisba_service.gazetteer.exchange.sources import Source
from nisba_service.gazetteer.exchange.wikidata_tables import CLASSES
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.names.types import EntityType

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store

# Of the targets of relations that the file itself lacks, a ship say, many are named again.
_REMEMBERED = 100_000
_File = Annotated[
    Path, typer.Argument(metavar="FILE", help="May be .gz, .bz2, .xz or .zst, or a YAML folder.")
]
_From = Annotated[
    Form | None, typer.Option("--from", help="The file's format; default: what it looks like.")
]
_Map = Annotated[
    list[str] | None, typer.Option(metavar="TARGET=COLUMN,…", help="CSV: what its columns hold.")
]
_Delimiter = Annotated[
    str, typer.Option(help="CSV: between cells; default: tab, ; or , by the header.")
]
_Classes = Annotated[
    list[str] | None,
    typer.Option("--class", metavar="QID=TYPE", help="Wikidata: import this class, too."),
]
_Rejects = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="For rows not taken; default: FILE.rejects.jsonl, here."),
]
_CLASS = re.compile(r"(Q[1-9][0-9]*)=(PERSON|ORGANIZATION|LOCATION)")


@dataclass(frozen=True, slots=True)
class _Import:
    """One import on its way."""

    source: Source
    reading: Reading
    existing: Existing
    rejects: RejectsFile
    note: Note
    tally: Tally = field(default_factory=Tally)


def import_(
    file: _File,
    form: _From = None,
    map: _Map = None,
    separator: Annotated[str, typer.Option(help="CSV: between names in a cell.")] = SEPARATOR,
    delimiter: _Delimiter = "",
    type: Annotated[
        EntityType | None, typer.Option(help="CSV: of all entities, if no column says it.")
    ] = None,
    class_: _Classes = None,
    existing: Annotated[
        Existing, typer.Option(help="What to do where the store has an entity, but otherwise.")
    ] = Existing.REFUSE,
    rejects: _Rejects = None,
    max_rejects: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Stop, and write nothing, beyond.")
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why; default: the name of the file.")
    ] = "",
    author: Author = None,
    dry_run: DryRun = False,
    store: StoreOption = DEFAULT_STORE,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Import FollowTheMoney, Wikidata, CSV, JSON Lines or YAML as one revision of the store.

    Rows that make no entity go to a file, with reason; the rest is imported.
    """
    if separator == "":
        raise typer.BadParameter("must not be empty", param_hint="--separator")
    source = Source(file)
    reading = Reading(
        form=form or form_of(source),
        table=TableForm(parse_map(map or ()), separator, delimiter, type),
        classes=CLASSES | _classes(class_ or ()),
    )
    note = writing.note(author, reason or f"import {file.name}")
    path = rejects or Path(f"{file.name}.rejects.jsonl")
    with RejectsFile(path, max_rejects) as rejected, opened(store, create=True) as found:
        _run(found, _Import(source, reading, existing, rejected, note), dry_run, format)


def _classes(pairs: Iterable[str]) -> dict[str, EntityType]:
    matches = {pair: _CLASS.fullmatch(pair) for pair in pairs}
    for pair, match in matches.items():
        if match is None:
            raise typer.BadParameter(
                f'"{pair}" must be like Q11691=ORGANIZATION', param_hint="--class"
            )
    return {match[1]: EntityType(match[2]) for match in matches.values() if match is not None}


def _run(store: Store, job: _Import, dry_run: bool, format: Format) -> None:
    before = store.head().number

    @lru_cache(_REMEMBERED)
    def known(entity_id: str) -> bool:
        stored = store.stored(entity_id) if before else None
        return stored is not None and stored.record is not None

    with stopping_cleanly(store), Gathering(job.tally, known) as gathering:
        _gather(gathering, job)
        entities = tracked(contents(gathering), "importing", len(gathering))
        changes = edits(entities, store.records(before), job.existing)
        if dry_run:
            _preview(changes, job, format)
        else:
            revision = store.commit(changes, job.note)
            writing.written(revision, before, format)
    _report(job)


def _gather(gathering: Gathering, job: _Import) -> None:
    source = job.source
    items = read(source, job.reading, job.tally)
    for item in tracked(items, "reading", source.size, lambda: source.position):
        reject = item if isinstance(item, Reject) else gathering.add(item)
        if reject is not None:
            job.rejects.add(reject)
    if not len(gathering):
        _report(job)
        raise ExchangeError(f"{source.path}: holds no entity that can be imported")


def _preview(changes: Iterable[Put], job: _Import, format: Format) -> None:
    new = replaced = 0
    for edit in changes:
        new += edit.etag == ""
        replaced += edit.etag != ""
    if format is Format.JSON:
        typer.echo(json.dumps({"new": new, "replaced": replaced}))
        return
    entities = counted(new, "entity or old ID", "entities and old IDs")
    typer.echo(f"would import {job.source.path}: {entities} new, {replaced:,} replaced")


def _report(job: _Import) -> None:
    """Say, on standard error, what was not imported."""
    if passed_over := listed(job.tally.passed_over):
        typer.echo(f"passed over: {passed_over}", err=True)
    if left_out := listed(job.tally.left_out):
        typer.echo(f"left out: {left_out}", err=True)
    if job.rejects.count:
        rows = counted(job.rejects.count, "row")
        typer.echo(f"rejected: {rows}, with reasons in {job.rejects.path}", err=True)
