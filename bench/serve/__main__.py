"""`python -m bench.serve`: load, overload and faults; writes bench/results/serve.md.

Every figure is of one run on one machine, callers included. `--quick` shortens all of it, and
leaves the gazetteer of a million names out; `--soak` says for how many minutes memory is watched.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bench.serve.measuring import Plan, measured
from bench.serve.page import page

_RESULTS = Path(__file__).resolve().parents[1] / "results" / "serve.md"
# 2.4 names for each, beside those of the seeds.
_MILLION_NAMES = 417_000


def main() -> None:
    """Measure and write the page."""
    plan = _plan()
    written = page(plan, asyncio.run(measured(plan)), sys.argv[1:])
    print(written)
    _RESULTS.write_text(written, encoding="utf-8")


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench.serve")
    parser.add_argument("--quick", action="store_true", help="everything short, seeds alone")
    parser.add_argument("--soak", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--overload", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--faults", type=int, default=200, metavar="N")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    if asked.workers < 1:
        parser.error("--workers: at least 1; a server without workers is measured in any case")
    if asked.quick:
        return Plan(5, 5, 8, 5, min(asked.faults, 20), asked.workers, 0)
    minutes = (60 * asked.overload, 60 * asked.soak)
    return Plan(30, 30, *minutes, asked.faults, asked.workers, _MILLION_NAMES)


if __name__ == "__main__":
    main()
