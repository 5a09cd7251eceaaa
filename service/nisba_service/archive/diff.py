"""What differs between two linkings of the same documents, mention by mention.

Pure: rows of links before and after in, rows of deltas out. Mentions are the same if they are the
same span of the same document; one whose span grew is one removed and one added. What is compared
is what a reader is told: the answer, its confidence, the entity's shown name and the type. Scores
of candidates that were not chosen are not, nor are numbers that only say where a row stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive.tables import DELTA, Change
from nisba_service.linking.model import Outcome

Row = Mapping[str, object]
_Span = tuple[str, int, int]
_Places = Mapping[_Span, int]
_Pair = tuple[int | None, int | None]

_SPAN = ("document_id", "start", "end")
_TOLD = ("outcome", "entity_id", "entity_name", "type", "confidence")
READ = (*_SPAN, "date", "text", *_TOLD, "candidates")
"""The columns of links that are compared, or told."""
_SHOWN = READ[:-1]
_SIDE = ("outcome", "entity_id", "entity_name", "confidence")
_TURNS = {
    (Outcome.NIL, Outcome.LINKED): Change.NEWLY_LINKED,
    (Outcome.AMBIGUOUS, Outcome.LINKED): Change.RESOLVED,
    (Outcome.LINKED, Outcome.AMBIGUOUS): Change.NEWLY_AMBIGUOUS,
    (Outcome.NIL, Outcome.AMBIGUOUS): Change.NEWLY_AMBIGUOUS,
    (Outcome.LINKED, Outcome.NIL): Change.NEWLY_NIL,
    (Outcome.AMBIGUOUS, Outcome.NIL): Change.NEWLY_NIL,
}


def compare(before: pa.Table, after: pa.Table, because: Mapping[str, Sequence[str]]) -> pa.Table:
    """Return the rows of deltas between two tables of links, in order of document and start.

    Documents stand in the order in which they first have a mention, before and then after.

    Args:
        before: rows of links of some documents.
        after: rows of links of the same documents as they are now.
        because: by document ID, the IDs of the entities that made it be linked again; a document
            that it lacks has none.
    """
    was, is_ = _places(before), _places(after)
    pairs = [*_on_one_side(was, is_), *_unlike(before, after, was, is_)]
    rows = (_delta(*sides, because) for sides in _rows(before, after, pairs))
    rank = {document: n for n, document in enumerate(_documents(was, is_))}
    ordered = sorted(
        rows, key=lambda row: (rank[str(row["document_id"])], row["start"], row["end"])
    )
    return pa.Table.from_pylist(ordered, DELTA)


def kind(before: Row | None, after: Row | None) -> Change:
    """Return how the answer changed, of the rows of one mention that are not alike."""
    if before is None or after is None:
        return Change.ADDED if before is None else Change.REMOVED
    turn = Outcome(str(before["outcome"])), Outcome(str(after["outcome"]))
    if turn[0] is not turn[1]:
        return _TURNS[turn]
    if before["entity_id"] != after["entity_id"]:
        return Change.REPOINTED
    if any(before[column] != after[column] for column in ("entity_name", "type")):
        return Change.REDESCRIBED
    return Change.RESCORED


def _places(links: pa.Table) -> _Places:
    spans = zip(*(links[column].to_pylist() for column in _SPAN), strict=True)
    return {span: row for row, span in enumerate(spans)}


def _documents(*sides: _Places) -> Iterable[str]:
    return dict.fromkeys(document for side in sides for document, _, _ in side)


def _on_one_side(was: _Places, is_: _Places) -> Iterator[_Pair]:
    yield from ((row, None) for span, row in was.items() if span not in is_)
    yield from ((None, row) for span, row in is_.items() if span not in was)


def _unlike(before: pa.Table, after: pa.Table, was: _Places, is_: _Places) -> Iterator[_Pair]:
    """Yield the rows of each mention that changed; whole columns are compared: few rows differ."""
    pairs = [(row, is_[span]) for span, row in was.items() if span in is_]
    old = before.select(_TOLD).take(pa.array([row for row, _ in pairs], pa.int64()))
    new = after.select(_TOLD).take(pa.array([row for _, row in pairs], pa.int64()))
    unlike = np.zeros(len(pairs), np.bool_)
    for column in _TOLD:
        unlike |= _differ(old[column], new[column])
    ambiguous = pc.equal(old["outcome"], Outcome.AMBIGUOUS.value).to_numpy()
    for place in np.flatnonzero(ambiguous & ~unlike):
        row, now = pairs[place]
        unlike[place] = _candidates(before, row) != _candidates(after, now)
    return (pairs[place] for place in np.flatnonzero(unlike))


def _differ(old: pa.ChunkedArray, new: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    if old.null_count or new.null_count:  # only texts may be null, and none of them is empty
        old, new = pc.fill_null(old, ""), pc.fill_null(new, "")
    differ: npt.NDArray[np.bool_] = pc.not_equal(old, new).to_numpy()
    return differ


def _candidates(links: pa.Table, row: int) -> list[str]:
    return [candidate["entity_id"] for candidate in links["candidates"][row].as_py()]


def _rows(
    before: pa.Table, after: pa.Table, pairs: Sequence[_Pair]
) -> Iterator[tuple[Row | None, Row | None]]:
    was = _taken(before, [row for row, _ in pairs])
    return zip(was, _taken(after, [row for _, row in pairs]), strict=True)


def _taken(links: pa.Table, rows: Sequence[int | None]) -> Iterator[Row | None]:
    taken = links.select(_SHOWN).take(pa.array(rows, pa.int64())).to_pylist()
    return (None if row is None else found for row, found in zip(rows, taken, strict=True))


def _delta(
    before: Row | None, after: Row | None, because: Mapping[str, Sequence[str]]
) -> dict[str, object]:
    row = before if after is None else after
    assert row is not None, "a pair without rows: this is a bug"
    document = str(row["document_id"])
    return {
        **{column: row[column] for column in (*_SPAN, "date", "text")},
        "change": kind(before, after).value,
        **_side("before", before),
        **_side("after", after),
        "because": list(because.get(document, ())),
    }


def _side(prefix: str, row: Row | None) -> dict[str, object]:
    return {f"{prefix}_{column}": None if row is None else row[column] for column in _SIDE}
