"""What stands around a mention, for somebody who judges it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script

WIDTH = 90
"""Code points on each side: about two lines of a page."""

_ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")
# Signs that turn the direction of what follows: cut out of their text, they would not be closed,
# and turn what a page or a terminal writes behind them.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Context:
    """A mention with what stands before and after it, on one line."""

    before: str
    mention: str
    after: str

    @classmethod
    def of(cls, text: str, start: int, end: int, width: int = WIDTH) -> Context:
        """Cut out what stands around the span; words at its edges are left out, not cut."""
        begin, stop = max(0, start - width), min(len(text), end + width)
        before, after = text[begin:start], text[end:stop]
        if begin > 0:
            before = _without_first(before) if _cuts(text, begin) else before
            before = _ELLIPSIS + before.lstrip()
        if stop < len(text):
            after = _without_first(after[::-1])[::-1] if _cuts(text, stop) else after
            after = after.rstrip() + _ELLIPSIS
        return cls(harmless(before), harmless(text[start:end]), harmless(after))

    def __str__(self) -> str:
        return f"{self.before}{self.mention}{self.after}"

    @property
    def language(self) -> Language:
        """Return the language of its script."""
        return language_of(str(self))


def harmless(text: str) -> str:
    """Return a text as one line, without signs that would change how others are shown."""
    return _SPACE.sub(" ", _CONTROLS.sub("\ufffd", _DIRECTIONS.sub("", text)))


def language_of(text: str) -> Language:
    """Return the language of a text's script, English where it has no letters."""
    return Language.AR if script_of(text) is Script.ARABIC else Language.EN


def _cuts(text: str, place: int) -> bool:
    return not (text[place - 1].isspace() or text[place].isspace())


def _without_first(text: str) -> str:
    """Drop the word that the edge has cut; it is kept where there is no other."""
    parts = _SPACE.split(text, maxsplit=1)
    return parts[1] if len(parts) == 2 else text
