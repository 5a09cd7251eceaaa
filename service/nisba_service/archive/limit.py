"""How many rows of an input may be unusable before something is wrong with all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from nisba_service.archive.rejects import Reason, Reject
from nisba_service.errors import SettingsError, TooManyRejects

_FORM = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<percent>%?)")
# Fewer rows say little of the share: a file may begin with its worst rows.
_ROWS_OF_A_SHARE = 2_000


@dataclass(frozen=True, slots=True)
class RejectLimit:
    """The most rejects of an input: a number, or a share of its rows."""

    most: float
    is_share: bool

    @classmethod
    def parse(cls, text: str) -> RejectLimit:
        """Read N or N%. Raises SettingsError."""
        match = _FORM.fullmatch(text.strip())
        if match is None or (not match["percent"] and "." in match["number"]):
            raise SettingsError(f"--max-rejects: must be like 100 or 2.5%, not {text!r}")
        number = float(match["number"])
        return cls(number / 100, True) if match["percent"] else cls(number, False)

    def allows(self, rejected: int, rows: int, *, at_end: bool) -> bool:
        """Say whether so many rejects may be among so many rows, all of them if `at_end`."""
        if not self.is_share:
            return rejected <= self.most
        return rejected <= self.most * rows or not (at_end or rows >= _ROWS_OF_A_SHARE)

    def __str__(self) -> str:
        return f"{100 * self.most:g} %" if self.is_share else f"{self.most:g}"


@dataclass(slots=True)
class Count:
    """The rows of an input so far."""

    address: str
    documents: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)

    @property
    def rejected(self) -> int:
        """The number of rejects."""
        return self.reasons.total()

    @property
    def rows(self) -> int:
        """The number of documents and rejects."""
        return self.documents + self.rejected

    def add(self, documents: int, rejects: Iterable[Reject]) -> None:
        """Count some more."""
        self.documents += documents
        self.reasons.update(reject.reason for reject in rejects)

    def check(self, limit: RejectLimit, *, at_end: bool = False) -> None:
        """Raise TooManyRejects if there are more than the limit allows."""
        if not limit.allows(self.rejected, self.rows, at_end=at_end):
            reasons = ", ".join(f"{n:,} {reason}" for reason, n in self.reasons.most_common())
            raise TooManyRejects(
                f"{self.address}: {self.rejected:,} of {self.rows:,} rows are unusable ({reasons}),"
                f" more than {limit}, so nothing of it is taken in; rejects/ in the archive says"
                " which, --max-rejects allows more"
            )
