"""`nisba archive`: a module for each command, which imports what is heavy once it is run."""

from __future__ import annotations

import typer

from nisba_service.cli.archive.diff import diff
from nisba_service.cli.archive.link import link
from nisba_service.cli.archive.mentions import mentions
from nisba_service.cli.archive.relink import relink
from nisba_service.cli.archive.report import report
from nisba_service.cli.archive.status import status
from nisba_service.cli.archive.tag import tag
from nisba_service.cli.archive.verify import verify

archive = typer.Typer(
    help="Link an archive of articles, and link it again as the gazetteer changes.",
    no_args_is_help=True,
)
for _command in (tag, link, relink, diff, report, mentions, verify, status):
    archive.command()(_command)

__all__ = ["archive"]
