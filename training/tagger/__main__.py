"""Train the tagging models of a language: from data files to a models folder.

    python -m training.tagger ar --data FOLDER --out FOLDER

See docs/training.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nisba_service.errors import NisbaServiceError
from nisba_service.names.types import Language
from nisba_service.settings import bundled
from training.tagger import pipeline, recipe, report


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every step, and say how the result does."""
    options = _parser().parse_args(arguments)
    chosen = recipe.FULL[options.language]
    places = pipeline.Places(
        data=options.data,
        base=options.base,
        out=options.out,
        work=options.work or options.out.with_name(f"{options.out.name}-work") / chosen.language,
        raw=tuple(options.raw),
    )
    if options.miniature:
        chosen = recipe.miniature(chosen)
    try:
        print(report.summary(pipeline.run(chosen, places, _tell)))
    except (NisbaServiceError, ValueError) as error:
        sys.exit(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.tagger", description=__doc__)
    parser.add_argument("language", type=Language, choices=list(Language))
    parser.add_argument("--data", type=Path, required=True, help="has a folder for each language")
    parser.add_argument("--out", type=Path, required=True, help="models folder to make or add to")
    parser.add_argument("--base", type=Path, default=bundled("models"), help="models to build upon")
    parser.add_argument("--work", type=Path, help="for what the steps leave; default: beside OUT")
    parser.add_argument("--raw", type=Path, nargs="*", default=[], help="text for word vectors")
    parser.add_argument("--miniature", action="store_true", help="every step, in seconds")
    return parser


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
