"""`python -m bench.archive`: what an archive costs; writes bench/results/archive.md and its plot.

Three sizes are measured, each ten times the one before. What takes longest, linking the largest
anew to compare every shard with what relinking made, is done if `--all` is given; at the two
smaller sizes it always is. With `--keep DIR`, a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.archive.cast import Size
from bench.archive.corpus import Corpus
from bench.archive.measure import Measuring
from bench.archive.plan import planned
from bench.archive.plot import draw
from bench.archive.results import Run, markdown

RESULTS = Path(__file__).parents[1] / "results" / "archive.md"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        documents: of the largest archive; the others have a tenth and a hundredth.
        sample: documents that the real tagger tags.
        everything: link the largest anew after all edits; follow the largest edit there, too.
    """

    documents: int = 100_000
    sample: int = 1_000
    everything: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the archives, the smallest first."""
        return self.documents // 100, self.documents // 10, self.documents


# Entities of the largest edit; at the largest size it is linking nearly everything again.
_MOST, _MOST_AT_LARGEST = 1_000, 100


def measure(folder: Path, plan: Plan, seed: int, size: Size, workers: int) -> Run:
    """Return all figures."""
    corpus = Corpus(seed, size)
    cast = corpus.articles.cast
    measuring = Measuring(folder, corpus, workers)
    tagged = measuring.tagged(plan.sample)
    scales = []
    for documents in plan.sizes:
        is_whole = plan.everything or documents < plan.documents
        edits = planned(cast, _MOST if is_whole else _MOST_AT_LARGEST)
        scales.append(measuring.scale(documents, edits, again=is_whole))
    return Run(size.known, tagged, scales, _command(plan))


def _command(plan: Plan) -> str:
    given = "".join(
        (
            f" --documents {plan.documents} --sample {plan.sample}",
            " --all" if plan.everything else "",
        )
    )
    return f"python -m bench.archive{given}"


def main() -> None:
    """Measure, print, and write unless told not to."""
    usual = Plan()
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--documents", type=int, default=usual.documents)
    parser.add_argument("--sample", type=int, default=usual.sample)
    parser.add_argument("--all", action="store_true", help="the slowest steps too")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="a folder to work in, and to go on in")
    parser.add_argument("--print-only", action="store_true", help="leave the results alone")
    given = parser.parse_args()
    plan = Plan(given.documents, given.sample, given.all)
    with tempfile.TemporaryDirectory(prefix="nisba-bench-") as name:
        done = measure(given.keep or Path(name), plan, given.seed, Size(), given.workers)
    print(markdown(done))
    if not given.print_only:
        RESULTS.write_text(f"{markdown(done)}\n", "utf-8")
        draw(done, RESULTS.with_suffix(".png"))


if __name__ == "__main__":
    main()
