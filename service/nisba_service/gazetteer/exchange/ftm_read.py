"""FollowTheMoney entities in: `entities.ftm.json`, one JSON object a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from pydantic_core import from_json

from nisba_service.gazetteer.exchange.drafts import Edge, Item, Reject, Tally, drafted, reject
from nisba_service.gazetteer.exchange.ftm_tables import (
    EDGES,
    ENTITY_PROPERTIES,
    ID_PROPERTIES,
    NAME_PROPERTIES,
    SCHEMA_TYPES,
    UNKNOWN_LINK,
    EdgeSchema,
)
from nisba_service.gazetteer.exchange.sources import LINE_LIMIT, TOO_LONG, Line
from nisba_service.gazetteer.exchange.spellings import Spelling, name_records
from nisba_service.gazetteer.schema import RedirectRecord
from nisba_service.gazetteer.source import Place, SourceRecord
from nisba_service.names.types import EntityType

_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_REL = re.compile(r"[a-z][a-z_]{0,63}")
ENDS_LIMIT = 10_000
"""Pairs that one relation joins: a few; a file with a million wants to fill the disk."""

_TEXTS = frozenset({"summary", "description", "notes", "wikidataId"})

Properties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """One entity of the file, of the right shape."""

    place: Place
    line: bytes
    id: str
    schema: str
    caption: str
    properties: Properties
    referents: Sequence[str]


def read_ftm(path: str, lines: Iterable[Line], tally: Tally) -> Iterator[Item]:
    """Yield the people, organisations and places of the lines, their relations, and old IDs."""
    for number, line in lines:
        place = Place(path, number)
        if len(line) > LINE_LIMIT:
            yield reject(place, TOO_LONG, line)
            continue
        row = _row(place, line)
        if isinstance(row, str):
            yield reject(place, row, line)
        elif row.schema in SCHEMA_TYPES:
            yield from _entity(row, SCHEMA_TYPES[row.schema], tally)
        elif row.schema in EDGES:
            yield from _edges(row, EDGES[row.schema], tally)
        else:
            tally.passed_over[row.schema] += 1


def _row(place: Place, line: bytes) -> _Row | str:
    """Return the line as a row, or what is wrong with it."""
    try:
        content = from_json(line)
    except ValueError as error:
        return f"not valid JSON: {error}"
    if not isinstance(content, dict):
        return "must be a JSON object"
    texts = {key: content.get(key) for key in ("id", "schema")}
    for key, value in texts.items():
        if not isinstance(value, str) or not value:
            return f"{key}: is required, as text"
    properties = content.get("properties", {})
    if not isinstance(properties, dict):
        return "properties: must be an object"
    return _Row(
        place,
        line,
        str(texts["id"]),
        str(texts["schema"]),
        str(content.get("caption") or ""),
        {name: _texts(values) for name, values in properties.items()},
        _texts(content.get("referents")),
    )


def _texts(values: object) -> list[str]:
    listed = values if isinstance(values, list) else [values]
    return [value for value in listed if isinstance(value, str) and value]


def _entity(row: _Row, type: EntityType, tally: Tally) -> Iterator[Item]:
    names = name_records(_spellings(row), tally)
    if not names:
        yield reject(row.place, f"{row.id}: has no name in Latin or Arabic letters", row.line)
        return
    record = {
        "id": row.id,
        "type": type,
        "names": names,
        "description": _description(row.properties),
        "wikidata": _wikidata(row),
        "other_ids": _other_ids(row.properties, ID_PROPERTIES[type], tally) or None,
        "notes": "\n".join(row.properties.get("notes", ())) or None,
    }
    items = list(drafted(SourceRecord(row.place, record), row.line))
    yield from items
    if not any(isinstance(item, Reject) for item in items):
        yield from _references(row)
        _count_left_out(row.properties, ID_PROPERTIES[type], tally)


def _spellings(row: _Row) -> Iterator[Spelling]:
    for name, (kind, use) in NAME_PROPERTIES.items():
        values = row.properties.get(name, ())
        # The caption is the publisher's choice among the names, whose order means nothing.
        for value in sorted(values, key=lambda value: value != row.caption):
            yield Spelling(value, kind, use)


def _description(properties: Properties) -> str | None:
    texts = (*properties.get("summary", ()), *properties.get("description", ()))
    return texts[0] if texts else None


def _wikidata(row: _Row) -> str | None:
    candidates = (*row.properties.get("wikidataId", ()), row.id)
    return next(filter(_WIKIDATA.fullmatch, candidates), None)


def _other_ids(properties: Properties, known: frozenset[str], tally: Tally) -> dict[str, str]:
    found = {}
    for name in known & properties.keys():
        values = properties[name]
        if values:
            found[name] = values[0]
            tally.left_out[f"{name}: more than one"] += len(values) - 1
    return dict(sorted(found.items()))


def _references(row: _Row) -> Iterator[Item]:
    for name, rel in ENTITY_PROPERTIES.items():
        for target in row.properties.get(name, ()):
            yield Edge(row.id, rel, target)
    for old_id in row.referents:
        if old_id != row.id and _ID.fullmatch(old_id):
            yield RedirectRecord(id=old_id, merged_into=row.id)


def _count_left_out(properties: Properties, ids: frozenset[str], tally: Tally) -> None:
    for name, values in properties.items():
        if name in NAME_PROPERTIES or name in ids or name in ENTITY_PROPERTIES:
            continue
        if name not in _TEXTS:
            tally.left_out[name] += len(values)
    texts = len(properties.get("summary", ())) + len(properties.get("description", ()))
    tally.left_out["description: more than one"] += max(texts - 1, 0)


def _edges(row: _Row, edge: EdgeSchema, tally: Tally) -> Iterator[Item]:
    sources = row.properties.get(edge.source, ())
    targets = row.properties.get(edge.target, ())
    if not sources or not targets:
        yield reject(row.place, f"{row.id}: must have {edge.source} and {edge.target}", row.line)
        return
    if len(sources) * len(targets) > ENDS_LIMIT:
        yield reject(row.place, f"{row.id}: joins more than {ENDS_LIMIT} pairs", row.line)
        return
    roles = row.properties.get("role", ())
    rel = edge.rel
    if row.schema == UNKNOWN_LINK and roles and _REL.fullmatch(roles[0]):
        rel, roles = roles[0], roles[1:]
    for source, target in product(sources, targets):
        yield Edge(source, rel, target)
    for name, values in row.properties.items():
        if name not in (edge.source, edge.target):
            count = len(roles) if name == "role" else len(values)
            tally.left_out[f"{name} of {row.schema}"] += count
