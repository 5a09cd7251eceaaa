"""A curator's record as read from a file, before any rule is checked, with its line numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_core import from_json

from nisba_service.errors import Problem

# Code points of an ID in a message: all of a sound one.
_SHOWN_ID = 128

Location = tuple[int | str, ...]
"""The way to a value in a record: ("names", 2, "kind")."""

Finding = tuple[Location, str]
"""A broken rule: the value that breaks it, and what is wrong with it."""


class LocatedMapping(dict[str, object]):
    """A mapping of a YAML file that knows the line of each key."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class LocatedList(list[object]):
    """A list of a YAML file that knows the line of each item."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins; line 0: a store has none."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record: a value with line numbers (from YAML), or a line of JSON as it stands."""

    place: Place
    content: object

    def claimed_id(self) -> str:
        """Return the ID that the record gives itself, even if other parts are wrong; else ""."""
        content = self.content
        if isinstance(content, bytes):
            try:
                content = from_json(content)
            except ValueError:
                return ""
        entity_id = content.get("id") if isinstance(content, dict) else None
        return entity_id if isinstance(entity_id, str) else ""

    def has_key(self, key: str) -> bool:
        """Say whether the record gives itself this key, whatever its value."""
        content = self.content
        if isinstance(content, bytes):
            # Most lines have no such key, and looking for its letters is quick.
            if key.encode() not in content:
                return False
            try:
                content = from_json(content)
            except ValueError:
                return False
        return isinstance(content, dict) and key in content

    def line_of(self, location: Iterable[int | str]) -> int:
        """Return the line of the value at `location`, or of the nearest thing around it."""
        line, node = self.place.line, self.content
        for step in location:
            try:
                if isinstance(node, LocatedMapping):
                    line, node = node.lines[str(step)], node[str(step)]
                elif isinstance(node, LocatedList):
                    line, node = node.lines[int(step)], node[int(step)]
            except (LookupError, ValueError):
                break
        return line

    def problems(self, findings: Iterable[Finding]) -> list[Problem]:
        """Return the findings as problems that name the file, the line, the entity and the key."""
        subject = self.claimed_id()[:_SHOWN_ID]
        return [
            Problem(
                self.place.path,
                self.line_of(location),
                ": ".join(part for part in (subject, field_path(location), message) if part),
            )
            for location, message in findings
        ]


def field_path(location: Location) -> str:
    """Return ("names", 2, "kind") as "names[2].kind"."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).removeprefix(".")


def not_utf8(error: UnicodeDecodeError) -> str:
    """Return what to say of bytes that are not UTF-8."""
    return f"byte 0x{error.object[error.start]:02x} is not valid UTF-8: save the file as UTF-8"
