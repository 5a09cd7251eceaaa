"""Rules between the parts of one record, and the entity that a sound record makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

from nisba_service.gazetteer.model import Entity, Name, NameKind, NameUse, Relation
from nisba_service.gazetteer.schema import NameRecord, Record
from nisba_service.gazetteer.source import Finding, SourceRecord
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script

# Other people's exports call a spelling an alias.
_KINDS: dict[str | None, NameKind] = {kind.value: kind for kind in NameKind}
_KINDS |= {"alias": NameKind.VARIANT, None: NameKind.VARIANT}
_USES: dict[str | None, NameUse] = {use.value: use for use in NameUse} | {None: NameUse.FREE}
# other_ids may say where an ID was read, under the key with this ending: not an ID itself.
_PROVENANCE_SUFFIX = "_source"
_SCRIPTS = {Language.EN: Script.LATIN, Language.AR: Script.ARABIC}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_LATIN_LETTER = re.compile("[A-Za-z]")
_SCRIPT_NAMES = {Script.LATIN: "Latin", Script.ARABIC: "Arabic"}
# Letters in the sense of a script: ʿ and ʾ, signs of transliteration, are "modifiers" (Lm).
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})


def names_of(record: Record) -> list[Name]:
    """Return the record's names as listed, cleaned, each with its language and kind.

    A name without `lang` has the language of its script.
    """
    return [
        Name(
            clean(name.name),
            _language(name),
            _KINDS[name.kind],
            _USES[name.use],
            _first_day(name.valid_from),
            _last_day(name.valid_to),
        )
        for name in record.names
    ]


def _first_day(written: str | None) -> date | None:
    if written is None:
        return None
    return date.fromisoformat(written if "-" in written else f"{written}-01-01")


def _last_day(written: str | None) -> date | None:
    if written is None:
        return None
    return date.fromisoformat(written if "-" in written else f"{written}-12-31")


def clean(name: str) -> str:
    """Return the name with composed characters (NFC) and single spaces."""
    return " ".join((name if name.isascii() else unicodedata.normalize("NFC", name)).split())


def _language(name: NameRecord) -> Language:
    if name.lang is not None:
        return name.lang
    return Language.AR if script_of(name.name) is Script.ARABIC else Language.EN


def names_findings(
    record: Record, names: Sequence[Name], source: SourceRecord
) -> Iterator[Finding]:
    """Yield every rule that the names of one record break, and what are not its names."""
    for index, (written, name) in enumerate(zip(record.names, names, strict=True)):
        is_given = written.lang is not None
        message = writing_fault(name.name, name.language, language_is_given=is_given)
        if message is not None:
            yield ("names", index, "name"), message
    yield from _repeated_names(names, source)
    yield from _second_primaries(names)
    yield from _ends_before_it_begins(record, names)
    yield from _names_and_not_names(record, names)


def writing_fault(text: str, language: Language, *, language_is_given: bool = False) -> str | None:
    """Return what is wrong with the letters of a clean name; None: nothing."""
    control = _CONTROL.search(text)
    if control is not None:
        return f"holds a control character: U+{ord(control[0]):04X}"
    if language is Language.EN and text.isascii() and _LATIN_LETTER.search(text):
        return None  # half of all names, told quickly
    if any(map(_is_foreign, text)):
        letter = next(filter(_is_foreign, text))
        described = unicodedata.name(letter, f"U+{ord(letter):04X}")
        return f'"{text}" holds a letter that is neither Latin nor Arabic: {described}'
    script = script_of(text)
    if script is Script.OTHER:
        return _letterless_message(text, language_is_given)
    own = _SCRIPTS[language]
    if script is not own:
        return f'"{text}" is not in {_SCRIPT_NAMES[own]} script, but lang is {language}'
    return None


def _letterless_message(text: str, language_is_given: bool) -> str | None:
    if not any(map(str.isalnum, text)):
        return f'"{text}" has no letter and no digit'
    if not language_is_given:
        return f'"{text}" has no letter that tells its language: give lang'
    return None


@cache
def _is_foreign(character: str) -> bool:
    return unicodedata.category(character) in _LETTERS and script_of(character) is Script.OTHER


def _repeated_names(names: Sequence[Name], source: SourceRecord) -> Iterator[Finding]:
    if len({name.name for name in names}) == len(names):
        return
    # One spelling may stand under two kinds, UNRWA is the primary name and an acronym, and for two
    # terms of office.
    first: dict[Name, int] = {}
    for index, name in enumerate(names):
        key = replace(name, use=NameUse.FREE)
        if first.setdefault(key, index) != index:
            line = source.line_of(("names", first[key]))
            message = f'"{name.name}" is listed twice as {name.kind}; first on line {line}'
            yield ("names", index, "name"), message


def _second_primaries(names: Sequence[Name]) -> Iterator[Finding]:
    first: dict[Language, str] = {}
    for index, name in enumerate(names):
        if name.kind is NameKind.PRIMARY:
            text = first.setdefault(name.language, name.name)
            if text != name.name:
                message = f'a second primary name in {name.language}; the first is "{text}"'
                yield ("names", index, "kind"), message


def _ends_before_it_begins(record: Record, names: Sequence[Name]) -> Iterator[Finding]:
    for index, (written, name) in enumerate(zip(record.names, names, strict=True)):
        if name.valid_from is None or name.valid_to is None or name.valid_from <= name.valid_to:
            continue
        message = f"ends before it begins: {written.valid_from} is after {written.valid_to}"
        yield ("names", index, "valid_to"), message


def _names_and_not_names(record: Record, names: Sequence[Name]) -> Iterator[Finding]:
    spellings = {name.name for name in names}
    for index, written in enumerate(record.not_names or ()):
        if clean(written) in spellings:
            yield ("not_names", index), f'"{clean(written)}" is one of its names too'


def to_entity(record: Record, names: Sequence[Name]) -> Entity:
    """Return the entity of a record that breaks no rule: primary names first, else as listed."""
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
        not_names=tuple(clean(name) for name in record.not_names or ()),
    )
