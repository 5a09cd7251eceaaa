"""Lines of other formats as BIO lines: token, tab, tag; a blank line after each sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from training.tagger.sources import Format

# CrossNER's types that are among the three; elections, events and the rest are no names here.
_CROSSNER_TYPES = {
    "politician": "PER",
    "person": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "location": "LOC",
    "country": "LOC",
}
# UNER's columns: number, token, tag; where somebody annotated, a second reading and who it was.
_UNER_COLUMNS = (3, 5)
# Other names are none of the three; a mark that an annotator took back is left as B-O.
_UNER_TAGS = {"B-OTH": "B-MISC", "I-OTH": "I-MISC", "B-O": "O"}


def as_bio(lines: Iterable[str], format_: Format) -> Iterator[str]:
    """Yield the lines of a file as BIO lines, without line ends.

    Raises:
        ValueError: a line is not of the format; the message numbers it and does not quote it.
    """
    convert = _CONVERTERS[format_]
    for number, line in enumerate(lines, start=1):
        try:
            converted = convert(line.rstrip("\r\n"))
        except ValueError:
            raise ValueError(f"line {number}: not of format {format_.value}") from None
        if converted is not None:
            yield converted


def _bio(line: str) -> str:
    return line


def _uner(line: str) -> str | None:
    if line.startswith("#"):
        return None
    if not line:
        return ""
    columns = line.split("\t")
    if len(columns) not in _UNER_COLUMNS:
        raise ValueError
    return f"{columns[1]}\t{_UNER_TAGS.get(columns[2], columns[2])}"


def _crossner(line: str) -> str:
    if not line.strip():
        return ""
    token, tag = line.split()
    prefix, dash, type_ = tag.partition("-")
    if not dash:
        return f"{token}\t{tag}"
    return f"{token}\t{prefix}-{_CROSSNER_TYPES.get(type_, 'MISC')}"


_CONVERTERS: Mapping[Format, Callable[[str], str | None]] = {
    Format.BIO: _bio,
    Format.UNER: _uner,
    Format.CROSSNER: _crossner,
}
