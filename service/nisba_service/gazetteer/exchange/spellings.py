"""Names from elsewhere, of any script and often repeated, as the gazetteer takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.model import NameKind, NameUse
from nisba_service.gazetteer.rules import clean, writing_fault
from nisba_service.gazetteer.schema import NAME_LIMIT
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script

_ARABIC_DIGIT = re.compile("[٠-٩۰-۹]")
_LANGUAGES = {Script.LATIN: Language.EN, Script.ARABIC: Language.AR}

THIRD_SCRIPT = "names in a third script"
SIGNS = "names without letters and digits"
MIXED = "names of mixed scripts or with control characters"
TOO_LONG = f"names of more than {NAME_LIMIT} characters"


_Key = tuple[str, Language, NameKind]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name as another format has it."""

    text: str
    kind: NameKind = NameKind.VARIANT
    use: NameUse = NameUse.FREE
    language: Language | None = None
    """Of a name without letters (8200), if the other format says it."""


def name_records(
    spellings: Iterable[Spelling], tally: Tally, *, kinds_are_ours: bool = False
) -> list[dict[str, object]]:
    """Return the `names` of a record: those in Latin or Arabic letters, each once.

    The first primary name of each language stays primary. Unless `kinds_are_ours`, the first name
    becomes primary where none is, and what has another kind too is no variant. What is not taken
    is counted.
    """
    taken: dict[_Key, NameUse] = {}
    has_primary: set[Language] = set()
    for spelling in spellings:
        text = clean(spelling.text)
        language = _language(text, spelling.language, tally)
        if language is None:
            continue
        kind = spelling.kind
        if kind is NameKind.PRIMARY:
            if language in has_primary:
                kind = NameKind.VARIANT
            has_primary.add(language)
        taken.setdefault((text, language, kind), spelling.use)
    if kinds_are_ours:
        return [_record(*key, use) for key, use in taken.items()]
    return _listed(taken, without_primary=not has_primary)


def _listed(taken: dict[_Key, NameUse], *, without_primary: bool) -> list[dict[str, object]]:
    better_known = {text for text, _, kind in taken if kind is not NameKind.VARIANT}
    names = []
    for (text, language, kind), use in taken.items():
        if kind is NameKind.VARIANT:
            if text in better_known:
                continue
            if without_primary and use is NameUse.FREE:
                kind, without_primary = NameKind.PRIMARY, False
        names.append(_record(text, language, kind, use))
    return names


def _record(text: str, language: Language, kind: NameKind, use: NameUse) -> dict[str, object]:
    record: dict[str, object] = {"name": text}
    if script_of(text) is Script.OTHER:
        record["lang"] = language.value
    if kind is not NameKind.VARIANT:
        record["kind"] = kind.value
    if use is not NameUse.FREE:
        record["use"] = use.value
    return record


def _language(text: str, told: Language | None, tally: Tally) -> Language | None:
    """Return the language of a name, by its script; None: it is counted, not taken."""
    language = _LANGUAGES.get(script_of(text))
    if language is None:
        return _without_letters(text, told, tally)
    if len(text) > NAME_LIMIT:
        tally.left_out[TOO_LONG] += 1
        return None
    if writing_fault(text, language) is not None:
        tally.left_out[MIXED] += 1
        return None
    return language


def _without_letters(text: str, told: Language | None, tally: Tally) -> Language | None:
    if any(map(str.isalpha, text)):
        tally.left_out[THIRD_SCRIPT] += 1
        return None
    if any(map(str.isalnum, text)) and len(text) <= NAME_LIMIT:
        return told or language_of_digits(text)
    if text:
        tally.left_out[SIGNS] += 1
    return None


def language_of_digits(text: str) -> Language:
    """Return the language of a name without letters where nobody says it: 8200 and ٨٢٠٠."""
    return Language.AR if _ARABIC_DIGIT.search(text) else Language.EN
