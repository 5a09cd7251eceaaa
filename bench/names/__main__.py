"""`python -m bench.names [SECTION …]`: name matching beside its peers; bench/results/names.md.

Sections are retrieval, scan, pairs, calibration, name-bench and speed; without any, all are
measured. Those that are not keep what the results say of them, each with the day of its measuring.

The data are not part of this repository. NISBA_NAMES_DATA names the folder of the tasks (T1, T2,
T3); NISBA_NAME_BENCH, if set, nomenklatura's contrib/name_bench/cases.csv. Without the first, the
benchmark says so and ends. Peers come with `pip install 'nisba-service[bench]'`.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.names.report import SECTIONS, Bench
from bench.names.systems import systems

RESULTS = Path(__file__).parents[1] / "results" / "names.md"
_MARK = re.compile(r"^<!-- (\S+) -->$", re.MULTILINE)
_HEAD = """\
# Name matching

The models of this service were fitted to the development split that is asked here;
`python -m training.names` prints what they reach on names kept out of the
fitting.
"""


def main(chosen: Sequence[str]) -> None:
    """Measure, print, write."""
    folder = os.environ.get("NISBA_NAMES_DATA", "")
    if not folder:
        sys.exit("bench.names: skipped; set NISBA_NAMES_DATA to the folder of the tasks")
    unknown = set(chosen) - SECTIONS.keys()
    if unknown:
        sys.exit(f"bench.names: no section {', '.join(sorted(unknown))}; {', '.join(SECTIONS)}")
    found, missing = systems()
    cases = os.environ.get("NISBA_NAME_BENCH", "")
    bench = Bench(Path(folder), found, Path(cases) if cases else None)
    for name in chosen or SECTIONS:
        lines = []
        for line in _section(name, bench, missing):
            print(line, flush=True)
            lines.append(line)
        _keep(name, "\n".join(lines))


def _section(name: str, bench: Bench, missing: Sequence[str]) -> Iterator[str]:
    yield from SECTIONS[name](bench)
    left_out = f" Peers left out, not installed: {', '.join(missing)}." if missing else ""
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    yield f"*{datetime.now(UTC):%Y-%m-%d}, {machine}.{left_out}*"


def _keep(name: str, text: str) -> None:
    """Write a section to the results, in its place among the others."""
    RESULTS.parent.mkdir(exist_ok=True)
    known = sections(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    known[name] = text
    blocks = [f"<!-- {n} -->\n{known[n].strip()}\n" for n in SECTIONS if n in known]
    RESULTS.write_text("\n".join([_HEAD, *blocks]), "utf-8")


def sections(results: str) -> dict[str, str]:
    """Return the sections of a results file by their names."""
    _, *pieces = _MARK.split(results)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


if __name__ == "__main__":
    main(sys.argv[1:])
