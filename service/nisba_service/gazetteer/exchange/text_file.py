"""A text file that is either there whole, or as it was."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from nisba_service.errors import ExchangeError


def write_lines(path: Path, lines: Iterable[str], *, replace: bool) -> None:
    """Write lines to a file, which appears once all are written.

    Raises ExchangeError if it cannot be written, or is there already and `replace` is not set.
    """
    if path.exists() and not replace:
        raise ExchangeError(f"{path}: is there already; --replace writes over it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.writelines(f"{line}\n" for line in lines)
            beside.chmod(0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be written: {error.strerror or error}") from None
