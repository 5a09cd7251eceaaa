"""Previews and new names, for callers."""

from __future__ import annotations

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1 import linking_service_pb2 as linking_pb
from nisba_service.linking.model import Link
from nisba_service.server import convert, limits
from nisba_service.server.new_names import NewName
from nisba_service.server.preview import DocumentPreview


def document_preview(preview: DocumentPreview, max_candidates: int) -> pb.DocumentPreview:
    """Return how the links of one document would change.

    `antecedent` counts among all mentions of the document, which are not sent: it is left out.
    """
    message = pb.DocumentPreview(id=preview.id, unchanged_count=preview.unchanged)
    for change in preview.changes:
        pair = message.changes.add()
        for link, side in ((change.before, pair.before), (change.after, pair.after)):
            if link is not None:
                _fill(side, link, max_candidates)
    return message


def _fill(side: linking_pb.Mention, link: Link, max_candidates: int) -> None:
    side.CopyFrom(convert.mention(link, max_candidates))
    side.ClearField("antecedent")


def new_name(name: NewName) -> pb.NewName:
    """Return the spellings of a new name, most often met first."""
    message = pb.NewName(
        key=name.key,
        type=f"ENTITY_TYPE_{name.type.name}",
        spellings=[
            pb.NewNameSpelling(name=spelling, mention_count=count)
            for spelling, count in name.spellings.most_common(limits.SPELLINGS)
        ],
        mention_count=name.mentions,
        document_count=name.documents,
    )
    message.first_seen_time.FromDatetime(name.first_seen)
    message.last_seen_time.FromDatetime(name.last_seen)
    return message


def rank(name: NewName) -> str:
    """Return the place of a name in the list, for a page token."""
    return f"{name.mentions} {name.key}"


def read_rank(token: str) -> tuple[int, str] | None:
    """Return the place that `rank` wrote; None for the empty token."""
    if not token:
        return None
    mentions, _, key = token.partition(" ")
    return -int(mentions), key
