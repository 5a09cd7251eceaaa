"""`python -m tests.fuzz.guided TARGET|all --seconds N`: the targets, guided by coverage (atheris).

What it finds is written as `crash-…` into build/fuzz/TARGET, and the exit code is not 0. Its corpus
grows there, too, and the next run goes on from it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import atheris

from tests.fuzz.profile import BUILD

# Bytes of an input: more finds little, and slowly.
_LONGEST = 4_000


def main() -> int:
    """Run one target, or each in a process of its own."""
    with atheris.instrument_imports(include=["nisba_service"]):
        # They are instrumented as they are imported.
        from tests.fuzz.targets import CORPUS, TARGETS  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    wanted = parser.parse_args()
    if wanted.target == "all":
        return _all(list(TARGETS), wanted.seconds)
    grown = BUILD / wanted.target
    grown.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={wanted.seconds}",
        f"-max_len={_LONGEST}",
        "-timeout=60",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={grown}/",
        "-print_final_stats=1",
    ]
    seeds = [folder for folder in (grown, CORPUS / wanted.target) if folder.is_dir()]
    atheris.Setup([sys.argv[0], *options, *map(str, seeds)], TARGETS[wanted.target])
    atheris.Fuzz()
    return 0


def _all(targets: list[str], seconds: int) -> int:
    """Run them one after another; return how many found something."""
    found = 0
    for target in targets:
        print(f"== {target}", flush=True)
        command = [sys.executable, "-m", "tests.fuzz.guided", target, "--seconds", str(seconds)]
        done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
        found += done.returncode != 0
    return found


if __name__ == "__main__":
    sys.exit(main())
