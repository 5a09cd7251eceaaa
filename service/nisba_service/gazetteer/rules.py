"""Rules between the parts of one record, and the entity that a sound record makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from types import MappingProxyType

from nisba_service.errors import Problem
from nisba_service.gazetteer.model import Entity, Name, NameKind, Relation
from nisba_service.gazetteer.schema import NameRecord, Record
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.names.types import Language

# Other people's exports call a spelling an alias.
_KINDS = {kind.value: kind for kind in NameKind} | {"alias": NameKind.VARIANT}
# other_ids may say where an ID was read, under the key with this ending: not an ID itself.
_PROVENANCE_SUFFIX = "_source"

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_ARABIC = "؀-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-ﻼ"
# Signs of transliteration such as ʿ and ʾ count as letters in Unicode, but belong to no script.
_MODIFIERS = "ʰ-˿"
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_ARABIC_LETTER = re.compile(f"(?=[^\\W\\d_])[{_ARABIC}]")
_OTHER_LETTER = re.compile(f"[^\\W\\d_{_LATIN}{_ARABIC}{_MODIFIERS}]")
_SCRIPTS = {Language.EN: "Latin", Language.AR: "Arabic"}


def clean(name: str) -> str:
    """Return the name with composed characters (NFC) and single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def language_of(name: NameRecord) -> Language | None:
    """Return the language a name is given in, else that of its script; None if it mixes both."""
    if name.lang is not None:
        return name.lang
    latin = _LATIN_LETTER.search(name.name) is not None
    arabic = _ARABIC_LETTER.search(name.name) is not None
    if latin == arabic:
        return None
    return Language.EN if latin else Language.AR


def record_problems(record: Record, source: SourceRecord) -> Iterator[Problem]:
    """Yield every rule that the record's names break among themselves."""
    yield from _script_problems(record, source)
    yield from _repeated_names(record, source)
    yield from _second_primaries(record, source)


def _script_problems(record: Record, source: SourceRecord) -> Iterator[Problem]:
    for index, name in enumerate(record.names):
        message = _script_message(name)
        if message is not None:
            yield source.problem(("names", index, "name"), message)


def _script_message(name: NameRecord) -> str | None:
    text = name.name
    other = _OTHER_LETTER.search(text)
    if other is not None:
        letter = unicodedata.name(other[0], f"U+{ord(other[0]):04X}")
        return f'"{text}" holds a letter that is neither Latin nor Arabic: {letter}'
    latin, arabic = len(_LATIN_LETTER.findall(text)), len(_ARABIC_LETTER.findall(text))
    if name.lang is None:
        if latin == 0 and arabic == 0:
            return f'"{text}" has no letter that tells its language: give lang'
        return f'"{text}" mixes both scripts: give lang' if latin and arabic else None
    own, foreign = (latin, arabic) if name.lang is Language.EN else (arabic, latin)
    if foreign > own:
        return f'"{text}" is not in {_SCRIPTS[name.lang]} script, but lang is {name.lang}'
    return None


def _repeated_names(record: Record, source: SourceRecord) -> Iterator[Problem]:
    # One spelling may stand under two kinds: UNRWA is the primary name and an acronym.
    seen: dict[tuple[str, Language | None, NameKind], int] = {}
    for index, name in enumerate(record.names):
        kind = _kind(name)
        first = seen.setdefault((clean(name.name), language_of(name), kind), index)
        if first != index:
            line = source.line_of(("names", first))
            message = f'"{name.name}" is listed twice as {kind}; first on line {line}'
            yield source.problem(("names", index, "name"), message)


def _second_primaries(record: Record, source: SourceRecord) -> Iterator[Problem]:
    first: dict[Language | None, str] = {}
    for index, name in enumerate(record.names):
        if _kind(name) is NameKind.PRIMARY:
            text = first.setdefault(language_of(name), name.name)
            if text != name.name:
                message = f'a second primary name in one language; the first is "{text}"'
                yield source.problem(("names", index, "kind"), message)


def to_entity(record: Record) -> Entity:
    """Return the entity of a record that breaks no rule: primary names first, else as listed."""
    names = [_to_name(name) for name in record.names]
    return Entity(
        id=record.id,
        type=record.type,
        names=tuple(sorted(names, key=lambda name: name.kind is not NameKind.PRIMARY)),
        description=record.description or "",
        wikidata_id=record.wikidata or "",
        other_ids=MappingProxyType(
            {
                system: value
                for system, value in (record.other_ids or {}).items()
                if not system.endswith(_PROVENANCE_SUFFIX)
            }
        ),
        relations=tuple(Relation(r.rel, r.target) for r in record.relations or ()),
    )


def _to_name(name: NameRecord) -> Name:
    language = language_of(name)
    assert language is not None, "rules before conversion. This is a bug."
    return Name(clean(name.name), language, _kind(name))


def _kind(name: NameRecord) -> NameKind:
    return NameKind.VARIANT if name.kind is None else _KINDS[name.kind]
