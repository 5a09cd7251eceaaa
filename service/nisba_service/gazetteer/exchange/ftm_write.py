"""Entities out as FollowTheMoney: an object a line for each entity, then one for each relation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.exchange.ftm_tables import (
    COMPANY,
    COMPANY_IDS,
    EDGES,
    ID_PROPERTIES,
    KIND_PROPERTIES,
    NAME_PROPERTIES,
    PERSON_ONLY,
    REL_SCHEMATA,
    TYPE_SCHEMATA,
    UNKNOWN_LINK,
)
from nisba_service.gazetteer.exchange.spellings import language_of_digits
from nisba_service.gazetteer.model import Name, NameKind, NameUse
from nisba_service.gazetteer.rules import names_of
from nisba_service.gazetteer.schema import Record, RelationRecord
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script

DATASET = "nisba"
_PRIMARY, _WEAK = "name", "weakAlias"
_VARIANTS = tuple(p for p, (kind, _) in NAME_PROPERTIES.items() if kind is NameKind.VARIANT)

_encode = json.JSONEncoder(ensure_ascii=False).encode


def write_ftm(
    records: Iterable[Record], old_ids: Callable[[str], Sequence[str]], tally: Tally
) -> Iterator[str]:
    """Yield the lines of a file.

    Args:
        records: the entities.
        old_ids: returns the IDs that were merged into an entity.
        tally: where what the format cannot hold is counted.
    """
    for record in records:
        _count_left_out(record, tally)
        yield _encode(_entity(record, old_ids(record.id), tally))
        for relation in record.relations or ():
            if not _is_part_of(record, relation):
                yield _encode(_edge(record, relation))


def _entity(record: Record, old_ids: Sequence[str], tally: Tally) -> dict[str, object]:
    properties = _names(record, tally) | _other_ids(record, tally)
    properties["wikidataId"] = [record.wikidata] if record.wikidata else []
    properties["summary"] = [record.description] if record.description else []
    properties["notes"] = [record.notes] if record.notes else []
    properties["partOf"] = [r.target for r in record.relations or () if _is_part_of(record, r)]
    given = {name: values for name, values in properties.items() if any(values)}
    return {
        "id": record.id,
        "caption": given["name"][0],
        "schema": _schema(record),
        "properties": given,
        "referents": list(old_ids),
        "datasets": [DATASET],
    }


def _schema(record: Record) -> str:
    is_company = record.type is EntityType.ORGANIZATION and COMPANY_IDS & set(
        record.other_ids or ()
    )
    return COMPANY if is_company else TYPE_SCHEMATA[record.type]


def _names(record: Record, tally: Tally) -> dict[str, list[str]]:
    names = names_of(record)
    first = _first_shown(names)
    names.sort(key=lambda name: name is not first)
    properties: dict[str, list[str]] = {}
    for name in names:
        written_as = _PRIMARY if name is first else _property(record, name)
        properties.setdefault(written_as, []).append(name.name)
        _count_lost_of_name(name, written_as, tally)
    others = {text for key, texts in properties.items() if key not in _VARIANTS for text in texts}
    twice = sum(text in others for key in _VARIANTS for text in properties.get(key, ()))
    tally.left_out["variants that are also another kind of name"] += twice
    return properties


def _first_shown(names: Sequence[Name]) -> Name:
    """Return the name to write first. The format demands a primary one, even if none is."""
    order = (NameKind.PRIMARY, NameKind.VARIANT, *NameKind)
    return min(
        names,
        key=lambda n: (
            n.kind is not NameKind.PRIMARY,
            n.use is not NameUse.FREE,
            order.index(n.kind),
        ),
    )


def _property(record: Record, name: Name) -> str:
    if name.kind is NameKind.PRIMARY:
        return _PRIMARY
    if name.use is not NameUse.FREE:
        return _WEAK
    if name.kind is NameKind.ACRONYM and record.type is EntityType.LOCATION:
        return KIND_PROPERTIES[NameKind.VARIANT]  # territories have no abbreviation
    return KIND_PROPERTIES[name.kind]


def _count_lost_of_name(name: Name, written_as: str, tally: Tally) -> None:
    kind, use = NAME_PROPERTIES[written_as]
    lost = {
        f"kind {name.kind} of names": name.kind is not kind,
        f"use {name.use} of names": name.use is not use,
        "valid_from of names": name.valid_from is not None,
        "valid_to of names": name.valid_to is not None,
        "lang of names without letters": _says_more_than_digits(name),
    }
    tally.left_out.update(what for what, is_lost in lost.items() if is_lost)


def _says_more_than_digits(name: Name) -> bool:
    is_other = script_of(name.name) is Script.OTHER
    return is_other and name.language is not language_of_digits(name.name)


def _other_ids(record: Record, tally: Tally) -> dict[str, list[str]]:
    known = ID_PROPERTIES[record.type]
    found = {}
    for system, value in (record.other_ids or {}).items():
        if system in known:
            found[system] = [value]
        else:
            tally.left_out[f"other_ids: {system}"] += 1
    return found


def _is_part_of(record: Record, relation: RelationRecord) -> bool:
    return record.type is EntityType.LOCATION and relation.rel == "part_of"


def _edge(record: Record, relation: RelationRecord) -> dict[str, object]:
    schema = _edge_schema(record, relation.rel)
    edge = EDGES[schema]
    properties = {edge.source: [record.id], edge.target: [relation.target]}
    if relation.rel != edge.rel:
        properties["role"] = [relation.rel]
    key = "\t".join((record.id, relation.rel, relation.target))
    return {
        "id": f"{DATASET}-{hashlib.sha256(key.encode()).hexdigest()[:40]}",
        "schema": schema,
        "properties": properties,
        "datasets": [DATASET],
    }


def _edge_schema(record: Record, rel: str) -> str:
    """Return the schema of a relation. The ends of all but a plain link are no places."""
    schema = REL_SCHEMATA.get(rel, UNKNOWN_LINK)
    if record.type is EntityType.LOCATION:
        return UNKNOWN_LINK
    if schema in PERSON_ONLY and record.type is not EntityType.PERSON:
        return UNKNOWN_LINK
    return schema


def _count_left_out(record: Record, tally: Tally) -> None:
    lost = {
        "wikidata_source": record.wikidata_source,
        "wikidata_confidence": record.wikidata_confidence,
        "in_seed_article": record.in_seed_article,
    }
    tally.left_out.update(key for key, value in lost.items() if value is not None)
    tally.left_out["not_names"] += len(record.not_names or ())
    for key in ("evidence", "source"):
        tally.left_out[f"{key} of names"] += sum(
            getattr(name, key) is not None for name in record.names
        )
