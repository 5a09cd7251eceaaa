"""Entities out in the curators' form: records as a person would write them.

Written here rather than by PyYAML, for two reasons: a name stands on a line of its own with all
that is known of it, and a million entities take a minute.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from nisba_service.gazetteer.schema import Record, RedirectRecord

# Letters and digits of any script, and signs that mean nothing to YAML, inside brackets too; a name
# that begins with a sign, or ends in a space, is better seen in quotation marks.
_PLAIN = re.compile(r"[^\W_](?:[\w .()/'’+-]|:(?=\S))*(?<! )")
# What YAML readers other than ours take for something else than text: no, 007, 1e3, 2017-10-12.
_TAKEN_FOR_ELSE = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|nan|inf|[0-9][0-9_.,:eExXoOa-fA-F+-]*|[0-9]{4}-.*)",
    re.IGNORECASE,
)
# Written as they are in quotation marks; all others would not be seen, or not be read back.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def yaml_record(record: Record | RedirectRecord) -> str:
    """Return the text of one record, an item of the file's list."""
    content: Mapping[str, object] = record.model_dump(mode="json", exclude_none=True)
    if isinstance(record, RedirectRecord):
        return f"- {flow(content)}\n"
    lines = (line for key, value in content.items() for line in _lines(key, value))
    return "- " + "  ".join(lines)


def _lines(key: str, value: object) -> Iterator[str]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{key}:\n"
        yield from (f"- {flow(item)}\n" for item in value)
    else:
        yield f"{key}: {flow(value)}\n"


def flow(value: object) -> str:
    """Return a value on one line, as it stands within a record."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _TAKEN_FOR_ELSE.fullmatch(text):
        return text
    return '"' + "".join(map(_quoted, text)) + '"'


def _quoted(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isascii() and character.isprintable():
        return character
    if unicodedata.category(character) in _INVISIBLE:
        code = ord(character)
        return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
    return character
