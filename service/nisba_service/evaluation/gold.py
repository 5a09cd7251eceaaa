"""Gold documents: texts with the right answer for every name in them, one JSON object a line.

    {"id", "lang", "text", "mentions": [{"start", "end", "type", "gold", "also_ok", "tags"}]}

`also_ok` and `tags` may be left out. No message repeats text of a document.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nisba_service.errors import FieldInvalid, FieldRequired
from nisba_service.names.types import EntityType, Language

# What `gold` says of somebody whom the gazetteer does not have.
NIL = "NIL"
_TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A name in a gold document; the span is in code points, half-open.

    Attributes:
        entity_id: who is meant, or NIL.
        also_ok: answers that are no error either.
        tags: the slices that the mention is counted in.
    """

    start: int
    end: int
    type: EntityType
    entity_id: str
    also_ok: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    @property
    def is_nil(self) -> bool:
        """Say whether the gazetteer does not have who is meant."""
        return self.entity_id == NIL

    def accepts(self, answer: str) -> bool:
        """Say whether an entity ID, or NIL, is a right answer."""
        return answer == self.entity_id or answer in self.also_ok


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and its mentions in order of start; `date` is its day of publication, if known."""

    id: str
    language: Language
    text: str
    mentions: tuple[GoldMention, ...]
    date: datetime.date | None = None

    @property
    def token_count(self) -> int:
        """Return the number of words between white space, punctuation counted with its word."""
        return len(self.text.split())


def read(paths: Iterable[Path]) -> tuple[GoldDocument, ...]:
    """Return the documents of files, in order.

    Raises:
        InvalidInput: a file that cannot be read, or the first line that breaks a rule, as
            `path:line: rule`.
    """
    return tuple(document for path in paths for document in _documents(path))


def entity_ids(documents: Iterable[GoldDocument]) -> frozenset[str]:
    """Return every entity ID that the gold of documents names."""
    mentions = [mention for document in documents for mention in document.mentions]
    named = {m.entity_id for m in mentions}.union(*(m.also_ok for m in mentions))
    return frozenset(named - {NIL})


def _documents(path: Path) -> Iterator[GoldDocument]:
    # Not splitlines(): a JSON string may hold U+2028 as it is.
    for number, line in enumerate(_contents(path).split("\n"), start=1):
        if line.strip():
            yield _Record(f"{path}:{number}", _object(f"{path}:{number}", line)).document()


def _contents(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FieldInvalid(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise FieldInvalid(str(path), f"must be UTF-8; it is not at byte {error.start}") from None


def _object(place: str, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise FieldInvalid(place, "must be one JSON object") from None
    if not isinstance(value, dict):
        raise FieldInvalid(place, "must be one JSON object")
    return value


@dataclass(frozen=True, slots=True)
class _Record:
    """A JSON object and the place that its errors name."""

    place: str
    value: dict[str, Any]

    def document(self) -> GoldDocument:
        text = self._string("text")
        mentions = [
            _Record(f"{self.place}: mentions[{index}]", self._is_object(index, item)).mention(text)
            for index, item in enumerate(self._list("mentions"))
        ]
        self._check_apart(mentions)
        return GoldDocument(
            id=self._string("id"),
            language=Language(self._one_of("lang", [language.value for language in Language])),
            text=text,
            mentions=tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))),
            date=self._date(),
        )

    def mention(self, text: str) -> GoldMention:
        start, end = self._integer("start"), self._integer("end")
        if not 0 <= start < end <= len(text):
            raise FieldInvalid(
                self.place,
                f"must have 0 <= start < end <= {len(text)}, the text's length",
                limit=str(len(text)),
                actual=f"{start}, {end}",
            )
        return GoldMention(
            start=start,
            end=end,
            type=EntityType(self._one_of("type", [type.value for type in _TYPES])),
            entity_id=self._string("gold"),
            also_ok=frozenset(self._strings("also_ok")),
            tags=frozenset(self._strings("tags")),
        )

    def _is_object(self, index: int, item: Any) -> dict[str, Any]:
        if not isinstance(item, dict):
            raise FieldInvalid(f"{self.place}: mentions[{index}]", "must be an object")
        return item

    def _check_apart(self, mentions: list[GoldMention]) -> None:
        seen: set[tuple[int, int]] = set()
        for index, mention in enumerate(mentions):
            span = mention.start, mention.end
            if span in seen:
                rule = f"repeats the span {span[0]}-{span[1]}; a span has one answer"
                raise FieldInvalid(f"{self.place}: mentions[{index}]", rule)
            seen.add(span)

    def _string(self, key: str) -> str:
        value = self.value.get(key)
        if not isinstance(value, str) or not value:
            raise FieldRequired(self.place, f'must have "{key}", a string that is not empty')
        return value

    def _date(self) -> datetime.date | None:
        value = self.value.get("date")
        if value is None:
            return None
        try:
            return datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise FieldInvalid(self.place, '"date" must be a day as YYYY-MM-DD') from None

    def _integer(self, key: str) -> int:
        value = self.value.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise FieldRequired(self.place, f'must have "{key}", a whole number')
        return value

    def _list(self, key: str) -> list[Any]:
        value = self.value.get(key)
        if not isinstance(value, list):
            raise FieldRequired(self.place, f'must have "{key}", a list')
        return value

    def _strings(self, key: str) -> list[str]:
        value = self.value.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise FieldInvalid(self.place, f'"{key}" must be a list of strings')
        return value

    def _one_of(self, key: str, allowed: list[str]) -> str:
        value = self.value.get(key)
        if value not in allowed:
            raise FieldInvalid(self.place, f'"{key}" must be one of {", ".join(allowed)}')
        return str(value)
