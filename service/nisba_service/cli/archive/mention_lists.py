"""The mentions of an entity, for a person, as JSON, or for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nisba_service.archive.gazetteers import of_state
from nisba_service.archive.mentions import Asked, EntityMention, ids_of, is_linked, mentions
from nisba_service.archive.reading import Reader, State
from nisba_service.archive.texts import Texts
from nisba_service.cli.archive import spreadsheet
from nisba_service.cli.archive.later import tell_later
from nisba_service.cli.archive.list_options import ListFormat
from nisba_service.cli.archive.writing import write as write_pieces
from nisba_service.cli.counting import counted
from nisba_service.cli.render_pretty import isolate
from nisba_service.errors import ArchiveError, EntityNotFound
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import parse_location
from nisba_service.gazetteer.model import Gazetteer

_COLUMNS = (
    *("document_id", "date", "start", "end", "entity_id", "entity_name", "matched_name"),
    *("confidence", "before", "mention", "after"),
)
_UNDATED = "no date   "


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both ends in it; None: no end."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks for; None: the newest state, the gazetteer that the archive keeps."""

    entity_id: str
    state: str | None
    gazetteer: str | None
    days: Days


def write(folder: Path, wanted: Wanted, format: ListFormat, output: Path | None) -> None:
    """Write the mentions. Raises ArchiveError, EntityNotFound, FieldInvalid."""
    reader = Reader.open(folder)
    state = reader.newest() if wanted.state is None else reader.state(wanted.state)
    tell_later(reader, state)
    asked = Asked(_ids(reader, state, wanted), wanted.days.first, wanted.days.last)
    found = mentions(state, Texts(reader.layout.documents), asked)
    if format is ListFormat.JSON:
        write_pieces((f"{json.dumps(_content(m), ensure_ascii=False)}\n" for m in found), output)
    elif format is ListFormat.CSV:
        rows = (list(_content(mention).values()) for mention in found)
        write_pieces(spreadsheet.lines(_COLUMNS, rows), output)
    else:
        write_pieces(_lines(found), output)


def _ids(reader: Reader, state: State, wanted: Wanted) -> frozenset[str]:
    """Return the IDs to look for.

    Raises EntityNotFound: nobody knows of the entity; ArchiveError: no link does, and no gazetteer
    was asked.
    """
    gazetteer = _gazetteer(reader, wanted.gazetteer)
    if gazetteer is None:
        ids = frozenset((wanted.entity_id,))
    else:
        ids = ids_of(wanted.entity_id, gazetteer)
        if not ids.isdisjoint(gazetteer.entities):
            return ids
    if is_linked(state, ids):
        return ids
    if gazetteer is None:
        raise ArchiveError(
            f"{state.name}: nothing is linked to {wanted.entity_id}; whether there is such an"
            " entity, or it was merged, its store knows: name it with --gazetteer"
        )
    raise EntityNotFound("ENTITY", (wanted.entity_id,))


def _gazetteer(reader: Reader, location: str | None) -> Gazetteer | None:
    if location is not None:
        return load(parse_location(location))
    origin = reader.newest().manifest.origin
    if origin.gazetteer_revision:
        return None
    version = origin.gazetteer_version
    return of_state(reader.layout, version, 0, reader.layout.root).load()


def _content(mention: EntityMention) -> dict[str, spreadsheet.Cell]:
    day, context = mention.date, mention.context
    return {
        "document_id": mention.document_id,
        "date": None if day is None else day.isoformat(),
        "start": mention.start,
        "end": mention.end,
        "entity_id": mention.entity_id,
        "entity_name": mention.entity_name,
        "matched_name": mention.matched_name,
        "confidence": mention.confidence,
        "before": context.before,
        "mention": context.mention,
        "after": context.after,
    }


def _lines(found: Iterator[EntityMention]) -> Iterator[str]:
    count = 0
    for mention in found:
        count += 1
        day = _UNDATED if mention.date is None else mention.date.isoformat()
        context = mention.context
        text = f"{context.before}[{context.mention}]{context.after}"
        yield f"{day}  {mention.confidence:.2f}  {isolate(mention.document_id)}\n"
        yield f"    {isolate(text)}\n"
    yield f"{counted(count, 'mention')}\n"
