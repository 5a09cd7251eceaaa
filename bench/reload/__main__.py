"""`python -m bench.reload`: 200 edits land while texts are linked; nothing may fail or be mixed.

A real `nisba serve` over the bundled models and a store of the seed gazetteer, in a process of its
own. Every edit moves one name in each language from one person to another, both at once; a text
with both names must be linked to the person that its revision says. Prints how long calls take
with and without edits, how long an edit takes until it is served, and what went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import nisba
from nisba_service.cli.own_server import own_server
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.schema import parse
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.store import Store
from nisba_service.settings import bundled

NAMES = ("Zaydan Marwani", "زيدان المرواني")
OWNERS = ("per:bench-even", "per:bench-odd")
TEXTS = (
    "The delegation was led by Zaydan Marwani, who met officials in Ramallah on Sunday.",
    "ترأس الوفد زيدان المرواني الذي التقى مسؤولين في رام الله يوم الأحد.",
)


@dataclass(slots=True)
class Tally:
    """What the load met: seconds of each call, revisions, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    revisions: set[int] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    mixed: int = 0


def people(number: int) -> list[nisba.Entity]:
    """Return both people as they are in revision `number`."""
    return [
        nisba.Entity(
            owner,
            nisba.EntityType.PERSON,
            tuple(
                nisba.Name(name, "")
                for name in (f"Nobody Else {number}", *(NAMES if number % 2 == parity else ()))
            ),
        )
        for parity, owner in enumerate(OWNERS)
    ]


async def link(client: nisba.AsyncClient, tally: Tally, stop: asyncio.Event) -> None:
    """Link both texts in one call, again and again."""
    while not stop.is_set():
        started = time.perf_counter()
        try:
            outcomes = await client.link_batch(TEXTS, timeout=60)
        except nisba.NisbaError as error:
            tally.failed.append(repr(error))
            continue
        tally.seconds.append(time.perf_counter() - started)
        for document in outcomes:
            if isinstance(document, nisba.NisbaError):
                tally.failed.append(repr(document))
                continue
            number = document.provenance.gazetteer_revision
            tally.revisions.add(number)
            if document.entity_ids & set(OWNERS) != {OWNERS[number % 2]}:
                tally.mixed += 1


async def run(address: str, first: int, edits: int, callers: int) -> int:
    """Measure without edits, then with them; print the figures and return the exit code."""
    async with nisba.AsyncClient(address, timeout=60) as client:
        await client.import_entities(people(first))
        quiet = await measured(client, callers, asyncio.sleep(10))
        took: list[float] = []
        busy = await measured(client, callers, edit(client, first + 1, edits, took))
    report("LinkTexts, no edits", quiet.seconds)
    report("LinkTexts, with edits", busy.seconds)
    report("edit until served", took)
    print(f"{edits} edits, {len(busy.revisions)} revisions met by {len(busy.seconds)} calls")
    print(f"failed calls: {len(busy.failed)}, answers of a mixed revision: {busy.mixed}")
    for problem in busy.failed[:5]:
        print(problem, file=sys.stderr)
    return 1 if busy.failed or busy.mixed else 0


async def measured(client: nisba.AsyncClient, callers: int, during: object) -> Tally:
    """Let callers link while something else is done."""
    tally, stop = Tally(), asyncio.Event()
    load = [asyncio.create_task(link(client, tally, stop)) for _ in range(callers)]
    await during  # type: ignore[misc]  # a coroutine of either kind
    stop.set()
    await asyncio.gather(*load)
    return tally


async def edit(client: nisba.AsyncClient, first: int, edits: int, took: list[float]) -> None:
    """Make edits one after another."""
    for number in range(first, first + edits):
        started = time.perf_counter()
        revision = await client.import_entities(people(number), reason="bench")
        took.append(time.perf_counter() - started)
        assert revision.number == number, "somebody else edits this store"


def report(what: str, seconds: list[float]) -> None:
    """Print the median and the tail."""
    cuts = quantiles(seconds, n=100)
    shown = ", ".join(f"p{at} {cuts[at - 1] * 1000:.0f} ms" for at in (50, 95, 99))
    print(f"{what}: {len(seconds)} in {sum(seconds):.0f} s of calls, {shown}")


@contextmanager
def seeded(location: str | None) -> Iterator[tuple[str, int]]:
    """Yield where a store of the seed gazetteer is, and the number of its next revision."""
    with tempfile.TemporaryDirectory(prefix="nisba-bench-") as folder:
        where = location or str(Path(folder, "gazetteer.db"))
        url = parse_location(where)
        assert isinstance(url, StoreUrl), "name a store"
        with Store.open(url) as store:
            sources = read_records(bundled("seeds", "gazetteer"))
            edits = (Put(parse(s)) for s in sources if isinstance(s, SourceRecord))
            revision = store.commit(edits, Note("bench"))
        yield where, revision.number + 1


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench.reload", description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--callers", type=int, default=2)
    parser.add_argument("--store", help="a store to use; default: a SQLite file of its own")
    options = parser.parse_args()
    with seeded(options.store) as (where, first):
        os.environ["NISBA_GAZETTEER"] = where
        with own_server() as address:
            return asyncio.run(run(address, first, options.edits, options.callers))


if __name__ == "__main__":
    sys.exit(main())
