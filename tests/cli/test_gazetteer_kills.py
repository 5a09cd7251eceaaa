"""Commands that are killed or stopped on the way: the store is at the old or the new revision."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.rules import names_of, to_entity
from nisba_service.gazetteer.store.model import Revision
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.version import ContentHash
from tests.cli.gazetteer_runs import Desk

KILLS = 20
ENTITIES = 1_000


def start(desk: Desk, *arguments: str) -> subprocess.Popen[str]:
    """Start `nisba gazetteer` as a process of its own."""
    command = [sys.executable, "-m", "nisba_service.cli", "gazetteer", *arguments]
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [*command, "--store", desk.store],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def write_entities(path: Path, name: str) -> None:
    """Write entities that all bear one name, in both scripts, and are related to each other."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(ENTITIES):
            record = {
                "id": f"per:{number:05}",
                "type": "PERSON",
                "names": [{"name": f"{name} Arafat"}, {"name": "عرفات", "kind": "short"}],
                "relations": [{"rel": "near", "target": f"per:{ENTITIES - 1 - number:05}"}],
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def whole(desk: Desk) -> Revision:
    """Return the newest revision, once all that is stored has proved to be it."""
    with sqlite3.connect(desk.store) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    url = parse_location(desk.store)
    assert isinstance(url, StoreUrl)
    with Store.open(url) as store:
        head = store.head()
        records = [stored.record for stored in store.records() if stored.record is not None]
    entities = [to_entity(record, names_of(record)) for record in records]
    assert ContentHash.of(entities, {}).version == head.version
    assert len({record.names[0].name for record in records}) <= 1
    return head


def test_kill_during_import_and_apply(desk: Desk) -> None:
    chance = random.Random(7)
    for name in ("Yasser", "Yasir"):
        write_entities(desk.folder / f"{name}.jsonl", name)
    commands: list[tuple[str, ...]] = [
        (*("import", f"{name}.jsonl", "--existing", "replace"), "--reason", "x")
        for name in ("Yasser", "Yasir")
    ]
    commands += [("apply", f"{name}.jsonl", "--reason", "x") for name in ("Yasser", "Yasir")]
    began = time.monotonic()
    first = start(desk, *commands[0])
    first.communicate()
    assert first.returncode == 0
    needed = time.monotonic() - began

    before, outcomes = whole(desk), set()
    for number in range(KILLS):
        process = start(desk, *commands[(number + 1) % len(commands)])
        time.sleep(needed * chance.uniform(0.4, 1.1))
        process.kill()
        process.communicate()
        after = whole(desk)
        assert after.number in (before.number, before.number + 1)
        outcomes.add(after.number - before.number)
        before = after

    # None was killed before it began to matter, or all: the test would show nothing.
    assert 0 in outcomes


def test_ctrl_c_says_where_the_store_is(desk: Desk) -> None:
    pipe = desk.folder / "pipe.jsonl"
    os.mkfifo(pipe)
    process = start(desk, "import", pipe.name, "--from", "jsonl")
    with pipe.open("w", encoding="utf-8") as writer:  # returns once the import reads
        writer.write('{"id": "per:a", "type": "PERSON", "names": [{"name": "ياسر عرفات"}]}\n')
        writer.flush()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()

    assert process.returncode == 130
    assert told == "nisba: interrupted; the store is at revision 0\n"
    assert whole(desk).number == 0


def test_an_import_from_a_pipe(desk: Desk) -> None:
    pipe = desk.folder / "pipe.jsonl"
    os.mkfifo(pipe)
    process = start(desk, "import", pipe.name, "--from", "jsonl")
    with pipe.open("w", encoding="utf-8") as writer:
        writer.write('{"id": "per:a", "type": "PERSON", "names": [{"name": "ياسر عرفات"}]}\n')
    told, _ = process.communicate()

    assert told.startswith("revision 1: 1 created")
