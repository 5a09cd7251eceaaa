"""Records of a YAML file, straight from the parser's events, with line numbers.

A file is one list of records. Every scalar is text: the name "No" stays a name and the identifier
007 keeps its zeros. What YAML calls null (nothing, ~, null) means that the key is absent.
Aliases are refused: a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from nisba_service.errors import Problem
from nisba_service.gazetteer.source import LocatedList, LocatedMapping, Place, SourceRecord

# libyaml's parser where PyYAML was built with it (all wheels are): ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})
# A record needs three: the record, its names, a name.
_DEPTH_LIMIT = 8

NOT_A_LIST = "must be a list of records, each beginning with '- id: …'"


class _UnreadableError(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_yaml(path: str, text: str) -> Iterator[SourceRecord | Problem]:
    """Yield the records of `text` in order, and what is wrong with it as YAML."""
    try:
        yield from _Reader(path, text).records()
    except _UnreadableError as error:
        yield Problem(path, error.line, error.message)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = ", ".join(part for part in (error.context, error.problem) if part)
        yield Problem(path, mark.line + 1 if mark is not None else 0, f"not valid YAML: {why}")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        yield Problem(path, line, f"not valid YAML: {error.reason}")


class _Reader:
    """Builds located values from the events of one file."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._events: Iterator[Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._problems: list[Problem] = []

    def records(self) -> Iterator[SourceRecord | Problem]:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), StreamEndEvent):
            raise _UnreadableError(1, NOT_A_LIST)
        root = next(self._events)
        if not isinstance(root, SequenceStartEvent):
            raise _UnreadableError(_line(root), NOT_A_LIST)
        while not isinstance(event := next(self._events), SequenceEndEvent):
            content = self._value(event, depth=1)
            yield from self._problems
            self._problems.clear()
            yield SourceRecord(Place(self._path, _line(event)), content)
        next(self._events)  # the end of the document
        if not isinstance(event := next(self._events), StreamEndEvent):
            raise _UnreadableError(
                _line(event), "must be one list of records: remove the second '---'"
            )

    def _value(self, event: Event, depth: int) -> object:
        if isinstance(event, ScalarEvent):
            text: str = event.value
            return None if event.implicit[0] and text in _ABSENT else text
        if isinstance(event, AliasEvent):
            raise _UnreadableError(
                _line(event), f"aliases (*{event.anchor}) are not read: repeat it"
            )
        if depth > _DEPTH_LIMIT:
            raise _UnreadableError(_line(event), f"nested deeper than {_DEPTH_LIMIT} levels")
        if isinstance(event, MappingStartEvent):
            return self._mapping(depth)
        return self._list(depth)

    def _mapping(self, depth: int) -> LocatedMapping:
        mapping = LocatedMapping()
        while not isinstance(event := next(self._events), MappingEndEvent):
            line = _line(event)
            key = self._value(event, depth + 1)
            if not isinstance(key, str):
                raise _UnreadableError(line, "a key must be text")
            if key in mapping:
                message = f'the key "{key}" is used twice; first on line {mapping.lines[key]}'
                self._problems.append(Problem(self._path, line, message))
            mapping[key] = self._value(next(self._events), depth + 1)
            mapping.lines[key] = line
        return mapping

    def _list(self, depth: int) -> LocatedList:
        items = LocatedList()
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.lines.append(_line(event))
            items.append(self._value(event, depth + 1))
        return items


def _line(event: Event) -> int:
    mark = event.start_mark
    assert mark is not None, "parsed events have marks. This is a bug."
    return mark.line + 1
