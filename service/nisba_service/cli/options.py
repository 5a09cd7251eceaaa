"""The options that several commands share."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nisba_service.settings import bundled

if TYPE_CHECKING:
    import nisba

TOKEN = "NISBA_TOKEN"
"""The variable with the token that a service is asked with. No option: others may list those."""

SEEDS = str(bundled("seeds", "gazetteer"))
MODELS = bundled("models")


class Format(StrEnum):
    """How results are written: for a person, or one JSON object a line."""

    PRETTY = "pretty"
    JSON = "json"


Server = Annotated[
    str | None,
    typer.Option(
        metavar="ADDR",
        help="Ask the service at HOST:PORT, with the token in NISBA_TOKEN if there is one; "
        "default: in this process.",
    ),
]
GazetteerPath = Annotated[
    str,
    typer.Option(envvar="NISBA_GAZETTEER", help="Folder of YAML files, JSONL file, or store."),
]
ModelsPath = Annotated[Path, typer.Option(envvar="NISBA_MODELS", help="A Stanza resource folder.")]
Top = Annotated[int, typer.Option(min=1, max=20, help="Most candidates of a name.")]
OutputFormat = Annotated[Format, typer.Option("--format", help="How to write the results.")]


def connected(server: str) -> nisba.Client:
    """Return a client of the service at an address, with the token of the environment, if any."""
    import nisba  # noqa: PLC0415 (gRPC: only who asks a server waits for it)

    return nisba.Client(server, token=os.environ.get(TOKEN))
