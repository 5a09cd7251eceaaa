"""Curators' records, between the contract's Entity and the gazetteer's Record.

What a caller sends is held against the rules of the files, and problems name the request's field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from google.protobuf.field_mask_pb2 import FieldMask
from pydantic import ValidationError

from nisba.v1 import entity_pb2 as pb
from nisba_service.errors import FieldInvalid, Problem
from nisba_service.gazetteer import schema
from nisba_service.gazetteer.model import NameKind, NameUse
from nisba_service.gazetteer.rules import names_of, to_entity
from nisba_service.gazetteer.schema import NameRecord, Record
from nisba_service.gazetteer.source import Location, field_path
from nisba_service.gazetteer.store.model import Stored
from nisba_service.names.types import EntityType
from nisba_service.server import convert
from nisba_service.server.convert_requests import View
from nisba_service.server.errors import EditInvalid, Violation

Keys = dict[str, Any]
"""A record as its keys and values, before its form is checked. None: the key is not given."""

# The record's words for the contract's fields, where they differ.
_FIELDS: Final = {"lang": "language", "target": "target_id", "wikidata": "wikidata_id"}

_MESSAGE: Final = re.compile(
    r"[A-Za-z0-9._:-]+: (?P<path>[a-z_]+(\[[0-9]+\])?(\.[a-z_]+)?): (?P<rule>.*)", re.DOTALL
)

# 'must be en or ar, not "fr"'; long values are cut, and so may lack the closing mark.
_WRONG_VALUE: Final = re.compile(r', not (["\[{].*|-?[0-9].*|null|true|false)$', re.DOTALL)
# '"Хамас" holds a letter that is neither Latin nor Arabic'.
_QUOTED: Final = re.compile(r'".*"', re.DOTALL)

_KINDS: Final = {pb.NameKind.Value(f"NAME_KIND_{kind.name}"): kind for kind in NameKind}
_USES: Final = {pb.NameUse.Value(f"NAME_USE_{use.name}"): use for use in NameUse}
_TYPES: Final = {pb.EntityType.Value(f"ENTITY_TYPE_{type.name}"): type for type in EntityType}


# What callers send.


def read_record(message: pb.Entity, field: str) -> Record:
    """Return the record that stands at `field` of its request. Raises EditInvalid."""
    keys = {"id": message.id} | {key: read(message) for key, read in _READERS.values()}
    return _checked(keys, field)


def updated_record(record: Record, message: pb.Entity, mask: FieldMask, field: str) -> Record:
    """Return the record with the masked fields of `message`. Raises EditInvalid, FieldInvalid."""
    keys = record.model_dump(exclude_none=True)
    shown = _shown(record)
    for name in _masked(message, mask):
        # What comes back as it was shown stays as it was written: a name without `lang`, say.
        if getattr(message, name) != getattr(shown, name):
            key, read = _READERS[name]
            keys[key] = read(message)
    return _checked(keys, field)


def _masked(message: pb.Entity, mask: FieldMask) -> list[str]:
    """Return the fields to change; those that are not empty where the mask names none."""
    paths = list(mask.paths)
    if paths == ["*"]:
        return list(_READERS)
    for path in paths:
        if path not in _READERS:
            known = ", ".join(_READERS)
            raise FieldInvalid("update_mask", f'must name fields among {known}, or be "*"')
    return paths or [name for name in _READERS if _is_set(message, name)]


def _is_set(message: pb.Entity, name: str) -> bool:
    value = getattr(message, name)
    return bool(len(value)) if hasattr(value, "__len__") else bool(value)


def _checked(keys: Keys, field: str) -> Record:
    given = {key: value for key, value in keys.items() if value is not None}
    try:
        return Record.model_validate(given)
    except ValidationError as error:
        findings = schema.findings(error, Record)
        raise EditInvalid(
            [Violation(_path(field, location), _unquoted(rule)) for location, rule in findings]
        ) from None


def violation(problem: Problem, field: str) -> Violation:
    """Return what the store finds wrong with the edit at `field` of a request.

    The message of a problem names the entity, then the value that breaks the rule.
    """
    if problem.path == "note":
        field, _, rule = problem.message.partition(": ")
        return Violation(field, rule)
    match = _MESSAGE.fullmatch(problem.message)
    if match is None:
        return Violation(field, _unquoted(problem.message))
    keys = re.sub(r"[a-z_]+", lambda key: _FIELDS.get(key[0], key[0]), match["path"])
    return Violation(f"{field}.{keys}", _unquoted(match["rule"]))


def _unquoted(rule: str) -> str:
    """Return what a curator of files is told, without the values that it quotes.

    The caller knows what it sent, and an error may reach the logs of whoever stands between.
    """
    return _QUOTED.sub('"…"', _WRONG_VALUE.sub("", rule))


def _path(field: str, location: Location) -> str:
    steps = tuple(_FIELDS.get(step, step) if isinstance(step, str) else step for step in location)
    return f"{field}.{field_path(steps)}" if steps else field


def _type(message: pb.Entity) -> str:
    # A number that means nothing stays one, and the schema says what it must be.
    return _TYPES.get(message.type, str(message.type))


def _names(message: pb.Entity) -> list[Keys]:
    return [
        _given(
            name=name.name,
            lang=name.language,
            kind=_KINDS.get(name.kind, str(name.kind) if name.kind else ""),
            use=_USES.get(name.use, str(name.use) if name.use else ""),
            valid_from=name.valid_from,
            valid_to=name.valid_to,
            evidence=name.evidence,
            source=name.source,
        )
        for name in message.names
    ]


def _given(*, name: str, **keys: str) -> Keys:
    return {"name": name} | {key: value for key, value in keys.items() if value}


def _relations(message: pb.Entity) -> list[Keys] | None:
    return [{"rel": r.rel, "target": r.target_id} for r in message.relations] or None


_READERS: Final[Mapping[str, tuple[str, Callable[[pb.Entity], Any]]]] = {
    "type": ("type", _type),
    "names": ("names", _names),
    "description": ("description", lambda message: message.description or None),
    "wikidata_id": ("wikidata", lambda message: message.wikidata_id or None),
    "wikidata_source": ("wikidata_source", lambda message: message.wikidata_source or None),
    "wikidata_confidence": (
        "wikidata_confidence",
        lambda message: message.wikidata_confidence or None,
    ),
    "other_ids": ("other_ids", lambda message: dict(message.other_ids) or None),
    "relations": ("relations", _relations),
    "not_names": ("not_names", lambda message: list(message.not_names) or None),
    "notes": ("notes", lambda message: message.notes or None),
}
"""The fields of an Entity that an edit may change: the record's key, and how to read it."""


# What callers get.


def record(stored: Stored) -> pb.Entity | None:
    """Return the record that an ID stands for; None: it was merged into another."""
    if stored.record is None:
        return None
    message = _shown(stored.record)
    message.etag = stored.etag
    return message


def stored_entity(stored: Stored, view: View) -> pb.Entity | None:
    """Return as much as asked for of the entity that an ID stands for; None: it was merged."""
    if stored.record is None or view is View.RECORD:
        return record(stored)
    entity = to_entity(stored.record, names_of(stored.record))
    return convert.entity(entity, full=view is View.FULL)


def _shown(record: Record) -> pb.Entity:
    languages = (name.language for name in names_of(record))
    return pb.Entity(
        id=record.id,
        type=f"ENTITY_TYPE_{record.type.name}",
        names=[
            _name(name, language) for name, language in zip(record.names, languages, strict=True)
        ],
        description=record.description or "",
        wikidata_id=record.wikidata or "",
        other_ids=record.other_ids or {},
        relations=[pb.Relation(rel=r.rel, target_id=r.target) for r in record.relations or ()],
        not_names=record.not_names or (),
        notes=record.notes or "",
        wikidata_source=record.wikidata_source or "",
        wikidata_confidence=record.wikidata_confidence or "",
    )


def _name(name: NameRecord, language: str) -> pb.Name:
    kind = NameKind.VARIANT if name.kind in (None, "alias") else NameKind(name.kind)
    return pb.Name(
        name=name.name,
        language=language,
        kind=f"NAME_KIND_{kind.name}",
        use=f"NAME_USE_{NameUse(name.use or NameUse.FREE).name}",
        valid_from=name.valid_from or "",
        valid_to=name.valid_to or "",
        evidence=name.evidence or "",
        source=name.source or "",
    )
