"""What a dataset says of itself: `_manifest.json` beside its shards.

While a run writes the dataset, each shard is one line of a journal, so that a commit costs the same
however many shards there are; when the last is there, the lines go into the manifest. Reading takes
both together. A manifest names its journal by its generation, so that putting the next manifest in
its place takes the lines over and begins another journal in one step.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nisba_service.archive import durable
from nisba_service.archive.tables import FORMAT
from nisba_service.errors import ArchiveDamaged

# Readers of Parquet pass over what begins with an underscore when they are given a folder.
MANIFEST = "_manifest.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of a dataset, and what it must be.

    Attributes:
        documents: documents of the shard; `rows` of its table may be more or fewer.
        made_from: the checksums of the files that it was made of.
        rejected: documents or rows of the input that the shard lacks, see rejects/.
    """

    number: int
    documents: int
    rows: int
    bytes: int
    sha256: str
    made_from: tuple[str, ...] = ()
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """What the shards of a dataset depend on besides the shards they are made of.

    Two datasets of one origin over the same documents are the same bytes. What does not apply is
    empty: documents have neither model nor gazetteer.
    """

    kind: str
    model: str = ""
    policy: str = ""
    gazetteer_version: str = ""
    gazetteer_revision: int = 0
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Manifest:
    """A dataset: what it was made with, its shards by number, and whether they are all.

    Attributes:
        written_by: the library that wrote the files.
        completed: the time, UTC, at which the dataset was last complete; empty if it never was.
        generation: counts the manifests of the dataset.
    """

    origin: Origin
    shards: Mapping[int, Shard] = field(default_factory=lambda: MappingProxyType({}))
    complete: bool = False
    written_by: str = ""
    completed: str = ""
    generation: int = 0

    @property
    def documents(self) -> int:
        """Return the number of documents of all shards."""
        return sum(shard.documents for shard in self.shards.values())

    @property
    def rows(self) -> int:
        """Return the number of rows of all shards."""
        return sum(shard.rows for shard in self.shards.values())

    @property
    def bytes(self) -> int:
        """Return the size of all shards."""
        return sum(shard.bytes for shard in self.shards.values())

    @property
    def rejected(self) -> int:
        """Return the number of rejects of all shards."""
        return sum(shard.rejected for shard in self.shards.values())

    def lacking(self, documents: Mapping[int, Shard]) -> list[int]:
        """Return which shards of documents it lacks, or has made of other documents."""
        return [number for number, shard in documents.items() if not self._follows(number, shard)]

    def _follows(self, number: int, documents: Shard) -> bool:
        shard = self.shards.get(number)
        if shard is None:
            return False
        return not shard.made_from or shard.made_from[0] == documents.sha256


def read_manifest(folder: Path) -> Manifest | None:
    """Return what a dataset says of itself; None if there is none in the folder.

    Raises ArchiveDamaged.
    """
    path = folder / MANIFEST
    try:
        manifest = _parsed(json.loads(path.read_bytes()))
        lines = _whole_lines(journal(folder, manifest.generation))
        committed = [_shard(json.loads(line)) for line in lines]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArchiveDamaged(path, type(error).__name__) from error
    if not committed:
        return manifest
    shards = {**manifest.shards, **{shard.number: shard for shard in committed}}
    return replace(manifest, shards=_in_order(shards))


def journal(folder: Path, generation: int) -> Path:
    """Return where the shards are written down that were committed since a manifest."""
    return folder / f"_journal-{generation:06d}.jsonl"


def drop_old_journals(folder: Path) -> None:
    """Remove journals of earlier manifests, which a kill left behind. Raises ArchiveDamaged."""
    found = sorted(folder.glob("_journal-*.jsonl"))
    manifest = read_manifest(folder) if found else None
    for path in found:
        if manifest is None or path != journal(folder, manifest.generation):
            path.unlink(missing_ok=True)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest that holds everything, in the place of the one before. Raises OSError."""
    content = asdict(replace(manifest, shards={}))
    content["shards"] = [asdict(shard) for shard in manifest.shards.values()]
    durable.write(folder / MANIFEST, _json(content, indent=1).encode())
    journal(folder, manifest.generation - 1).unlink(missing_ok=True)


def append_shard(folder: Path, generation: int, shard: Shard) -> None:
    """Commit one shard to the dataset whose manifest has this generation. Raises OSError."""
    durable.append_line(journal(folder, generation), _json(asdict(shard)))


def _json(content: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(content, ensure_ascii=False, indent=indent)


def _whole_lines(path: Path) -> list[bytes]:
    # A kill may cut the last line short: its shard was not committed.
    content = path.read_bytes() if path.exists() else b""
    return content.split(b"\n")[:-1]


def _parsed(content: dict[str, Any]) -> Manifest:
    shards = {shard.number: shard for shard in map(_shard, content.pop("shards"))}
    origin = Origin(**content.pop("origin"))
    return Manifest(**{**content, "origin": origin, "shards": _in_order(shards)})


def _shard(content: dict[str, Any]) -> Shard:
    return Shard(**{**content, "made_from": tuple(content["made_from"])})


def _in_order(shards: Mapping[int, Shard]) -> Mapping[int, Shard]:
    return MappingProxyType(dict(sorted(shards.items())))
