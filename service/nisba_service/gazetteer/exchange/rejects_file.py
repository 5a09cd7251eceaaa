"""Rows that were not taken, with reason, as JSON Lines: to be mended and imported again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self, TextIO

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.drafts import Reject


class RejectsFile:
    """A file that is made when the first row is rejected.

    Args:
        path: where; a file from an earlier import is written over.
        most: how many rows may be rejected; None: any number.
    """

    def __init__(self, path: Path, most: int | None = None) -> None:
        self.path = path
        self.count = 0
        self._most = most
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise ExchangeError(f"{self.path}: cannot be removed: {error.strerror}") from None
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, reject: Reject) -> None:
        """Write a row down. Raises ExchangeError if there are too many, or no room."""
        place = {"path": reject.place.path, "line": reject.place.line}
        content = {**place, "reason": reject.reason, "row": reject.row}
        try:
            if self._file is None:
                self._file = self.path.open("w", encoding="utf-8", newline="\n")
            self._file.write(json.dumps(content, ensure_ascii=False) + "\n")
        except OSError as error:
            raise ExchangeError(f"{self.path}: cannot be written: {error.strerror}") from None
        self.count += 1
        if self._most is not None and self.count > self._most:
            raise ExchangeError(
                f"more than {self._most} rows were rejected, so nothing was imported; "
                f"the last: {reject}; all: {self.path}"
            )
