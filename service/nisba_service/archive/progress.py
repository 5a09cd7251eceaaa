"""What a run tells of its progress to whoever watches it."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Is told how far a run is."""

    def begin(self, label: str, total: int, unit: str) -> None:
        """Say that a phase begins, of so many documents or bytes."""
        ...

    def advance(self, amount: int, documents: int, rejects: int) -> None:
        """Say that so much more of the total is done, which was so many documents and rejects."""
        ...

    def note(self, message: str) -> None:
        """Tell what a person should know."""
        ...


class Unwatched:
    """Tells nobody."""

    def begin(self, label: str, total: int, unit: str) -> None:
        """Tell nobody."""

    def advance(self, amount: int, documents: int, rejects: int) -> None:
        """Tell nobody."""

    def note(self, message: str) -> None:
        """Tell nobody."""
