"""Tagged sentences in two columns: token, tab or space, tag; a blank line ends a sentence.

Tags are O or a prefix and a type: B- begins an entity, I- goes on with one of its type and else
begins one (so that IOB1 is read too), E- ends and S- is one (BIOES). Types of any tag set that the
tagger knows are read; others stand outside, as they do in its answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nisba_service.errors import FieldInvalid
from nisba_service.names.types import EntityType
from nisba_service.tagging import tag_sets
from nisba_service.tagging.model import TaggedSpan

OUTSIDE = "O"
_BEGIN, _INSIDE, _END, _SINGLE = "B", "I", "E", "S"


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """Tokens, and the entities among them: spans in tokens, half-open, in order."""

    tokens: tuple[str, ...]
    entities: tuple[TaggedSpan, ...]


def read(path: Path) -> tuple[TaggedSentence, ...]:
    """Return the sentences of a file.

    Raises:
        InvalidInput: the file cannot be read, or `path:line: rule`, without the line's text.
    """
    return tuple(_sentence(rows) for rows in _sentences(path))


@dataclass(frozen=True, slots=True)
class _Row:
    token: str
    prefix: str
    type: EntityType | None


def _sentences(path: Path) -> Iterator[list[_Row]]:
    rows: list[_Row] = []
    for number, line in enumerate(_contents(path).split("\n"), start=1):
        if line.strip():
            rows.append(_row(f"{path}:{number}", line))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _contents(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FieldInvalid(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise FieldInvalid(str(path), f"must be UTF-8; it is not at byte {error.start}") from None


def _row(place: str, line: str) -> _Row:
    token, _, tag = line.rstrip().replace("\t", " ").rpartition(" ")
    if not token.strip():
        raise FieldInvalid(place, "must be a token and a tag, with a tab or space between")
    if tag == OUTSIDE:
        return _Row(token.strip(), OUTSIDE, None)
    prefix, dash, type_ = tag.partition("-")
    if prefix not in (_BEGIN, _INSIDE, _END, _SINGLE) or not dash or not type_:
        raise FieldInvalid(place, "must have a tag that is O, or B-, I-, E- or S- and a type")
    return _Row(token.strip(), prefix, tag_sets.entity_type(type_))


def _sentence(rows: Sequence[_Row]) -> TaggedSentence:
    return TaggedSentence(tuple(row.token for row in rows), tuple(_entities(rows)))


def _entities(rows: Iterable[_Row]) -> Iterator[TaggedSpan]:
    open_: TaggedSpan | None = None
    for index, row in enumerate(rows):
        if open_ is not None and _goes_on(open_, row):
            open_ = TaggedSpan(open_.start, index + 1, open_.type)
        else:
            if open_ is not None:
                yield open_
            open_ = None if row.type is None else TaggedSpan(index, index + 1, row.type)
        if open_ is not None and row.prefix in (_END, _SINGLE):
            yield open_
            open_ = None
    if open_ is not None:
        yield open_


def _goes_on(span: TaggedSpan, row: _Row) -> bool:
    return row.prefix in (_INSIDE, _END) and row.type is span.type
