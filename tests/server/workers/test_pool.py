"""Worker processes, real ones: they answer as this process would, and none is missed for long."""

from __future__ import annotations

import gc
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from types import MappingProxyType

import pytest

from nisba_service.errors import ModelsError, ScriptUnsupported
from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.gazetteer.model import Entity, Gazetteer, Name
from nisba_service.linking.model import LinkedDocument
from nisba_service.names.types import EntityType, Language
from nisba_service.server.engine import Engine
from nisba_service.server.errors import ShuttingDown
from nisba_service.server.reading import Reader, Reading, Spent, Task, Text, Unwanted, read_each
from nisba_service.server.workers.hire import with_workers
from nisba_service.server.workers.messages import WorkerFault
from nisba_service.server.workers.pool import Crew, WorkerPool
from nisba_service.server.workers.staff import Staff as Figures
from nisba_service.server.workers.worker import Limits
from nisba_service.tagging.model import Document
from tests.support.engine import ENTITIES, engine
from tests.support.faulty import (
    BREAKS,
    DIES,
    HANGS,
    dies_once,
    held,
    load_faulty,
    load_if_there,
    load_nothing,
)

ENGLISH = "Leaders of Hamas met Rami Hamdallah in Gaza."
ARABIC = "التقى قادة حماس رامي الحمد الله في غزة."
LIMITS = Limits(start=60, silence=30)


@dataclass(slots=True)
class Asked:
    """A text, and whether somebody still waits for it."""

    work: Text
    expires: float = float("inf")
    is_wanted: bool = True
    spent: Spent | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A pool, and the engine that it reads for."""

    engine: Engine
    pool: WorkerPool

    def asked(
        self, *texts: str, reader: Reader | None = None, task: Task = Task.LINK
    ) -> list[Asked]:
        reader = reader or self.engine.reader
        return [Asked(Text(reader, Document(text), task)) for text in texts]

    def read(self, *texts: str, reader: Reader | None = None) -> list[Reading | Exception]:
        return list(self.pool.read_each(self.asked(*texts, reader=reader)))


def gazetteer() -> Gazetteer:
    return Gazetteer({e.id: e for e in sorted(ENTITIES, key=lambda e: e.id)}, "stand-in-1")


@contextmanager
def staff(count: int = 1, silence: float = 30) -> Iterator[Staff]:
    made, pool = with_workers(gazetteer(), Crew(count, load_faulty, Limits(60, silence)))
    try:
        yield Staff(made, pool)
    finally:
        pool.close()


@pytest.fixture(scope="module")
def one() -> Iterator[Staff]:
    with staff() as it:
        yield it


def until(true: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come true")


def entities(outcome: object) -> list[str]:
    assert isinstance(outcome, LinkedDocument), outcome
    return [link.decision.entity_id for link in outcome.links]


ANSWER = ["org:hamas", "per:rami-hamdallah", "loc:gaza"]


def test_texts_are_answered_as_in_this_process_to_the_last_digit(one: Staff) -> None:
    texts = (ENGLISH, ARABIC, f"{ENGLISH} {ARABIC}", "", "العاروري")
    here = list(read_each(Staff(engine(), one.pool).asked(*texts)))
    there = one.read(*texts)
    assert [o.links for o in there if isinstance(o, LinkedDocument)] == [
        o.links for o in here if isinstance(o, LinkedDocument)
    ]
    assert entities(there[1]) == ANSWER


def test_texts_that_are_only_tagged_are_tagged(one: Staff) -> None:
    [tagged] = one.pool.read_each(one.asked(ARABIC, task=Task.TAG))
    [here] = read_each(Staff(engine(), one.pool).asked(ARABIC, task=Task.TAG))
    assert tagged == here


def test_errors_of_a_text_cross_the_border_and_their_words_do_not(one: Staff) -> None:
    foreign, broken, good = one.read("哈马斯领导人在加沙会见了记者", f"{BREAKS} سر", ARABIC)
    assert isinstance(foreign, ScriptUnsupported)
    assert foreign.rule
    assert isinstance(broken, WorkerFault)
    assert broken.fault.kind == "KeyError"
    assert any("faulty.py" in place for place in broken.fault.places)
    assert BREAKS not in repr(broken.fault)
    assert entities(good) == ANSWER


def test_what_nobody_waits_for_is_dropped_in_the_middle_of_a_batch(
    one: Staff, tmp_path: Path
) -> None:
    hold = tmp_path / "hold"
    jobs = one.asked(f"{ENGLISH} {held(hold)}", ENGLISH, ARABIC)
    jobs[2].expires = time.monotonic() + 0.05
    outcomes: list[Reading | Exception] = []
    thread = Thread(target=lambda: outcomes.extend(one.pool.read_each(jobs)))
    thread.start()
    until(lambda: Path(f"{hold}.begun").exists())
    jobs[1].is_wanted = False
    time.sleep(0.2)  # the pool looks for callers that went ten times in it
    hold.touch()
    thread.join()
    first, cancelled, late = outcomes
    assert entities(first) == ANSWER
    assert isinstance(cancelled, Unwanted)
    assert isinstance(late, Unwanted)


def test_a_reader_that_a_worker_lacks_is_brought_to_it(one: Staff) -> None:
    other = Reader(engine().parts, one.engine.tagger)
    one.pool.prepare(other, one.engine.reader, None)
    assert entities(one.read(ARABIC, reader=other)[0]) == ANSWER
    assert entities(one.read(ARABIC)[0]) == ANSWER


def added(number: int) -> GazetteerChanges:
    """Return the changes of an edit that makes a person."""
    names = (Name("Zaydan Marwani", Language.EN), Name("زيدان المرواني", Language.AR))
    person = Entity("per:zaydan-marwani", EntityType.PERSON, names)
    return GazetteerChanges(
        (person,), ("org:hamas",), MappingProxyType({}), (), f"edited-{number}", number
    )


def test_an_edit_is_with_all_workers_before_it_is_served_and_the_old_reader_still_answers() -> None:
    with staff(count=2) as it:
        edited = it.engine.updated(added(1))
        it.pool.prepare(edited.reader, it.engine.reader, added(1))
        text = "التقى زيدان المرواني قادة حماس."
        for _ in range(4):
            [new] = it.read(text, reader=edited.reader)
            [old] = it.read(text)
            assert entities(new) == ["per:zaydan-marwani"]
            assert "org:hamas" in entities(old)
            assert isinstance(new, LinkedDocument)
            assert new.provenance.gazetteer_revision == 1


def test_a_reader_that_is_no_more_is_forgotten_by_the_workers() -> None:
    with staff() as it:
        first, second = it.engine.updated(added(1)), it.engine.updated(added(2))
        it.pool.prepare(first.reader, it.engine.reader, added(1))
        it.pool.prepare(second.reader, first.reader, None)
        [worker] = it.pool._workers
        assert len(worker.known) == 3
        del first
        gc.collect()
        until(lambda: len(worker.known) == 2)
        assert entities(it.read("زيدان المرواني", reader=second.reader)[0]) == [
            "per:zaydan-marwani"
        ]


def test_a_killed_worker_is_replaced_by_one_with_the_newest_reader() -> None:
    with staff() as it:
        edited = it.engine.updated(added(1))
        it.pool.prepare(edited.reader, it.engine.reader, added(1))
        [pid] = it.pool.pids
        os.kill(pid, signal.SIGKILL)
        [outcome] = it.read("زيدان المرواني", reader=edited.reader)
        assert entities(outcome) == ["per:zaydan-marwani"]
        assert it.pool.pids.isdisjoint({pid})
        assert entities(it.read(ARABIC)[0]) == ANSWER, "and one before it is brought when needed"


def test_what_a_text_took_comes_with_its_answer(one: Staff) -> None:
    asked = one.asked(ENGLISH, ARABIC)
    began = time.monotonic()
    list(one.pool.read_each(asked))
    for text in asked:
        assert text.spent is not None
        assert began <= text.spent.tagged.began < text.spent.linked.ended <= time.monotonic()


def test_how_many_workers_are_alive_and_were_lost_is_known() -> None:
    with staff(2) as team:
        assert team.pool.staff == Figures(wanted=2, alive=2)
        os.kill(min(team.pool.pids), signal.SIGKILL)
        until(lambda: team.pool.staff == Figures(wanted=2, alive=2, lost=1))


def test_texts_that_a_dying_worker_read_are_read_again(tmp_path: Path) -> None:
    with staff() as it:
        outcomes = it.read(ENGLISH, f"{ARABIC} {dies_once(tmp_path / 'died')}", ARABIC)
        assert [entities(outcome) for outcome in outcomes] == [ANSWER] * 3


def test_a_text_that_kills_two_workers_is_a_fault_of_its_own_call_alone() -> None:
    with staff(count=2) as it:
        before, poison, after = it.read(ENGLISH, f"{ARABIC} {DIES}", ARABIC)
        assert entities(before) == entities(after) == ANSWER
        assert isinstance(poison, WorkerFault)
        until(lambda: len(it.pool.pids) == 2)


def test_a_worker_that_hangs_is_killed_and_its_other_texts_are_read() -> None:
    with staff(silence=0.5) as it:
        hanging, good = it.read(f"{HANGS} حماس", ARABIC)
        assert isinstance(hanging, WorkerFault)
        assert entities(good) == ANSWER


def test_nobody_waits_for_a_worker_in_vain() -> None:
    with staff() as it:
        [pid] = it.pool.pids
        jobs = it.asked(ARABIC)
        jobs[0].is_wanted = False
        os.kill(pid, signal.SIGKILL)
        [outcome] = it.pool.read_each(jobs)
        assert isinstance(outcome, Unwanted)


def test_a_pool_that_can_start_no_worker_says_so_until_it_can_again(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.touch()
    crew = Crew(1, partial(load_if_there, models), Limits(60, 30, absence=0.2))
    made, pool = with_workers(gazetteer(), crew)
    try:
        assert pool.are_able
        models.unlink()
        [pid] = pool.pids
        os.kill(pid, signal.SIGKILL)
        until(lambda: not pool.are_able)
        models.touch()
        until(lambda: pool.are_able)
        assert entities(*Staff(made, pool).read(ARABIC)) == ANSWER
    finally:
        pool.close()


def test_a_pool_that_replaces_its_worker_in_time_stays_able() -> None:
    with staff() as it:
        [pid] = it.pool.pids
        os.kill(pid, signal.SIGKILL)
        until(lambda: it.pool.staff.lost == 1)
        assert it.pool.are_able


def test_workers_that_cannot_load_their_models_end_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Of its own: other servers of this machine make and remove such folders, too.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ModelsError, match="no models here"):
        with_workers(gazetteer(), Crew(2, load_nothing, LIMITS))
    assert not list(tmp_path.iterdir()), "the snapshot is gone"


def test_closing_ends_the_processes_and_refuses_what_comes() -> None:
    with staff(count=2) as it:
        pids = it.pool.pids
        it.pool.close()
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)
        [outcome] = it.read(ARABIC)
        assert isinstance(outcome, ShuttingDown)
