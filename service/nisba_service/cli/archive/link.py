"""`nisba archive link`: tagged articles to the entities of a gazetteer."""

from __future__ import annotations

from nisba_service.cli.archive.run_options import (
    ArchiveFolder,
    Engine,
    EngineName,
    Model,
    RevisionOption,
    Workers,
)
from nisba_service.cli.options import SEEDS, Format, GazetteerPath, OutputFormat


def link(
    archive: ArchiveFolder,
    gazetteer: GazetteerPath = SEEDS,
    revision: RevisionOption = None,
    model: Model = None,
    workers: Workers = None,
    engine: Engine = EngineName.LOCAL,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Link all articles to a gazetteer: those that are not linked to it yet."""
    from nisba_service.cli.archive import machines, runs  # noqa: PLC0415 (only runs need them)

    named = runs.Named(gazetteer, revision, model)
    runs.link(runs.Place(archive), named, machines.Machines(engine, workers), format)
