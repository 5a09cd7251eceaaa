"""What has been measured so far, in a file: a sitting that was cut short goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path


class Ledger:
    """Numbers under names. Only what was measured to its end is in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, list[float]] = (
            json.loads(path.read_bytes()) if path.exists() else {}
        )

    def get(self, name: str, measure: Callable[[], list[float]]) -> list[float]:
        """Return the numbers of this name, measured now if they have not been before."""
        if name not in self._entries:
            print(name, end=": ", flush=True)
            numbers = measure()
            print(" ".join(f"{number:,.2f}" for number in numbers), flush=True)
            self._entries[name] = numbers
            self._save()
        return self._entries[name]

    def _save(self) -> None:
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(self._entries, indent=1), "utf-8")
        new.replace(self._path)
