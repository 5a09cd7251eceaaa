"""`nisba gazetteer export`: a revision as files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.cli.counting import counted, listed
from nisba_service.cli.gazetteer.opening import opened
from nisba_service.cli.gazetteer.options import DEFAULT_STORE, StoreOption
from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.comparing import Content, content_of
from nisba_service.gazetteer.exchange.csv_write import write_csv
from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.exchange.folder import Mark, write_folder
from nisba_service.gazetteer.exchange.ftm_write import write_ftm
from nisba_service.gazetteer.exchange.old_ids import OldIds
from nisba_service.gazetteer.exchange.text_file import write_lines
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Revision

if TYPE_CHECKING:
    # The store takes a second to import: a command that opens one does so then.
    from nisba_service.gazetteer.store.store import Store

STANDARD_OUTPUT = "-"


class Target(StrEnum):
    """The formats that a gazetteer is written in."""

    YAML = "yaml"
    JSONL = "jsonl"
    FTM = "ftm"
    CSV = "csv"


_SUFFIXES = {
    ".jsonl": Target.JSONL,
    ".ndjson": Target.JSONL,
    ".json": Target.FTM,
    ".csv": Target.CSV,
}


def export(
    to: Annotated[
        str,
        typer.Argument(metavar="DIR|FILE|-", help="A folder for YAML, a file, or - for stdout."),
    ],
    format: Annotated[
        Target | None, typer.Option("--to", help="Default: by the file's ending, else YAML.")
    ] = None,
    revision: Annotated[
        int | None, typer.Option(metavar="N", help="As it was then; default: as it is.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over an earlier export.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write a revision as YAML files to edit, as JSON Lines, FollowTheMoney or CSV.

    What a format cannot hold is counted, on standard error.
    """
    target = format or _SUFFIXES.get(Path(to).suffix.lower(), Target.YAML)
    tally = Tally()
    with opened(store) as found:
        at = found.head() if revision is None else found.revision(revision)
        if target is Target.YAML:
            _folder(found, at, to, replace)
        else:
            _file(to, _lines(found, at, target, tally), replace)
    size = counted(at.entity_count, "entity", "entities")
    typer.echo(f"revision {at.number}: {size} written to {to}", err=to == STANDARD_OUTPUT)
    if left_out := listed(tally.left_out):
        typer.echo(f"left out, for {target} has no place for it: {left_out}", err=True)


def _contents(store: Store, at: Revision) -> Iterator[Content]:
    return filter(None, map(content_of, store.records(at.number)))


def _folder(store: Store, at: Revision, to: str, replace: bool) -> None:
    if to == STANDARD_OUTPUT:
        raise ExchangeError("YAML is written to a folder; --to jsonl, ftm and csv know -")
    write_folder(Path(to), _contents(store, at), Mark(at.number, at.version), replace=replace)


def _file(to: str, lines: Iterable[str], replace: bool) -> None:
    if to == STANDARD_OUTPUT:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    else:
        write_lines(Path(to), lines, replace=replace)


def _lines(store: Store, at: Revision, target: Target, tally: Tally) -> Iterator[str]:
    if target is Target.JSONL:
        return (record.model_dump_json(exclude_none=True) for record in _contents(store, at))
    if target is Target.CSV:
        return write_csv(_contents(store, at), tally)
    return _ftm(store, at, tally)


def _ftm(store: Store, at: Revision, tally: Tally) -> Iterator[str]:
    """Yield the lines; an entity's line names its old IDs, which stand anywhere in the store."""
    with OldIds() as old_ids:
        old_ids.add_all(r for r in _contents(store, at) if isinstance(r, RedirectRecord))
        records = (record for record in _contents(store, at) if isinstance(record, Record))
        yield from write_ftm(records, old_ids.of, tally)
