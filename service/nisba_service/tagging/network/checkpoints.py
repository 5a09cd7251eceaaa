"""Files that Stanza writes with torch.save, read without torch; tensors stay in the file, mapped.

This is torch's older format, which Stanza asks for: a few pickles one after the other, then the
numbers of all tensors. The pickles may hold plain values and tensors and nothing else. Mapped
pages are shared by all processes that read them.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001


class Unreadable(Exception):
    """The file is damaged, or of another format than the one that is read here."""


@dataclass(slots=True)
class _Storage:
    """Where the numbers of tensors are; `position` in bytes, known once the pickles are read."""

    path: Path
    dtype: np.dtype[Any]
    size: int
    position: int = -1


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor of a file. `offset` in numbers."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]

    def mapped(self) -> NDArray[Any]:
        """Return the numbers as they are, read-only, in the file."""
        dtype = self.storage.dtype
        position = self.storage.position + self.offset * dtype.itemsize
        return np.memmap(self.storage.path, dtype, "r", position, self.shape)

    def floats(self) -> NDArray[np.float32]:
        """Return a copy in memory."""
        return np.array(self.mapped(), np.float32)


def read(path: Path) -> dict[str, Any]:
    """Return what a file holds, `Tensor` in the place of each tensor.

    Raises:
        Unreadable: the file is damaged, or of another format.
    """
    try:
        with path.open("rb") as file:
            contents = _contents(path, file)
    except Exception as error:  # whatever the bytes of a damaged pickle lead to
        raise Unreadable(f"{path}: {type(error).__name__}") from error
    if not isinstance(contents, dict):
        raise Unreadable(f"{path}: holds no table")
    return contents


def _contents(path: Path, file: BinaryIO) -> Any:
    header = [_Unpickler(path, file).load() for _ in range(3)]
    if header[:2] != [_MAGIC, _PROTOCOL] or not header[2]["little_endian"]:
        raise ValueError("another format")
    unpickler = _Unpickler(path, file)
    contents = unpickler.load()
    for key in _Unpickler(path, file).load():
        _place(unpickler.storages[key], file)
    return contents


def _place(storage: _Storage, file: BinaryIO) -> None:
    """Find a storage at the file's place: its size, in 8 bytes, then its numbers. Go behind it."""
    if int.from_bytes(file.read(8), "little") != storage.size:
        raise ValueError("another size")
    storage.position = file.tell()
    end = file.seek(storage.size * storage.dtype.itemsize, 1)
    if end > storage.path.stat().st_size:
        raise EOFError


class _Unpickler(pickle.Unpickler):
    """Reads plain values and tensors; all else is refused."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        super().__init__(file)
        self._path = path
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        return _KNOWN[module, name]

    def persistent_load(self, identity: Any) -> _Storage:
        kind, dtype, key, _, size, view = identity
        if kind != "storage" or view is not None:
            raise pickle.UnpicklingError("another kind of reference")
        return self.storages.setdefault(key, _Storage(self._path, dtype, size))


def _tensor(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any
) -> Tensor:
    """Stand in for torch's function of this place in a pickle."""
    if strides != _strides(shape) or offset + int(np.prod(shape)) > storage.size:
        raise pickle.UnpicklingError("another order of numbers")
    return Tensor(storage, offset, shape)


def _strides(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the distances, in numbers, between neighbours in rows that follow each other."""
    return tuple(int(np.prod(shape[axis + 1 :])) for axis in range(len(shape)))


_KNOWN: dict[tuple[str, str], Callable[..., Any] | np.dtype[Any]] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch", "FloatStorage"): np.dtype("<f4"),
    ("torch", "HalfStorage"): np.dtype("<f2"),
}
