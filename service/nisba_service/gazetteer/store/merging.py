"""Records of which one takes over from another: pure functions over records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from nisba_service.gazetteer.model import Name, NameKind
from nisba_service.gazetteer.rules import clean, names_of
from nisba_service.gazetteer.schema import NameRecord, Record, RelationRecord

_T = TypeVar("_T")
_NameKey = tuple[object, ...]


def merged(target: Record, sources: Sequence[Record]) -> Record:
    """Return the target with all that is known of the sources.

    Its own description and Wikidata ID stand; those of a source fill a gap. What finds no place is
    told in the notes. Relations between the merged records are dropped.
    """
    records = [target, *sources]
    ids = {record.id for record in records}
    names = _names(records)
    wikidata = next((record for record in records if record.wikidata), target)
    return target.model_copy(
        update={
            "names": names,
            "description": _first(record.description for record in records),
            "wikidata": wikidata.wikidata,
            "wikidata_source": wikidata.wikidata_source,
            "wikidata_confidence": wikidata.wikidata_confidence,
            "other_ids": _other_ids(records),
            "relations": _relations(records, dict.fromkeys(ids, target.id), own=ids),
            "not_names": _not_names(records, names),
            "notes": _notes(target, sources, wikidata.wikidata),
            "in_seed_article": _first(record.in_seed_article or None for record in records),
        }
    )


def repointed(record: Record, new_targets: Mapping[str, str | None]) -> Record:
    """Return the record with relations to other entities instead; to None: without them."""
    relations = _relations([record], new_targets, own=frozenset())
    return record.model_copy(update={"relations": relations})


def _names(records: Sequence[Record]) -> list[NameRecord]:
    target, *sources = records
    kept = list(target.names)
    names = names_of(target)
    keys, spellings = set(map(_key, names)), set(map(_spelling, names))
    for source in sources:
        # One primary name a language: that of the record that comes first.
        shown = {key[1] for key in keys if key[2] is NameKind.PRIMARY}
        for written, name in zip(source.names, names_of(source), strict=True):
            if name.kind is NameKind.PRIMARY and name.language in shown:
                name = replace(name, kind=NameKind.VARIANT)
                written = written.model_copy(update={"kind": NameKind.VARIANT.value})
            is_known = name.kind is NameKind.VARIANT and _spelling(name) in spellings
            if not is_known and _key(name) not in keys:
                kept.append(written)
                keys.add(_key(name))
                spellings.add(_spelling(name))
    return kept


def _key(name: Name) -> _NameKey:
    return (name.name, name.language, name.kind, name.valid_from, name.valid_to)


def _spelling(name: Name) -> _NameKey:
    return (name.name, name.language, name.valid_from, name.valid_to)


def _relations(
    records: Iterable[Record], new_targets: Mapping[str, str | None], own: Iterable[str]
) -> list[RelationRecord] | None:
    own_ids = set(own)
    kept: dict[tuple[str, str], RelationRecord] = {}
    for record in records:
        for relation in record.relations or ():
            target = new_targets.get(relation.target, relation.target)
            if target is not None and relation.target not in own_ids:
                changed = relation.model_copy(update={"target": target})
                kept.setdefault((relation.rel, target), changed)
    return list(kept.values()) or None


def _other_ids(records: Sequence[Record]) -> dict[str, str] | None:
    joined: dict[str, str] = {}
    for record in reversed(records):
        joined |= record.other_ids or {}
    return joined or None


def _not_names(records: Sequence[Record], names: Sequence[NameRecord]) -> list[str] | None:
    # What was no name of the one may well be a name of the other.
    spellings = {clean(name.name) for name in names}
    listed = (clean(name) for record in records for name in record.not_names or ())
    return [name for name in dict.fromkeys(listed) if name not in spellings] or None


def _notes(target: Record, sources: Sequence[Record], wikidata: str | None) -> str | None:
    lines = [target.notes, *(record.notes for record in sources)]
    for source in sources:
        lost = "; ".join(_overruled(target, source, wikidata))
        lines.append(f"Merged: {source.id}: {lost}" if lost else None)
    return "\n".join(line for line in lines if line) or None


def _overruled(target: Record, source: Record, wikidata: str | None) -> Iterator[str]:
    if target.description and source.description and source.description != target.description:
        yield source.description
    if source.wikidata and source.wikidata != wikidata:
        yield f"wikidata {source.wikidata}"
    for system, value in (source.other_ids or {}).items():
        if (target.other_ids or {}).get(system, value) != value:
            yield f"{system} {value}"


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)
