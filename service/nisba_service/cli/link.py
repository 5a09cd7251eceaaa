"""`nisba link`: texts in, linked documents out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

import nisba
from nisba_service.cli import inputs, render_json
from nisba_service.cli.backend import Backend, open_backend
from nisba_service.cli.options import MODELS, SEEDS, GazetteerPath, ModelsPath, Server, Top

Linked: TypeAlias = Iterable[tuple[str, nisba.LinkedDocument]]


class DocumentFormat(StrEnum):
    """How linked documents are written."""

    PRETTY = "pretty"
    JSON = "json"
    HTML = "html"


def link(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|-]…",
            help="Texts; a .jsonl file holds one document a line; - is standard input.",
        ),
    ] = None,
    format: Annotated[DocumentFormat, typer.Option(help="How to write the links.")] = (
        DocumentFormat.PRETTY
    ),
    language: Annotated[str, typer.Option(help='"en" or "ar"; default: detected.')] = "",
    date: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Day of publication of all that say none.")
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Say why, name by name.")] = False,
    top: Top = 5,
    server: Server = None,
    gazetteer: GazetteerPath = SEEDS,
    models: ModelsPath = MODELS,
) -> None:
    """Link the names in texts to the entities that they denote."""
    documents = inputs.documents(files or [inputs.STANDARD_INPUT], language, date)
    with open_backend(server, gazetteer, models) as backend:
        linked = ((d.text, backend.link(d, max_candidates=top)) for d in documents)
        if format is DocumentFormat.JSON:
            _write_json(linked)
        elif format is DocumentFormat.HTML:
            _write_html(linked, backend)
        else:
            _write_pretty(linked, explain)


def _write_json(linked: Linked) -> None:
    for _, document in linked:
        print(render_json.document(document), flush=True)


def _write_html(linked: Linked, backend: Backend) -> None:
    from nisba_service.cli import render_html  # noqa: PLC0415 (only this format needs it)

    documents = list(linked)
    ids = sorted({id for _, document in documents for id in document.entity_ids})
    entities = backend.get_entities(ids) if ids else ()
    print(render_html.page(documents, {entity.id: entity for entity in entities}))


def _write_pretty(linked: Linked, explain: bool) -> None:
    from nisba_service.cli import render_pretty  # noqa: PLC0415 (only this format needs rich)

    console = render_pretty.console()
    for text, document in linked:
        render_pretty.document(console, text, document)
        if explain:
            render_pretty.explanation(console, document.mentions)
            render_pretty.timing(console, document.timing)
