"""`nisba archive tag`: articles in, tagged once and for all."""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli.archive.run_options import (
    ArchiveFolder,
    Engine,
    EngineName,
    Insecure,
    Servers,
    Workers,
)
from nisba_service.cli.options import MODELS, Format, ModelsPath, OutputFormat


def tag(
    archive: ArchiveFolder,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="IN",
            help="JSON Lines, CSV, Parquet, .txt, .html, or a folder; a path, or a URL that "
            "fsspec knows. None: go on with what was begun.",
        ),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Has the ID; default: id, document_id.")
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Has the text; default: text, body, content.")
    ] = None,
    date_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Has the day; default: date, published.")
    ] = None,
    language_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Has en or ar; default: language, lang.")
    ] = None,
    max_rejects: Annotated[
        str,
        typer.Option(metavar="N|N%", help="Unusable rows of an input; more end the run."),
    ] = "10%",  # a column that is not the text rejects all rows, a careless export some per cent
    shard_documents: Annotated[
        int | None,
        # The most documents that the traces of a shard can number.
        typer.Option(min=1, max=65_536, metavar="N", help="Of a new archive; default: 500."),
    ] = None,
    workers: Workers = None,
    engine: Engine = EngineName.LOCAL,
    models: ModelsPath = MODELS,
    server: Servers = None,
    insecure: Insecure = False,
    format: OutputFormat = Format.PRETTY,
) -> None:
    """Take articles into an archive, and tag whatever is not tagged yet with these models."""
    from nisba_service.archive.inputs.columns import Columns  # noqa: PLC0415 (only runs need it)
    from nisba_service.archive.limit import RejectLimit  # noqa: PLC0415 (as above)
    from nisba_service.archive.tagging_run import TakeIn  # noqa: PLC0415 (as above)
    from nisba_service.cli.archive import machines, runs  # noqa: PLC0415 (as above)

    columns = Columns(id_column, text_column, date_column, language_column)
    take_in = TakeIn(inputs or (), columns, RejectLimit.parse(max_rejects))
    place = runs.Place(archive, shard_documents)
    taggers = machines.Taggers(models, tuple(server or ()), insecure)
    runs.tag(place, take_in, taggers, machines.Machines(engine, workers), format)
