"""Inputs become shards of documents: each row once, or in rejects/ with the reason.

An input is read from its beginning each time, and cut into shards in the same way: so a run that
was killed goes on where it was (shards that are there are compared, not written again), and a shard
that was damaged is made again. If the input cannot be read to its end, is changed meanwhile, or has
too many rejects, nothing of it stays: an input is taken in as a whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from nisba_service.archive import durable, tables
from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive
from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.inputs.cutting import Cut, Reading, checksum
from nisba_service.archive.inputs.known_ids import KnownIds
from nisba_service.archive.inputs.locations import Input, locate
from nisba_service.archive.inputs.register import Register, TakenIn
from nisba_service.archive.layout import shard_name
from nisba_service.archive.limit import Count, RejectLimit
from nisba_service.archive.manifest import Origin, Shard
from nisba_service.archive.progress import Observer
from nisba_service.archive.rejects import write_rejects
from nisba_service.errors import InputError, TooManyRejects

DOCUMENTS = Origin("documents")


class TakingIn:
    """Takes inputs into an archive whose lock is held."""

    def __init__(self, archive: Archive, observer: Observer, limit: RejectLimit) -> None:
        self._archive = archive
        self._observer = observer
        self._limit = limit
        self._register = Register(archive.layout.inputs)
        self._dataset = Dataset(archive.layout.documents, DOCUMENTS)
        self._ids = _Ids(archive.layout.root / f"{durable.TEMPORARY}ids.sqlite", self._dataset)

    def take_in(self, addresses: Sequence[str], columns: Columns) -> Dataset:
        """Mend what is damaged, take in what a run was killed over, then what is new.

        Raises InputError, TooManyRejects, OSError.
        """
        inputs = [locate(address) for address in addresses]
        self._clear_rejects()
        with closing(self._ids):
            for taken in self._register.inputs:
                if taken.is_whole and not all(self._dataset.has(n, ()) for n in taken.numbers):
                    self._mend(taken)
            unfinished = self._register.unfinished
            if unfinished is not None:
                # Its shards are the last: whatever is new comes behind them.
                inputs.sort(key=lambda one: one.address != unfinished.address)
                if not inputs or inputs[0].address != unfinished.address:
                    self._observer.note(f"{unfinished.address}: taken in to its end first")
                    self._read(unfinished, unfinished.address)
            for input in inputs:
                self._take(input, columns)
        self._dataset.finish()
        return self._dataset

    def _take(self, input: Input, columns: Columns) -> None:
        taken = self._register.find(input.address)
        if taken is None:
            taken = TakenIn(input.address, columns, self._register.next_shard)
            self._read(taken, input.given)
        elif not taken.is_whole:
            self._read(replace(taken, columns=columns), input.given)
        elif input.stamp == taken.stamp or checksum(input) == taken.sha256:
            if input.stamp != taken.stamp:
                self._register.put(replace(taken, stamp=input.stamp))
            self._observer.note(f"{input.address}: is in the archive already")
        else:
            raise InputError(
                f"{input.address}: has changed since it was taken in, so nothing was done; put"
                " what is new into a file of its own, or begin another archive"
            )

    def _read(self, taken: TakenIn, given: str) -> None:
        """Read an input that is not whole, at the address that the user gave.

        What is wrong with it undoes what was read of it.
        """
        self._dataset.open()
        self._register.put(taken)
        try:
            whole = self._shards(locate(given), taken)
        except (InputError, TooManyRejects):
            self._drop_from(taken.first_shard)
            self._register.remove(taken)
            raise
        self._drop_from(whole.numbers.stop)
        self._register.put(whole)

    def _shards(self, input: Input, taken: TakenIn) -> TakenIn:
        count, number, position = Count(input.address), taken.first_shard, 0
        reading = Reading(input, taken.columns, self._ids.before(number))
        self._observer.begin("taking in", input.size, "bytes")
        for cut in reading.cuts(self._archive.description.shard_documents):
            count.add(len(cut.documents), cut.rejects)
            self._write_rejects(number, cut)
            count.check(self._limit)
            self._commit(number, cut)
            self._observer.advance(cut.read - position, len(cut.documents), len(cut.rejects))
            number, position = number + 1, cut.read
        count.check(self._limit, at_end=True)
        if locate(input.given).stamp != input.stamp:
            raise InputError(f"{input.address}: was changed while it was read; nothing of it stays")
        self._ids.covered = number
        return replace(
            taken,
            stamp=input.stamp,
            sha256=reading.sha256,
            size=input.size,
            shards=number - taken.first_shard,
            rows=count.rows,
            rejected=count.rejected,
            passed_over=input.passed_over,
        )

    def _mend(self, taken: TakenIn) -> None:
        """Make shards of an input again that are missing, from the input.

        Raises InputError: it is not there any longer, or not what it was.
        """
        self._observer.note(f"{taken.address}: is read again, since shards of it are damaged")
        input = _there_again(taken)
        if input.stamp != taken.stamp and checksum(input) != taken.sha256:
            raise InputError(
                f"{taken.address}: has changed, so shards of it that are damaged cannot be made"
                " again; restore the input, or the archive from a backup"
            )
        ids = self._ids.before(taken.first_shard)
        cuts = Reading(input, taken.columns, ids).cuts(self._archive.description.shard_documents)
        for number, cut in zip(taken.numbers, cuts, strict=True):
            if not self._dataset.has(number, ()):
                self._dataset.drop([number])
                self._write_rejects(number, cut)
                self._commit(number, cut)
                durable.aside(self._dataset.path(number)).unlink(missing_ok=True)
        self._ids.covered = taken.numbers.stop

    def _clear_rejects(self) -> None:
        """Forget the rejects of an input that was not taken in, which were kept to be looked at."""
        if self._register.unfinished is None:
            kept = {f"documents-{shard_name(number, '.jsonl')}" for number in self._dataset.shards}
            for path in self._archive.layout.rejects.glob("documents-*.jsonl"):
                if path.name not in kept:
                    path.unlink()

    def _drop_from(self, first: int) -> None:
        self._dataset.drop([number for number in self._dataset.shards if number >= first])

    def _write_rejects(self, number: int, cut: Cut) -> None:
        name = f"documents-{shard_name(number, '.jsonl')}"
        write_rejects(self._archive.layout.rejects / name, cut.rejects)

    def _commit(self, number: int, cut: Cut) -> None:
        """Commit a shard, unless it is there already."""
        size, rejected = len(cut.documents), len(cut.rejects)
        content = tables.encode(cut.table(), tables.DOCUMENTS)
        sha256 = hashlib.sha256(content).hexdigest()
        shard = Shard(number, size, size, len(content), sha256, rejected=rejected)
        known = self._dataset.shards.get(number)
        if known == shard and self._dataset.has(number, ()):
            return
        if known not in (None, shard):
            # The input is not what it was when a run was killed over it: what follows is not, too.
            self._drop_from(number)
        staged = tables.stage_bytes(self._dataset.path(number), content, size)
        self._dataset.commit(shard, staged)


class _Ids:
    """The IDs of the first shards of the archive, as many as are `covered`."""

    def __init__(self, path: Path, dataset: Dataset) -> None:
        self._path = path
        self._dataset = dataset
        self._known: KnownIds | None = None
        self.covered = 0

    def before(self, shard: int) -> KnownIds:
        """Return the IDs of all shards before one; those of its input are to be added."""
        if self._known is None or self.covered > shard:
            self.close()
            self._known, self.covered = KnownIds(self._path), 0
        columns = ["document_id", "source", "row"]
        for number in range(self.covered, shard):
            table = tables.read(self._dataset.path(number), tables.DOCUMENTS, columns)
            self._known.add_all(zip(*(c.to_pylist() for c in table.columns), strict=True))
        self.covered = shard
        return self._known

    def close(self) -> None:
        """Remove the file."""
        if self._known is not None:
            self._known.close()
            self._known = None


def _there_again(taken: TakenIn) -> Input:
    """Return an input of which shards are damaged. Raises InputError: it is not there."""
    try:
        return locate(taken.address)
    except InputError as error:
        raise InputError(
            f"{error}. Shards of it are missing or damaged, and made again from it alone: put it"
            " back where it was and run `nisba archive tag`, or restore the archive from a backup"
        ) from error
