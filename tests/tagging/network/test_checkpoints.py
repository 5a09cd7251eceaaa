from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from nisba_service.tagging.network import checkpoints
from nisba_service.tagging.network.checkpoints import Unreadable

WEIGHTS = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 7
CONTENTS = {
    "config": {"lowercase": True, "shorthand": "ar_حماس", "dropout": 0.5},
    "weights": WEIGHTS,
    "same": WEIGHTS[1:],
    "halves": torch.tensor([0.5, -2.25, 3.0], dtype=torch.float16),
}


def saved(path: Path, contents: Any, *, zipped: bool = False) -> Path:
    torch.save(contents, path, _use_new_zipfile_serialization=zipped)
    return path


def test_what_stanza_writes_is_read_as_torch_reads_it(tmp_path: Path) -> None:
    read = checkpoints.read(saved(tmp_path / "a.pt", CONTENTS))
    assert read["config"] == CONTENTS["config"]
    for name in ("weights", "same", "halves"):
        expected = CONTENTS[name]
        assert isinstance(expected, torch.Tensor)
        assert np.array_equal(read[name].mapped(), expected.numpy())
        assert read[name].mapped().dtype == expected.numpy().dtype
    assert read["halves"].floats().dtype == np.float32


def test_mapped_numbers_stay_in_the_file(tmp_path: Path) -> None:
    mapped = checkpoints.read(saved(tmp_path / "a.pt", CONTENTS))["weights"].mapped()
    assert isinstance(mapped, np.memmap)
    assert not mapped.flags.writeable


@pytest.mark.parametrize("size", [0, 1, 30, 200, -1, -20])
def test_a_file_that_is_cut_off_is_unreadable(tmp_path: Path, size: int) -> None:
    path = saved(tmp_path / "a.pt", CONTENTS)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(Unreadable, match=r"a\.pt"):
        checkpoints.read(path)


def test_other_formats_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        checkpoints.read(saved(tmp_path / "zipped.pt", CONTENTS, zipped=True))
    (tmp_path / "page.pt").write_bytes(b"<html>")
    with pytest.raises(Unreadable):
        checkpoints.read(tmp_path / "page.pt")
    with pytest.raises(Unreadable):
        checkpoints.read(tmp_path / "missing.pt")


@pytest.mark.parametrize("tensor", [WEIGHTS.T, WEIGHTS.to(torch.int64), WEIGHTS[:, 1:]])
def test_tensors_of_other_kinds_are_unreadable(tmp_path: Path, tensor: torch.Tensor) -> None:
    with pytest.raises(Unreadable):
        checkpoints.read(saved(tmp_path / "a.pt", {"weights": tensor}))


def test_a_file_that_holds_no_table_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no table"):
        checkpoints.read(saved(tmp_path / "a.pt", [WEIGHTS]))


class Harmful:
    """Pickled as a call that makes a folder when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_a_file_cannot_make_the_reader_call_anything(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.pt", {"config": Harmful(tmp_path / "made")})
    with pytest.raises(Unreadable):
        checkpoints.read(path)
    assert not (tmp_path / "made").exists()
