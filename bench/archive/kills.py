"""`python -m bench.archive.kills`: kills in a row, then everything must be as if there were none.

Two archives of the same articles. In one, tag, link and relink run undisturbed. In the other each
of the three is killed with SIGKILL, all its workers with it, at moments of chance, and begun again;
after so many kills it may end. Then every file must be the same, and as its manifest says. If the
commands end before they are killed often enough, a third archive is made, and so on.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.archive.articles import Articles
from bench.archive.cast import Cast, Size
from bench.archive.commands import killed, run, started
from bench.archive.contents import contents
from bench.archive.curated import new_store, open_store
from bench.archive.edits import Curator
from bench.archive.generate import write_articles
from bench.archive.steps import Command, Steps

_ALIASES = 60
_SHARD_DOCUMENTS = 40  # many small shards: more moments between them to be killed at
_SOONEST = 0.1


@dataclass(slots=True)
class Trial:
    """The three commands on one set of articles, undisturbed once, then killed again and again."""

    folder: Path
    random: Random
    seed: int
    kills: int
    struck: int = 0
    taken: dict[str, float] = field(default_factory=dict)

    def undisturbed(self) -> Path:
        """Run everything, note how long it takes, and return the archive."""
        archive = self.folder / "undisturbed"
        for name, command in self._commands(archive):
            began = time.perf_counter()
            run(command, self.folder / "output.txt")
            self.taken[name] = time.perf_counter() - began
            print(f"{name}: {self.taken[name]:.1f} s undisturbed", flush=True)
        return archive

    def disturbed(self, number: int) -> Path:
        """Run everything, killing each command up to a third of the kills; return the archive."""
        archive = self.folder / f"killed-{number}"
        for name, command in self._commands(archive):
            left = min(self.kills - self.struck, -(-self.kills // len(self.taken)))
            while left and self._killed(name, command):
                left -= 1
            if not left:
                run(command, self.folder / "output.txt")
        return archive

    def _killed(self, name: str, command: Command) -> bool:
        """Start a command and kill it some time; say whether that came before its end."""
        after = self.random.uniform(_SOONEST, max(self.taken[name], 2 * _SOONEST))
        is_killed = killed(started(command, self.folder / "output.txt"), after)
        if is_killed:
            self.struck += 1
            print(f"kill {self.struck}: {name} after {after:.1f} s", flush=True)
        return is_killed

    def _commands(self, archive: Path) -> Iterator[tuple[str, Command]]:
        """Yield the commands; before the last, curators add spellings."""
        store = archive.with_suffix(".db")
        shutil.copyfile(self.folder / "gazetteer.db", store)
        steps = Steps(archive, store)
        yield "tag", steps.tag(self.folder / "articles.jsonl", _SHARD_DOCUMENTS)
        yield "link", steps.link()
        with open_store(store) as opened:
            revision = Curator(opened, self.seed).add_aliases(_ALIASES).number
        yield "relink", steps.relink(revision)


def main(folder: Path, kills: int, documents: int, seed: int) -> int:
    """Kill, compare, and return the exit code."""
    cast = Cast.of(seed, Size(invented=2_000, known=1_500))
    write_articles(folder / "articles.jsonl", Articles(cast, seed).made(0, documents))
    new_store(folder / "gazetteer.db", cast, seed).close()
    trial = Trial(folder, Random(seed), seed, kills)
    expected = contents(trial.undisturbed())
    archives = 0
    while trial.struck < kills:
        archives += 1
        found = contents(trial.disturbed(archives))
        if found != expected:
            wrong = sorted(set(found.items()) ^ set(expected.items()))
            print(f"{len(wrong)} files differ, {wrong[0][0]} among them", file=sys.stderr)
            return 1
    print(f"{trial.struck} kills, {archives} archives: all {len(expected)} files as undisturbed")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.archive.kills")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7, help="of the articles and of the kills")
    parser.add_argument("--keep", type=Path, help="a folder to work in and to leave as it is")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nisba-kills-") as name:
        kept = given.keep or Path(name)
        kept.mkdir(parents=True, exist_ok=True)
        sys.exit(main(kept, given.kills, given.documents, given.seed))
