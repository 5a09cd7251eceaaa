"""Links as rows of their table, and the rows of some documents in the place of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive import tables
from nisba_service.linking.model import Candidate, Link, LinkedDocument
from nisba_service.linking.policy import Policy


def links_table(linked: Iterable[tuple[LinkedDocument, date | None]], policy: Policy) -> pa.Table:
    """Return the links of documents, each with its date, as rows."""
    rows = (
        _row(document.id, day, index, link, policy)
        for document, day in linked
        for index, link in enumerate(document.links)
    )
    return tables.of_rows(rows, tables.LINKS)


def _row(
    document_id: str, day: date | None, index: int, link: Link, policy: Policy
) -> tuple[object, ...]:
    mention, decision = link.mention, link.decision
    best = decision.candidates[0] if decision.entity_id else None
    return (
        document_id,
        day,
        index,
        mention.start,
        mention.end,
        mention.text,
        mention.name,
        mention.prefix,
        link.type.value,
        mention.language.value,
        mention.source.value,
        decision.outcome.value,
        decision.entity_id or None,
        None if best is None else best.name,
        None if best is None else best.matched_name,
        decision.confidence,
        [_candidate(one) for one in decision.candidates[: policy.shown]],
        link.antecedent,
        link.new_name_key or None,
    )


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {
        "entity_id": candidate.entity_id,
        "name": candidate.name,
        "type": candidate.type.value,
        "score": candidate.score,
        "matched_name": candidate.matched_name,
    }


def replaced(
    before: pa.Table, after: Mapping[str, pa.Table], document_ids: Sequence[str]
) -> pa.Table:
    """Return the rows of a shard with those of some documents in the place of what they were.

    Args:
        before: the rows of the shard.
        after: the rows of the documents that were linked again, by ID; there may be none of one.
        document_ids: of the shard, in order.
    """
    runs = _runs(before)
    pieces = []
    for again, ids in groupby(document_ids, key=after.__contains__):
        if again:
            pieces += [after[document_id] for document_id in ids]
        else:
            pieces += _stretch([runs[one] for one in ids if one in runs], before)
    return pa.concat_tables(pieces) if pieces else before.slice(0, 0)


def _runs(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Return the first and the last row of each document, whose rows stand together."""
    encoded = pc.run_end_encode(table["document_id"].combine_chunks())
    ends = encoded.run_ends.to_pylist()
    return dict(zip(encoded.values.to_pylist(), pairwise([0, *ends]), strict=True))


def _stretch(runs: Sequence[tuple[int, int]], table: pa.Table) -> list[pa.Table]:
    """Return the rows of documents that follow one another, as one slice."""
    if not runs:
        return []
    start, end = runs[0][0], runs[-1][1]
    return [table.slice(start, end - start)]
