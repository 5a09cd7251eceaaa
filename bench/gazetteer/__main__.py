"""`python -m bench.gazetteer`: measures, prints the table, writes bench/results/gazetteer.md."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from bench.gazetteer.processes import Ran, Taken, run
from bench.gazetteer.results import Run, markdown, table
from bench.gazetteer.synthetic import lines

RESULTS = Path(__file__).parents[1] / "results" / "gazetteer.md"
CLI = ("-m", "nisba_service.cli", "gazetteer")
STORE = "bench.db"


def main(entities: int, seed: int, results: Path | None) -> None:
    """Measure, print, and write if there is a file to write to."""
    with tempfile.TemporaryDirectory(prefix="nisba-bench-") as name:
        done = measure(Path(name), entities, seed)
    print(table(done))
    if results is not None:
        results.write_text(markdown(done) + "\n", "utf-8")


def measure(folder: Path, entities: int, seed: int) -> Run:
    """Return the figures of all steps, each in a process of its own."""
    source = folder / "entities.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(entities, seed))
    imported = run((*CLI, "import", source.name, "--store", STORE), folder)
    size = sum(path.stat().st_size for path in folder.glob(f"{STORE}*"))
    exports = {form: _export(folder, form) for form in ("jsonl", "yaml", "ftm", "csv")}
    served = run(("-m", "bench.gazetteer.serving", STORE), folder)
    figures = json.loads(served.output)
    return Run(
        entities=entities,
        names=_name_count(imported.output),
        source_bytes=source.stat().st_size,
        store_bytes=size,
        imported=imported,
        exports=exports,
        served=served,
        taken={step: Taken(*taken) for step, taken in figures["taken"].items()},
        mib=figures["mib"],
    )


def _export(folder: Path, form: str) -> Ran:
    target = folder / f"out-{form}"
    ran = run((*CLI, "export", target.name, "--to", form, "--store", STORE), folder)
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink()
    return ran


def _name_count(output: str) -> int:
    """Return the number in "… entities, 2,300,000 names"."""
    (line,) = (line for line in output.splitlines() if line.startswith("revision "))
    return int(line.rsplit(", ", 1)[1].split(" ")[0].replace(",", ""))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.gazetteer")
    parser.add_argument("--entities", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--print-only", action="store_true", help="leave the results file alone")
    given = parser.parse_args()
    main(given.entities, given.seed, None if given.print_only else RESULTS)
