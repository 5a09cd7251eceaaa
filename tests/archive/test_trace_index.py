"""The traces of a shard: looked up by question, kept in a file, followed from state to state."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nisba_service.archive import tables
from nisba_service.archive.questions import Kind, key
from nisba_service.archive.trace import NO_TRACE, Trace, TracedLinker
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.errors import ArchiveDamaged
from nisba_service.linking.parts import Parts
from tests.archive.relinking import MARKED, marked
from tests.linking.world import WORLD


@pytest.fixture(scope="module")
def traces() -> list[Trace]:
    linker = TracedLinker(Parts.of(WORLD))
    return [linker.link(*tagged)[1] for tagged in marked(*MARKED)]


def documents(index: TraceIndex, *keys: int) -> list[int]:
    return sorted(set(index.asking(keys)[0].tolist()))


def write(index: TraceIndex, path: Path) -> None:
    tables.stage_arrow(path, index.table(), index.documents).path.rename(path)


def bytes_of(index: TraceIndex, path: Path) -> bytes:
    write(index, path)
    return path.read_bytes()


def test_the_documents_that_asked_a_question(traces: Sequence[Trace]) -> None:
    index = TraceIndex.of(traces)
    assert index.documents == len(MARKED)
    assert documents(index, key(Kind.NAME, "Michel Aoun")) == [0]
    assert documents(index, key(Kind.NAME, "ميشال عون")) == [5]
    tripoli = [n for n, text in enumerate(MARKED) if "Tripoli" in text]
    assert documents(index, key(Kind.WORD, "tripoli")) == tripoli
    assert documents(index, key(Kind.WORD, "haifa"), key(Kind.NAME, "Haifa")) == []


def test_the_documents_that_asked_all_of_some_questions(traces: Sequence[Trace]) -> None:
    index = TraceIndex.of(traces)
    words = [key(Kind.WORD, word) for word in ("tripoli", "libyan", "capital")]
    assert index.asking_all(words) == {4}
    assert index.asking_all([*words, key(Kind.WORD, "fatah")]) == set()


def test_a_file_holds_the_same_and_equal_traces_make_equal_bytes(
    traces: Sequence[Trace], tmp_path: Path
) -> None:
    index = TraceIndex.of(traces)
    written = bytes_of(index, tmp_path / "one.arrow")
    assert bytes_of(TraceIndex.of(list(traces)), tmp_path / "two.arrow") == written
    opened = TraceIndex.open(tmp_path / "one.arrow")
    assert opened.table().equals(index.table())
    assert documents(opened, key(Kind.NAME, "ميشال عون")) == [5]


@pytest.mark.parametrize("seed", range(8))
def test_other_traces_for_some_documents_make_what_is_made_anew(
    traces: Sequence[Trace], seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    state: list[Trace] = [chance.choice([NO_TRACE, *traces]) for _ in range(12)]
    index = TraceIndex.of(state)
    for _ in range(3):
        other = {n: chance.choice([NO_TRACE, *traces]) for n in chance.sample(range(12), 3)}
        state = [other.get(number, trace) for number, trace in enumerate(state)]
        index = index.updated(other)
        anew = TraceIndex.of(state)
        assert bytes_of(index, tmp_path / "updated") == bytes_of(anew, tmp_path / "anew")


@pytest.mark.parametrize("traces", [[], [NO_TRACE, NO_TRACE]])
def test_no_traces(traces: Sequence[Trace], tmp_path: Path) -> None:
    write(TraceIndex.of(traces), tmp_path / "none.arrow")
    index = TraceIndex.open(tmp_path / "none.arrow")
    assert index.documents == len(traces)
    assert documents(index, key(Kind.WORD, "فتح"), key(Kind.WORD, "fatah")) == []


def test_what_is_read_of_a_file_is_not_copied(traces: Sequence[Trace], tmp_path: Path) -> None:
    write(TraceIndex.of(traces), tmp_path / "one.arrow")
    opened = TraceIndex.open(tmp_path / "one.arrow")
    assert not opened.questions.keys.flags.owndata
    assert not opened.reads.by_key.rows.values.flags.owndata
    assert opened.questions.keys.dtype == np.uint64


@pytest.mark.parametrize("content", [b"", b"no Arrow at all"])
def test_a_damaged_file_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "part-00000.arrow"
    path.write_bytes(content)
    with pytest.raises(ArchiveDamaged, match="part-00000"):
        TraceIndex.open(path)
