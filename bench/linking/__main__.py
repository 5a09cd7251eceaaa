"""`python -m bench.linking GOLD.jsonl…`: both systems, one run; writes bench/results/linking.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bench.linking.peer import Lookalikes, Peer
from bench.linking.results import Run, markdown, tables
from nisba_service.errors import NisbaServiceError
from nisba_service.evaluation import gold, report_table
from nisba_service.evaluation.evaluate import evaluate
from nisba_service.evaluation.systems import LocalSystem
from nisba_service.gazetteer.load import load
from nisba_service.linking.linker import Linker
from nisba_service.linking.parts import Parts
from nisba_service.settings import bundled
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.stanza_tagger import StanzaTagger

# No weight was fitted to these, and their errors were not read: see tests/golden/README.md.
HELD_OUT = frozenset({"heldout.jsonl", "mentions.jsonl"})
RESULTS = Path(__file__).parents[1] / "results" / "linking.md"


def main(paths: Sequence[Path]) -> None:
    """Measure, print, write. Raises NisbaServiceError."""
    done = runs(paths)
    for run in done:
        print(f"{run.title}\n\n{report_table.report(tables(run))}\n")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(markdown(done) + "\n", "utf-8")


def runs(paths: Sequence[Path]) -> list[Run]:
    """Return what both systems make of the documents, with the bundled models and gazetteer.

    Held-out documents come first and apart.
    """
    gazetteer = load(bundled("seeds", "gazetteer"))
    own = Parts.of(gazetteer)
    tagger = StanzaTagger.load(bundled("models"))
    linker = Linker(own, MentionFinder(tagger, own.spotter))
    parts = {
        "Held-out documents": [path for path in paths if path.name in HELD_OUT],
        "Development documents": [path for path in paths if path.name not in HELD_OUT],
    }
    return [
        _run(title, files, Peer(tagger, Lookalikes(gazetteer)), linker)
        for title, files in parts.items()
        if files
    ]


def _run(title: str, paths: Sequence[Path], peer: Peer, linker: Linker) -> Run:
    documents = gold.read(paths)
    made_by = linker.provenance
    return Run(
        title=title,
        peer=evaluate(peer, documents),
        nisba=evaluate(LocalSystem(linker), documents),
        files=tuple(f"{path.parent.name}/{path.name}" for path in paths),
        cutoffs=", ".join(f"{language} {cutoff}" for language, cutoff in peer.cutoffs.items()),
        versions=f"gazetteer {made_by.gazetteer_version}, models {made_by.model_version}, "
        f"policy {made_by.policy_version}",
    )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m bench.linking GOLD.jsonl…")
    try:
        main([Path(argument) for argument in sys.argv[1:]])
    except NisbaServiceError as error:
        sys.exit(str(error))
