"""What a run learns of an error in another process."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from nisba_service.archive.engines.portable import portable
from nisba_service.errors import (
    ArchiveDamaged,
    ArchiveError,
    GazetteerError,
    ModelsError,
    Problem,
    WorkerFailed,
)


@pytest.mark.parametrize(
    "error",
    [
        ModelsError("لا نماذج في /models"),
        ArchiveDamaged(Path("/archive/part-00000.parquet"), "it is missing"),
        OSError(28, "No space left on device", "/archive/مقالات"),
    ],
)
def test_what_is_expected_arrives_as_it_is(error: Exception) -> None:
    arrived = pickle.loads(pickle.dumps(portable(error)))
    assert (type(arrived), str(arrived)) == (type(error), str(error))


def test_what_a_pickle_would_spoil_says_the_same() -> None:
    error = GazetteerError((Problem("names.yaml", 3, "must have a name"),))
    arrived = pickle.loads(pickle.dumps(portable(error)))
    assert (type(arrived), str(arrived)) == (ArchiveError, "names.yaml:3: must have a name")


@pytest.mark.parametrize("text", ["Aruri met Hamdallah.", "التقى العاروري بالحمد الله."])
def test_a_fault_tells_where_it_happened_and_no_word_of_a_text(text: str) -> None:
    def break_down() -> None:
        raise KeyError(text)

    with pytest.raises(KeyError) as fault:
        break_down()
    told = portable(fault.value)
    assert isinstance(told, WorkerFailed)
    assert "KeyError" in str(told)
    assert "break_down" in str(told)
    assert text not in str(told)
