"""A whole run in a process of its own, to be killed: `python -m tests.archive.run_alone …`."""

from __future__ import annotations

import sys
from pathlib import Path

from nisba_service.archive.engines.base import Engine
from nisba_service.archive.engines.inline import InlineEngine
from nisba_service.archive.engines.local import LocalEngine
from tests.archive.workshop import linked, new_archive, relinked, taken_in


def main() -> None:
    folder, before, after, workers, *inputs = sys.argv[1:]
    engine: Engine = LocalEngine(int(workers)) if int(workers) else InlineEngine()
    archive = new_archive(Path(folder), shard_documents=2)
    print("begun", flush=True)
    taken_in(archive, *inputs, engine=engine)
    linked(archive, Path(before), engine)
    relinked(archive, Path(before), Path(after), engine)
    print("done", flush=True)


if __name__ == "__main__":
    main()
