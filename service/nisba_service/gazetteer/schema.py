"""The curators' format: the keys of a record, their form, and what to say when it is broken.

docs/gazetteer.md explains each key to curators. Rules between the parts of a record, and between
records, are in rules.py.
"""

from __future__ import annotations

import difflib
import json
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from nisba_service.errors import Problem
from nisba_service.gazetteer.source import Finding, Location, SourceRecord, not_utf8
from nisba_service.names.types import EntityType, Language

NAME_LIMIT = 500
"""Code points of a name: the longest official name of an organisation we know has about 150."""

_ID_PATTERN = r"^[A-Za-z0-9._:-]{1,128}$"

NameText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LIMIT)
]
EntityId = Annotated[str, StringConstraints(pattern=_ID_PATTERN)]
WikidataId = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]{0,11}$")]
RelationName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,63}$")]
# JSON has identifiers of other systems as numbers now and then.
OtherId = Annotated[str, Field(coerce_numbers_to_str=True)]
Use = Literal["free", "needs-context", "never-alone"]
Kind = Literal["primary", "variant", "acronym", "kunya", "short", "former", "alias"]
LinkedType = Literal[EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION]


def _is_day(text: str) -> str:
    if len(text) != len("2017"):
        date.fromisoformat(text)
    return text


# A year, or a day; what bounds of time the two mean is said in rules.py.
Day = Annotated[
    str,
    Field(coerce_numbers_to_str=True),
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$"),
    AfterValidator(_is_day),
]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NameRecord(_Form):
    """One spelling, and where it was seen."""

    name: NameText
    lang: Language | None = None
    kind: Kind | None = None
    use: Use | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    evidence: str | None = None
    source: str | None = None


class RelationRecord(_Form):
    """A statement about another entity of the gazetteer."""

    rel: RelationName
    target: EntityId


class Record(_Form):
    """One entity as a curator writes it."""

    id: EntityId
    type: LinkedType
    names: Annotated[list[NameRecord], Field(min_length=1)]
    description: str | None = None
    wikidata: WikidataId | None = None
    wikidata_source: str | None = None
    wikidata_confidence: Literal["high", "medium", "low"] | None = None
    other_ids: dict[str, OtherId] | None = None
    relations: list[RelationRecord] | None = None
    not_names: list[NameText] | None = None
    notes: str | None = None
    in_seed_article: bool | None = None


class RedirectRecord(_Form):
    """An ID that was used once, and the entity that it is a part of now."""

    id: EntityId
    merged_into: EntityId


class FormError(Exception):
    """Expected, the curator's fault: a record that breaks the form; all its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def parse(source: SourceRecord) -> Record | RedirectRecord:
    """Return the record if it has the right form. Raises FormError."""
    form = RedirectRecord if source.has_key("merged_into") else Record
    try:
        if isinstance(source.content, bytes):
            return form.model_validate_json(source.content)
        return form.model_validate(source.content)
    except ValidationError as error:
        raise FormError(source.problems(findings(error, form))) from None


def findings(error: ValidationError, form: type[_Form]) -> list[Finding]:
    """Return what a value that is not of this form breaks."""
    details = error.errors(include_url=False)
    return [(detail["loc"], _message(detail, form)) for detail in details]


# What each key must be, in the curator's words; the last key of the location finds it.
_RULES = {
    "id": "must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -",
    "merged_into": "must be an entity's ID: 1 to 128 of the characters A-Z a-z 0-9 . _ : -",
    "target": "must be an entity's ID: 1 to 128 of the characters A-Z a-z 0-9 . _ : -",
    "type": "must be PERSON, ORGANIZATION or LOCATION",
    "lang": "must be en or ar",
    "kind": "must be primary, variant, acronym, kunya, short or former",
    "use": "must be free, needs-context or never-alone",
    "valid_from": "must be a year or a day, 2017 or 2017-10-12",
    "valid_to": "must be a year or a day, 2017 or 2017-10-12",
    "wikidata": "must be a Wikidata item: Q and a number without leading zeros, for example Q34211",
    "wikidata_confidence": "must be high, medium or low",
    "rel": "must be lower-case letters and _, for example leader_of",
    "in_seed_article": "must be true or false",
}
_SHAPES = {
    "string_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "string_too_short": "must not be empty",
    "string_too_long": f"must have at most {NAME_LIMIT} characters",
    "too_short": "must hold at least one name",
    "missing": "is required",
}


def _message(detail: ErrorDetails, form: type[_Form]) -> str:
    kind = detail["type"]
    if kind == "json_invalid":
        return _unreadable_json(detail["input"], detail["ctx"]["error"])
    if kind == "extra_forbidden":
        return _unknown_key(detail["loc"], form)
    if kind in _SHAPES:
        return _SHAPES[kind]
    key = str(detail["loc"][-1])
    shown = json.dumps(detail["input"], ensure_ascii=False, default=str)[:80]
    return f"{_RULES.get(key, detail['msg'])}, not {shown}"


def _unreadable_json(content: bytes, why: str) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return not_utf8(error)
    return f"not valid JSON: {why}"


def _unknown_key(location: Location, form: type[_Form]) -> str:
    forms: dict[int | str, type[_Form]] = {"names": NameRecord, "relations": RelationRecord}
    known = list((forms.get(location[0], form) if len(location) > 1 else form).model_fields)
    nearest = difflib.get_close_matches(str(location[-1]), known, n=1)
    if nearest:
        return f"unknown key; did you mean {nearest[0]}?"
    return f"unknown key; the keys are {', '.join(known)}"
