"""Wikidata items in: the lines of a JSON dump, or documents as Special:EntityData gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pydantic_core import from_json

from nisba_service.gazetteer.exchange.drafts import Edge, Item, Reject, Tally, drafted, reject
from nisba_service.gazetteer.exchange.sources import LINE_LIMIT, TOO_LONG, Line
from nisba_service.gazetteer.exchange.spellings import Spelling, name_records
from nisba_service.gazetteer.exchange.wikidata_tables import (
    INSTANCE_OF,
    OTHER_IDS,
    RELATIONS,
    REVERSED,
)
from nisba_service.gazetteer.model import NameKind
from nisba_service.gazetteer.source import Place, SourceRecord
from nisba_service.names.types import EntityType

# "mul" holds names that are the same in all languages of a script: most of people's names.
LANGUAGES = ("en", "mul", "ar")
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_KNOWN = frozenset({INSTANCE_OF, *RELATIONS, *REVERSED, *OTHER_IDS})
_ARRAY = frozenset({b"[", b"]"})

_Object = Mapping[str, object]


def read_wikidata(
    path: str, lines: Iterable[Line], classes: Mapping[str, EntityType], tally: Tally
) -> Iterator[Item]:
    """Yield the items whose class is among `classes`, and their relations.

    Args:
        path: of the file, for places.
        lines: an item a line, with or without the brackets and commas of the array around them;
            a document of EntityData a line; or one such document over all lines.
        classes: the type of the instances of each class.
        tally: where what is left behind is counted.
    """
    for place, row, content in _contents(path, lines):
        if isinstance(content, str):
            yield reject(place, content, row)
            continue
        for item in _items(content):
            yield from _item(SourceRecord(place, item), row, classes, tally)


def _contents(path: str, lines: Iterable[Line]) -> Iterator[tuple[Place, bytes, object]]:
    """Yield the JSON of each line, or what is wrong with it as text."""
    rows = iter(lines)
    for number, line in rows:
        place = Place(path, number)
        row = line.rstrip(b",")
        if row in _ARRAY:
            continue
        if row == b"{":
            yield place, row, _whole(row, rows)
        elif len(row) > LINE_LIMIT:
            yield place, row, TOO_LONG
        else:
            yield place, row, _json(row)


def _whole(first: bytes, rows: Iterable[Line]) -> object:
    """Return the JSON of a document that is laid out over all lines of its file."""
    parts, size = [first], 0
    for _, line in rows:
        parts.append(line)
        size += len(line)
        if size > LINE_LIMIT:
            return TOO_LONG
    return _json(b"\n".join(parts))


def _json(text: bytes) -> object:
    try:
        content = from_json(text)
    except ValueError as error:
        return f"not valid JSON: {error}"
    return content if isinstance(content, dict) else "must be a JSON object"


def _items(content: object) -> Iterator[_Object]:
    document = _object(content)
    inner = document.get("entities")
    yield from map(_object, inner.values()) if isinstance(inner, dict) else (document,)


def _item(
    source: SourceRecord, row: bytes, classes: Mapping[str, EntityType], tally: Tally
) -> Iterator[Item]:
    item = _object(source.content)
    claims = _object(item.get("claims"))
    if item.get("type", "item") != "item":
        tally.passed_over[str(item.get("type"))] += 1
        return
    found = list(_targets(claims, INSTANCE_OF))
    type = next((classes[name] for name in found if name in classes), None)
    if type is None:
        what = f"instances of {found[0]}" if found else "items that are instances of nothing"
        tally.passed_over[what] += 1
        return
    names = name_records(_spellings(item, type), tally)
    if not names:
        yield reject(source.place, f"{item.get('id')}: has no English or Arabic name", row)
        return
    record = {
        "id": item.get("id"),
        "type": type,
        "names": names,
        "description": _description(item),
        "wikidata": item.get("id"),
        "other_ids": _other_ids(claims) or None,
    }
    items = list(drafted(SourceRecord(source.place, record), row))
    yield from items
    if not any(isinstance(one, Reject) for one in items):
        yield from _edges(str(item.get("id")), claims)
        tally.left_out.update(name for name in claims if name not in _KNOWN)


def _spellings(item: _Object, type: EntityType) -> Iterator[Spelling]:
    labels, aliases = _object(item.get("labels")), _object(item.get("aliases"))
    for language in LANGUAGES:
        for text in _values(labels.get(language)):
            yield Spelling(text, NameKind.PRIMARY)
    for language in LANGUAGES:
        for text in _values(aliases.get(language)):
            is_acronym = type is EntityType.ORGANIZATION and _ACRONYM.fullmatch(text)
            yield Spelling(text, NameKind.ACRONYM if is_acronym else NameKind.VARIANT)


def _description(item: _Object) -> str | None:
    texts = _object(item.get("descriptions"))
    found = (text for language in LANGUAGES for text in _values(texts.get(language)))
    return next(found, None)


def _other_ids(claims: _Object) -> dict[str, str]:
    values = {name: next(_claims(claims, name), None) for name in OTHER_IDS}
    return {OTHER_IDS[name]: v for name, v in values.items() if isinstance(v, str)}


def _edges(id: str, claims: _Object) -> Iterator[Edge]:
    for name, rel in RELATIONS.items():
        yield from (Edge(id, rel, target) for target in _targets(claims, name))
    for name, rel in REVERSED.items():
        yield from (Edge(source, rel, id) for source in _targets(claims, name))


def _targets(claims: _Object, name: str) -> Iterator[str]:
    """Yield the items that the statements of a property name, the preferred ones first."""
    for value in _claims(claims, name):
        target = _object(value).get("id")
        if isinstance(target, str):
            yield target


def _claims(claims: _Object, name: str) -> Iterator[object]:
    listed = claims.get(name)
    statements = [_object(one) for one in listed] if isinstance(listed, list) else []
    statements.sort(key=lambda statement: statement.get("rank") != "preferred")
    for statement in statements:
        if statement.get("rank") != "deprecated":
            snak = _object(statement.get("mainsnak"))
            yield _object(snak.get("datavalue")).get("value")


def _values(entry: object) -> Iterator[str]:
    """Yield the texts of a label, or of a list of aliases."""
    for one in entry if isinstance(entry, list) else [entry]:
        text = _object(one).get("value")
        if isinstance(text, str) and text.strip():
            yield text


def _object(value: object) -> _Object:
    return value if isinstance(value, dict) else {}
