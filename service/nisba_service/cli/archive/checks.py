"""What `verify` and `status` say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from nisba_service.archive.description import Archive, open_archive
from nisba_service.archive.sampling import Sample, check_sample, source_to_check
from nisba_service.archive.status import DatasetStatus, Status
from nisba_service.archive.status import status as status_of
from nisba_service.archive.verifying import Damage, check_files
from nisba_service.cli.archive.progress import Bar
from nisba_service.cli.archive.running import working
from nisba_service.cli.counting import counted
from nisba_service.cli.options import Format
from nisba_service.gazetteer.location import parse_location

EXIT_UNSOUND = 1
_SHOWN = 20
_TO_THE_SECOND = len("2026-11-24T18:07:32")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many documents are to be linked from scratch, and to what; None: the newest state."""

    sample: int
    gazetteer: str | None
    revision: int | None


def verify(folder: Path, wanted: Wanted, format: Format) -> None:
    """Check an archive and say what is wrong with it. Raises ArchiveError."""
    archive = open_archive(folder)
    with working(archive, "verify", goes_on=False), Bar() as bar:
        damages = check_files(archive, bar)
        sample = None if damages or not wanted.sample else _sample(archive, wanted, bar)
    if format is Format.JSON:
        typer.echo(_verify_json(damages, sample))
    else:
        _tell(damages, sample)
    if damages or (sample is not None and sample.unequal):
        raise typer.Exit(EXIT_UNSOUND)


def _sample(archive: Archive, wanted: Wanted, bar: Bar) -> Sample:
    location = None if wanted.gazetteer is None else parse_location(wanted.gazetteer)
    source = source_to_check(archive, location, wanted.revision)
    return check_sample(archive, source, wanted.sample, bar)


def _verify_json(damages: tuple[Damage, ...], sample: Sample | None) -> str:
    damaged = [{"path": str(d.path), "what": d.what, "remedy": d.remedy} for d in damages]
    return json.dumps(
        {"damaged": damaged, "sample": None if sample is None else asdict(sample)},
        ensure_ascii=False,
    )


def _tell(damages: tuple[Damage, ...], sample: Sample | None) -> None:
    for damage in damages:
        typer.echo(f"{damage.path}: {damage.what}; {damage.remedy}")
    if not damages:
        typer.echo("every file is as it was written")
    if sample is None:
        return
    typer.echo(f"{counted(sample.documents, 'document')} linked from scratch: ", nl=False)
    if not sample.unequal:
        typer.echo("equal, byte for byte")
        return
    shown = ", ".join(sample.unequal[:_SHOWN])
    typer.echo(f"{counted(len(sample.unequal), 'document')} not as they are stored: {shown}")


def status(folder: Path, as_json: bool) -> None:
    """Say what an archive holds. Raises ArchiveError."""
    found = status_of(open_archive(folder))
    typer.echo(_status_json(found) if as_json else _status_text(found))


def _status_json(found: Status) -> str:
    datasets = [asdict(one) | {"complete": one.is_complete} for one in found.datasets]
    return json.dumps(asdict(found) | {"datasets": datasets}, ensure_ascii=False)


def _status_text(found: Status) -> str:
    lines = [f"shards of {found.shard_documents} documents, {found.bytes:,} bytes on the disk"]
    for taken in found.inputs:
        rows = f"{counted(taken.rows, 'row')}, {taken.rejected:,} rejected"
        lines.append(f"input      {taken.address}: {rows if taken.is_whole else 'not whole'}")
    lines += map(_line, found.datasets)
    lines.append(f"in use by {found.held_by}" if found.held_by else "nobody is at work on it")
    return "\n".join(lines)


def _line(one: DatasetStatus) -> str:
    since = f"complete since {one.completed[:_TO_THE_SECOND]} UTC"
    if one.is_complete:
        state = since
    elif one.completed:
        state = f"{since}, but for {counted(one.missing, 'shard')} of now"
    else:
        state = f"incomplete: {counted(one.missing, 'shard')} to be made"
    size = f"{counted(one.documents, 'document')}, {one.rows:,} rows, {one.bytes:,} bytes"
    return f"{one.kind:<10} {one.name or '-'}: {size}; {state}"
