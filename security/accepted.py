"""The weaknesses of dependencies that were reviewed and are lived with, each until a day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

_KEYS: Final = {"id": str, "package": str, "reason": str, "until": date}


class AcceptedError(Exception):
    """Expected, the reviewer's fault: an entry that is not whole."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One of them; `id` is an advisory's, or another name that it has."""

    id: str
    package: str
    reason: str
    until: date

    def covers(self, package: str, names: frozenset[str], today: date) -> bool:
        """Tell whether it speaks of this advisory, and still counts."""
        is_same = self.package.lower() == package.lower() and self.id in names
        return is_same and today <= self.until


def read_accepted(path: Path) -> list[Accepted]:
    """Return the entries of the file.

    Raises:
        AcceptedError: it is no TOML, or an entry lacks a key or a reason.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise AcceptedError(f"{path.name}: {error}") from None
    return [
        _entry(path, number, keys) for number, keys in enumerate(content.get("accepted", []), 1)
    ]


def _entry(path: Path, number: int, keys: dict[str, Any]) -> Accepted:
    is_whole = keys.keys() == _KEYS.keys() and all(
        isinstance(keys[name], kind) and keys[name] for name, kind in _KEYS.items()
    )
    if not is_whole:
        wanted = "id, package and reason as text, until as a day"
        raise AcceptedError(f"{path.name}: entry {number}: must have {wanted}, and nothing else")
    return Accepted(**keys)
