"""What must hold of every file that is read and every text that is linked, whatever it holds."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.inputs.locations import locate
from nisba_service.archive.inputs.reading import rows
from nisba_service.archive.inputs.rows import MAX_ID, MAX_TEXT, Accepted, checked
from nisba_service.archive.rejects import Reject as Refused
from nisba_service.errors import ExchangeError, GazetteerError, InputError, ScriptUnsupported
from nisba_service.gazetteer.exchange.drafts import Reject, Tally
from nisba_service.gazetteer.exchange.formats import Form, Reading, form_of, read
from nisba_service.gazetteer.exchange.gathering import Gathering
from nisba_service.gazetteer.exchange.sources import Source
from nisba_service.names.compare import compare
from nisba_service.names.normalise import normalise
from nisba_service.names.parse import parse
from nisba_service.server.engine import Engine
from nisba_service.tagging.language import passages
from nisba_service.tagging.model import Document


def check_import(path: Path, form: Form) -> None:
    """A file is read to records, rejects and relations, or refused as a whole."""
    source = Source(path)
    with suppress(ExchangeError):
        assert form_of(source) in Form
    tally = Tally()
    with Gathering(tally, known=lambda _: False) as gathering:
        with suppress(ExchangeError, GazetteerError):
            for item in read(source, Reading(form), tally):
                if isinstance(item, Reject):
                    assert item.reason
                else:
                    gathering.add(item)
        records = list(gathering.records())
    assert len(records) == len({record.id for record in records})
    assert all(record.names for record in records)


def check_input(path: Path) -> None:
    """A file is read to documents that the contract allows, and rejects; or refused as a whole."""
    with suppress(InputError):
        for file in locate(str(path)).files:
            with file.content() as content:
                for row in rows(file, Columns(), content):
                    _check_row(row if isinstance(row, Refused) else checked(row))


def _check_row(row: Accepted | Refused) -> None:
    if isinstance(row, Refused):
        assert row.reason
        return
    document = row.document
    assert 0 < len(document.text) <= MAX_TEXT
    assert 0 < len(document.id) <= MAX_ID
    assert (document.id + document.text).encode()


def check_text(engine: Engine, document: Document) -> None:
    """A text's mentions stand in it in order, and passages cover it; or it is not ours to read."""
    text = document.text
    normal = normalise(text)
    assert normal.text is not None
    try:
        covered = passages(document)
        [spans] = engine.finder.tag_many([document])
        linked = engine.linker.link(document)
    except ScriptUnsupported:
        return
    assert "".join(text[passage.start : passage.end] for passage in covered) == text
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    mentions = [link.mention for link in linked.links]
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert text[: mention.start].endswith(mention.prefix)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


def check_name(engine: Engine, name: str, other: str) -> None:
    """A name is taken apart, compared and looked up."""
    assert parse(name).parts is not None
    assert 0 <= compare(name, other).probability <= 1
    decision = engine.linker.resolve(name)
    assert 0 <= decision.confidence <= 1
    assert engine.index.complete(name[:40]) is not None
