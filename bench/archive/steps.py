"""The commands of one archive, as a user types them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.archive.commands import nisba
from nisba_service.archive.description import SHARD_DOCUMENTS
from nisba_service.archive.layout import Layout, state_name

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Commands on the archive in `folder`, with the gazetteer in `store`."""

    folder: Path
    store: Path
    workers: int = 2

    def links(self, revision: int) -> Path:
        """Return the dataset of links to a revision."""
        return Layout(self.folder).links(state_name("", revision))

    def traces(self, revision: int) -> Path:
        """Return the dataset of traces of a revision."""
        return Layout(self.folder).traces(state_name("", revision))

    def tag(self, source: Path, shard_documents: int = SHARD_DOCUMENTS) -> Command:
        """Take articles in, in shards of a size, and tag them."""
        return self._command("tag", source, "--shard-documents", shard_documents)

    def link(self) -> Command:
        """Link everything to the newest revision."""
        return self._command("link", "--gazetteer", self.store)

    def relink(self, revision: int) -> Command:
        """Link again what a revision can change."""
        return self._command("relink", "--to", revision, "--gazetteer", self.store)

    def _command(self, name: str, *arguments: object) -> Command:
        where = ("--archive", self.folder, "--workers", self.workers, "--format", "json")
        return nisba("archive", name, *arguments, *where)
