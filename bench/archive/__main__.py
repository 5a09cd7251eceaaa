"""`python -m bench.archive`: what an archive costs; writes bench/results/archive.md and its plot.

Three sizes are measured, each ten times the one before, and the page is written after each. What
takes longest is done at the largest size only if `--all` is given: edits of more than ten entities,
and linking everything anew to compare each shard with what following the edits made. Each step
is named when it begins, its figures follow when it ends. With `--keep DIR`, a run that was stopped
goes on with the step that it was at.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.archive.corpus import Corpus
from bench.archive.figures import Scale
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
        everything: link the largest anew after all edits; follow the largest edits there, too.
    """

    documents: int = 100_000
    sample: int = 2_000
    everything: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the archives, the smallest first."""
        return self.documents // 100, self.documents // 10, self.documents


# Entities of the largest edit: at the largest size, more is linking nearly everything again.
_MOST, _MOST_AT_LARGEST = 1_000, 10


def measure(folder: Path, plan: Plan, corpus: Corpus, workers: int) -> Iterator[Run]:
    """Yield all figures that there are after each size."""
    cast = corpus.articles.cast
    measuring = Measuring(folder, corpus, workers)
    tagged = measuring.tagged(plan.sample)
    scales: list[Scale] = []
    for documents in plan.sizes:
        is_largest = documents == plan.documents
        is_whole = plan.everything or not is_largest
        most = _MOST if is_whole else _MOST_AT_LARGEST
        edits = planned(cast, most, is_largest=is_largest)
        scales.append(measuring.scale(documents, edits, again=is_whole))
        yield Run(corpus.size.known, tagged, tuple(scales), _command(plan))


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
    # As Ctrl-C, so that no command outlives a time limit.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="nisba-bench-") as name:
        # Figures of another seed, or of more workers, are other figures.
        folder = (given.keep or Path(name)) / f"seed-{given.seed}-workers-{given.workers}"
        for run in measure(folder, plan, Corpus(given.seed), given.workers):
            print(markdown(run))
            if not given.print_only:
                RESULTS.write_text(f"{markdown(run)}\n", "utf-8")
                draw(run, RESULTS.with_suffix(".png"))


if __name__ == "__main__":
    main()
