from __future__ import annotations

import pytest

from nisba_service.archive.limit import Count, RejectLimit
from nisba_service.archive.rejects import Place, Reason, Reject
from nisba_service.errors import SettingsError, TooManyRejects


def _count(documents: int, rejected: int) -> Count:
    count = Count("/أخبار.jsonl")
    count.add(
        documents, [Reject(Reason.NO_TEXT, Place("/أخبار.jsonl", n)) for n in range(rejected)]
    )
    return count


@pytest.mark.parametrize(
    ("limit", "documents", "rejected"),
    [("3", 0, 3), ("10%", 90, 10), ("100%", 0, 50), ("0", 5, 0), ("2.5%", 975, 25)],
)
def test_what_is_allowed(limit: str, documents: int, rejected: int) -> None:
    _count(documents, rejected).check(RejectLimit.parse(limit), at_end=True)


@pytest.mark.parametrize(
    ("limit", "documents", "rejected"),
    [("3", 1_000, 4), ("10%", 89, 11), ("0%", 5, 1), ("2.5%", 974, 26)],
)
def test_what_is_not(limit: str, documents: int, rejected: int) -> None:
    with pytest.raises(TooManyRejects, match=rf"أخبار\.jsonl: {rejected} of .* no_text"):
        _count(documents, rejected).check(RejectLimit.parse(limit), at_end=True)


def test_a_share_is_looked_at_once_there_are_enough_rows() -> None:
    limit = RejectLimit.parse("10%")
    _count(100, 100).check(limit)
    with pytest.raises(TooManyRejects):
        _count(1_000, 1_000).check(limit)


@pytest.mark.parametrize("text", ["", "ten", "-1", "1.5", "%", "10 %%"])
def test_what_is_no_limit(text: str) -> None:
    with pytest.raises(SettingsError, match=r"--max-rejects: must be like 100 or 2\.5%"):
        RejectLimit.parse(text)
