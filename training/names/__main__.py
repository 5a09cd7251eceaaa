"""Learns the tables of the names: `python -m training.names FOLDER --gazetteer FOLDER`.

FOLDER holds the development tasks (T1, T2, T3; see `tasks`) and in `train` the lists of spellings
(see `pairs`). First the weights of letters are learned, from the lists, in about ten minutes on one
core; then, by those letters, the weights of features, in about ten more. The tables are written to
the service's data, and what they reach is printed. The same data give the same tables.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training.names.learn_letters import learn_letters
from training.names.learn_weights import learn_weights


def main() -> None:
    """Learn what is asked for: everything, or with --only one of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gazetteer", type=Path, help="facts.jsonl and variants-dev.jsonl")
    parser.add_argument("--only", choices=("letters", "weights"))
    asked = parser.parse_args()
    if asked.only != "weights":
        learn_letters(asked.folder / "train")
    if asked.only is None:
        # Letters are read when the service's names are imported: a fresh process reads the new.
        subprocess.run(
            [sys.executable, "-m", __package__, *sys.argv[1:], "--only=weights"], check=True
        )
    elif asked.only == "weights":
        learn_weights(asked.folder, asked.gazetteer)


if __name__ == "__main__":
    main()
