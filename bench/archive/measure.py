"""The measuring itself: one command after another, each as long as a user would wait for it.

What was measured to its end is not measured again; what was cut short begins anew, since a command
that only goes on would look cheaper than it is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.archive.articles import Articles
from bench.archive.commands import run
from bench.archive.contents import dataset
from bench.archive.corpus import Corpus
from bench.archive.curated import new_store, open_store
from bench.archive.edits import Curator
from bench.archive.figures import Again, Cost, Relinked, Scale, Tagged
from bench.archive.ledger import Ledger
from bench.archive.plan import IDLE, Planned
from bench.archive.sample import found
from bench.archive.steps import Command, Steps

_FIRST = 1  # the revision that everything is linked to before any edit
_IDLE_DOCUMENTS = 2
_SHARDS_OF_SAMPLE = 20  # so that two workers end at about the same time
_COPIED = ("archive.json", "inputs.json", "documents", "tagged")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command took; the rows that there are now, what it worked on, what it changed."""

    cost: Cost
    rows: int
    done: int
    changes: int


@dataclass(frozen=True)
class Measuring:
    """Measures in a folder, with so many workers where it is not one and two that are compared."""

    folder: Path
    corpus: Corpus
    workers: int = 2

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.folder / "ledger.json")

    @cached_property
    def _articles(self) -> Articles:
        return self.corpus.articles

    def tagged(self, documents: int) -> Tagged:
        """Tag a sample with the real tagger, by one worker and by two, and nearly nothing."""
        one, two = (self._tag(documents, workers) for workers in (1, 2))
        idle_one, idle_two = (self._tag(_IDLE_DOCUMENTS, workers) for workers in (1, 2))
        label = f"share of names found in {documents:,} articles"
        shares = self._ledger.get(label, lambda: self._found(documents))
        return Tagged(documents, one, two, idle_one, idle_two, shares)

    def scale(self, documents: int, edits: Sequence[Planned], *, again: bool) -> Scale:
        """Link an archive, follow one edit after another, and link it anew if wanted."""
        name = f"{documents:,}"
        steps = self._steps(f"archive-{documents}", self.workers)
        linked = self._told(
            f"{name}: link", steps.link(), lambda: self._build(steps.folder, documents)
        )
        idle, *relinked = (
            self._relinked(steps, name, revision, edit)
            for revision, edit in enumerate((IDLE, *edits), _FIRST + 1)
        )
        last = _FIRST + 1 + len(edits)
        anew = self._again(steps, f"{name}: link anew", last) if again else None
        return Scale(documents, linked.rows, linked.cost, idle.cost, relinked, anew)

    def _tag(self, documents: int, workers: int) -> Cost:
        source = self.folder / f"sample-{documents}.jsonl"
        self._once(source, lambda path: self.corpus.write(path, documents))
        steps = self._steps(f"tagged-{documents}-{workers}", workers)
        label = f"tag {documents:,} articles, {workers} workers"
        shard = -(-documents // _SHARDS_OF_SAMPLE)
        return self._told(label, steps.tag(source, shard), lambda: _clear(steps.folder)).cost

    def _found(self, documents: int) -> list[float]:
        steps = self._steps(f"tagged-{documents}-2", self.workers)
        run(steps.link(), self._output)
        return list(found(steps.links(_FIRST), self._articles, documents))

    def _relinked(self, steps: Steps, name: str, revision: int, edit: Planned) -> Relinked:
        """Make a revision, unless it has been made, and follow it."""
        with open_store(steps.store) as store:
            if store.head().number < revision:
                edit.make(Curator(store, f"{self.corpus.seed}:{revision}"))
            ids = [change.entity_id for change in store.diff(revision - 1, revision)]
        told = self._told(
            f"{name}: {edit.what} (revision {revision})",
            steps.relink(revision),
            lambda: _clear(steps.links(revision), steps.traces(revision)),
        )
        rank = min(map(self._articles.cast.rank, ids))
        return Relinked(edit.what, rank, told.done, told.changes, told.cost)

    def _again(self, steps: Steps, label: str, revision: int) -> Again:
        """Link everything anew at a revision, elsewhere, and compare all shards."""
        other = Steps(steps.folder.with_suffix(".anew"), steps.store, self.workers)
        told = self._told(label, other.link(), lambda: _copy_tagged(steps.folder, other.folder))
        followed, anew = _shards(steps, revision), _shards(other, revision)
        equal = sum(followed.get(name) == checksum for name, checksum in anew.items())
        return Again(told.cost, equal, len(anew.keys() | followed.keys()))

    def _told(
        self, label: str, command: Command, before: Callable[[], None] = lambda: None
    ) -> Told:
        """Run a command, unless it was measured before; return what it took and told."""

        def measured() -> list[float]:
            before()
            ran = run(command, self._output)
            told = json.loads(ran.output.splitlines()[-1])
            summary = told.get("summary", told)
            counts = summary["rows"], summary["done"], told.get("changes", 0)
            return [ran.clock, ran.processor, max(ran.mib, ran.worker_mib), *counts]

        clock, processor, mib, *counts = self._ledger.get(label, measured)
        return Told(Cost(clock, processor, mib), *map(round, counts))

    def _steps(self, name: str, workers: int) -> Steps:
        """Return the commands of an archive that has a gazetteer of its own."""
        first, store = self.folder / "gazetteer.db", self.folder / f"{name}.db"
        self._once(
            first, lambda path: new_store(path, self._articles.cast, self.corpus.seed).close()
        )
        self._once(store, lambda path: shutil.copyfile(first, path))
        return Steps(self.folder / name, store, workers)

    def _once(self, path: Path, make: Callable[[Path], object]) -> None:
        """Make a file elsewhere and put it in its place, unless it stands there."""
        if not path.exists():
            with TemporaryDirectory(dir=self.folder) as elsewhere:
                made = Path(elsewhere) / path.name
                make(made)
                made.replace(path)

    def _build(self, archive: Path, documents: int) -> None:
        _clear(archive)
        self.corpus.build(archive, documents, self.workers)

    @property
    def _output(self) -> Path:
        return self.folder / "output.txt"


def _shards(steps: Steps, revision: int) -> Mapping[str, str]:
    """Return the checksums of a state's links and traces."""
    links = dataset(steps.folder, steps.links(revision))
    return {**links, **dataset(steps.folder, steps.traces(revision))}


def _copy_tagged(archive: Path, other: Path) -> None:
    """Make another archive of the same tagged articles, which is not linked."""
    _clear(other)
    shutil.copytree(archive, other, ignore=_others)


def _others(folder: str, names: list[str]) -> list[str]:
    is_archive = "archive.json" in names
    return [name for name in names if is_archive and name not in _COPIED]


def _clear(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
