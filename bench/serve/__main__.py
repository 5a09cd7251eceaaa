"""`python -m bench.serve`: load, overload and faults; writes bench/results/serve.md.

Every figure is of one run on one machine, callers included. The page is written after each part: a
part that fails, or a run that is cut short, leaves what came before it. `--minutes` says how long
all of it may take; `--soak`, `--overload` and `--faults` set one part apart.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from bench.serve.figures import Measured
from bench.serve.measuring import PARTS, run
from bench.serve.page import page
from bench.serve.plan import Plan

_RESULTS = Path(__file__).resolve().parents[1] / "results" / "serve.md"


def main() -> None:
    """Measure and write the page."""
    plan, parts = _asked()

    def note(measured: Measured) -> None:
        _RESULTS.write_text(page(plan, measured, sys.argv[1:]), encoding="utf-8")

    measured = asyncio.run(run(plan, parts, note))
    print(page(plan, measured, sys.argv[1:]))
    sys.exit(bool(measured.failed))


def _asked() -> tuple[Plan, list[str]]:
    parser = argparse.ArgumentParser(prog="python -m bench.serve")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; else all")
    parser.add_argument("--quick", action="store_true", help="everything short, seeds alone")
    parser.add_argument("--minutes", type=float, default=20.0, help="of the whole run, about")
    parser.add_argument("--soak", type=float, metavar="MINUTES")
    parser.add_argument("--overload", type=float, metavar="MINUTES")
    parser.add_argument("--faults", type=int, metavar="N")
    parser.add_argument("--entities", type=int, metavar="N", help="made up beside the seeds")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    if asked.workers < 1:
        parser.error("--workers: at least 1; a server without workers is measured in any case")
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    plan = Plan.quick(asked.workers) if asked.quick else Plan.of(asked.minutes, asked.workers)
    return _changed(plan, asked), asked.parts or list(PARTS)


def _changed(plan: Plan, asked: argparse.Namespace) -> Plan:
    if asked.soak is not None:
        plan = replace(plan, soak=60 * asked.soak)
    if asked.overload is not None:
        plan = replace(plan, overload=60 * asked.overload)
    if asked.faults is not None:
        plan = replace(plan, faults=asked.faults)
    if asked.entities is not None:
        plan = replace(plan, entities=asked.entities)
    return plan


if __name__ == "__main__":
    main()
