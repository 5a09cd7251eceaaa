"""Is everything as it was written? The checksums of all files.

A shard that is damaged is taken out of its dataset, so that the next run makes it again from what
it was made of. Inputs are not the archive's and may be gone, and what files of a gazetteer said
they may say no longer: what came from these is set aside under another name, never deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nisba_service.archive import durable
from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive
from nisba_service.archive.gazetteers import snapshots
from nisba_service.archive.inputs.register import Register
from nisba_service.archive.layout import ARROW, PARQUET, Layout
from nisba_service.archive.manifest import Manifest, read_manifest
from nisba_service.archive.progress import Observer
from nisba_service.archive.taking_in import DOCUMENTS
from nisba_service.errors import ArchiveDamaged


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written, and what is to be done."""

    path: Path
    what: str
    remedy: str


def datasets(layout: Layout) -> Iterator[tuple[Path, str]]:
    """Yield the folder of each dataset, and what its files end in."""
    yield layout.documents, PARQUET
    yield from ((layout.tagged(model), PARQUET) for model in layout.models())
    for state in layout.states():
        yield layout.links(state), PARQUET
        if layout.traces(state).is_dir():
            yield layout.traces(state), ARROW


def check_files(archive: Archive, observer: Observer) -> tuple[Damage, ...]:
    """Read every file of an archive whose lock is held; drop the shards that are damaged.

    Raises ArchiveDamaged: a manifest cannot be read.
    """
    layout = archive.layout
    found: list[Damage] = []
    read = [(folder, suffix, read_manifest(folder)) for folder, suffix in datasets(layout)]
    known = [(folder, suffix, one) for folder, suffix, one in read if one is not None]
    observer.begin("verifying", sum(manifest.bytes for _, _, manifest in known), "bytes")
    for folder, suffix, manifest in known:
        found += _check_dataset(folder, suffix, manifest, observer)
    return (
        *found,
        *_missing_documents(layout),
        *_check_sums(layout),
        *_check_snapshots(layout),
    )


def _check_dataset(
    folder: Path, suffix: str, manifest: Manifest, observer: Observer
) -> list[Damage]:
    dataset = Dataset(folder, manifest.origin, suffix)
    found, damaged = [], []
    for number, shard in dataset.shards.items():
        path = dataset.path(number)
        fault = _fault(path, shard.sha256)
        if fault is not None and fault.is_lost:
            damaged.append(number)
            found.append(Damage(path, fault.what, _remedy(path, manifest.origin.kind)))
        elif fault is not None:
            found.append(Damage(path, fault.what, _LEFT))
        observer.advance(shard.bytes, 0, 0)
    if manifest.origin.kind == DOCUMENTS.kind:
        dataset.set_aside(damaged)
    else:
        dataset.drop(damaged)
    return found


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a file; `is_lost`: what it held is not in it any longer."""

    what: str
    is_lost: bool = True


# A disk or a network may fail for a while, and permissions can be given: the file may be whole.
_LEFT = "it is left as it is: see to the disk or to its permissions, and verify again"


def _fault(path: Path, sha256: str) -> _Fault | None:
    try:
        same = durable.checksum(path) == sha256
        return None if same else _Fault("other bytes than were written")
    except FileNotFoundError:
        return _Fault("missing")
    except OSError as error:
        return _Fault(f"cannot be read: {error.strerror}", is_lost=False)


def _remedy(path: Path, kind: str) -> str:
    if kind == DOCUMENTS.kind:
        return (
            f"{_set_aside(path)}`nisba archive tag` makes it again from its input: if that is gone,"
            " put it back where it was first"
        )
    return f"`nisba archive {'tag' if kind == 'tagged' else 'link'}` makes it again"


def _set_aside(path: Path) -> str:
    return f"it is set aside as {durable.aside(path).name}; " if path.exists() else ""


def _missing_documents(layout: Layout) -> Iterator[Damage]:
    documents = read_manifest(layout.documents)
    have = set() if documents is None else set(documents.shards)
    for taken in Register(layout.inputs).inputs:
        if taken.is_whole and (gone := set(taken.numbers) - have):
            what = f"shards {min(gone)} to {max(gone)}, {len(gone)} in all, are not in documents/"
            yield Damage(Path(taken.address), what, "`nisba archive tag` reads them again")


def _check_sums(layout: Layout) -> Iterator[Damage]:
    """Check the files beside which lies their checksum: deltas."""
    for path in sorted((layout.root / "deltas").glob(f"*{durable.SUM}")):
        fault = _fault(path.with_suffix(""), path.read_text(encoding="utf-8").split(maxsplit=1)[0])
        if fault is not None:
            remedy = "`nisba archive relink` between the two states writes it again"
            yield Damage(path.with_suffix(""), fault.what, remedy if fault.is_lost else _LEFT)


def _check_snapshots(layout: Layout) -> Iterator[Damage]:
    """Read the gazetteers that came from files; one that is damaged is set aside."""
    for source in snapshots(layout):
        try:
            source.load()
        except ArchiveDamaged as error:
            if isinstance(error.__cause__, OSError):
                yield Damage(error.path, f"cannot be read: {error.__cause__.strerror}", _LEFT)
                continue
            remedy = f"{_set_aside(error.path)}`nisba archive link` to the same files keeps them"
            durable.set_aside(error.path)
            yield Damage(error.path, "other bytes than were written", f"{remedy} again")
