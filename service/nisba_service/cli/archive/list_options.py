"""The options that the commands share which list what an archive holds."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ListFormat(StrEnum):
    """How a list is written: for a person, one JSON object a line, or for a spreadsheet."""

    PRETTY = "pretty"
    JSON = "json"
    CSV = "csv"


ListOption = Annotated[ListFormat, typer.Option("--format", help="How to write the list.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to; default: standard output."),
]
