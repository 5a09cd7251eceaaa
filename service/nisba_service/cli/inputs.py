"""Texts and names from files, standard input and arguments."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import nisba
from nisba_service.errors import FieldInvalid, FieldRequired

STANDARD_INPUT = "-"


def documents(sources: Iterable[str], language: str, date: str = "") -> Iterator[nisba.Document]:
    """Yield the documents of files: a .jsonl file holds one a line, any other file is one text.

    Args:
        sources: paths; "-" is standard input, as one text.
        language: of all texts that do not say their own; "" for detection.
        date: the day of publication of all that do not say their own; "" for unknown.

    Raises:
        InvalidInput: a file that cannot be read, is not UTF-8, or a line that is no document.
    """
    for source in sources:
        text = _read(source)
        if source.endswith(".jsonl"):
            yield from _records(source, text, language, date)
        else:
            name = "stdin" if source == STANDARD_INPUT else Path(source).stem
            yield nisba.Document(text=text, id=name, language=language, date=date)


def names(arguments: Iterable[str]) -> Iterator[str]:
    """Yield names: each argument, and for "-" each line of standard input that is not empty."""
    for argument in arguments:
        if argument == STANDARD_INPUT:
            yield from filter(None, map(str.strip, _read(STANDARD_INPUT).splitlines()))
        else:
            yield argument


def _read(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rule = f"must be UTF-8; it is not at byte {error.start}"
        raise FieldInvalid(source, rule) from None
    except OSError as error:
        raise FieldInvalid(source, f"cannot be read: {error.strerror}") from None


def _records(source: str, text: str, language: str, date: str) -> Iterator[nisba.Document]:
    # Not splitlines(): a JSON string may hold U+2028 as it is.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _record(f"{source}:{number}", line, language, date)


def _record(place: str, line: str, language: str, date: str) -> nisba.Document:
    try:
        record = json.loads(line)
    except ValueError:
        raise FieldInvalid(place, "must be one JSON object") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise FieldRequired(place, 'must be an object with a "text" that is a string')
    own_language = record.get("language") or record.get("lang") or language
    return nisba.Document(
        text=record["text"],
        id=str(record.get("id") or ""),
        language=str(own_language),
        date=str(record.get("date") or date),
    )
