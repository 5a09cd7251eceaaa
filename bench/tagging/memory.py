"""What a process holds that tags and does nothing else, step by step. Reads /proc: Linux alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OURS, BY_STANZA = "Nisba", "by Stanza"
LOADED, TAGGED = "both languages loaded", "the documents tagged, one by one and together"


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes: resident, and of these the process's own, which no other process shares."""

    resident: float
    own: float


def measure(models: Path, gold: Sequence[Path]) -> dict[str, dict[str, Held]]:
    """Return what is held after each step, by a process for either way to run the models."""
    return {OURS: _process(models, gold, network=True), BY_STANZA: _process(models, gold)}


def _process(models: Path, gold: Sequence[Path], *, network: bool = False) -> dict[str, Held]:
    command = [sys.executable, "-m", __name__, str(int(network)), str(models), *map(str, gold)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {step: Held(*held) for step, held in json.loads(done.stdout).items()}


def steps(network: bool, models: Path, gold: Sequence[Path]) -> Iterator[tuple[str, Held]]:
    """Take the steps in this process."""
    # Here, so that what they need is not there before the first step.
    yield "Python", held()
    import numpy  # noqa: F401, PLC0415

    yield "numpy", held()
    if not network:
        import torch  # noqa: F401, PLC0415

        yield "torch", held()
        import stanza  # noqa: F401, PLC0415

        yield "stanza", held()
    from nisba_service.evaluation.gold import read  # noqa: PLC0415
    from nisba_service.names.types import Language  # noqa: PLC0415
    from nisba_service.tagging.stanza_tagger import StanzaTagger  # noqa: PLC0415

    documents = read(gold)
    yield "Nisba's tagging, the documents", held()
    tagger = StanzaTagger.load(models, network=network)
    yield LOADED, held()
    for language in Language:
        texts = [document.text for document in documents if document.language is language]
        for text in texts:
            tagger.tag([text], language)
        tagger.tag(texts, language)
    yield TAGGED, held()


def held() -> Held:
    """Return what this process holds now."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()[1:]
    table = {name: int(rest.split()[0]) for name, rest in (line.split(":") for line in lines)}
    return Held(_mb(table, "Rss"), _mb(table, "Private_Clean") + _mb(table, "Private_Dirty"))


def _mb(table: Mapping[str, int], name: str) -> float:
    return table[name] / 1024


if __name__ == "__main__":
    network, models, *gold = sys.argv[1:]
    found = steps(network == "1", Path(models), [Path(path) for path in gold])
    print(json.dumps({step: (at.resident, at.own) for step, at in found}))
