"""What a coverage-guided fuzzer feeds with bytes: each target takes any, and raises at a fault."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Final

from google.protobuf.message import DecodeError

from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as pb
from nisba_service.errors import InvalidInput
from nisba_service.gazetteer.exchange.formats import Form
from nisba_service.server import convert_requests, edits
from nisba_service.server.certificate_dates import validities
from nisba_service.server.engine import Engine, load_engine
from nisba_service.server.errors import EditInvalid
from nisba_service.settings import Settings
from nisba_service.tagging.model import Document
from tests.fuzz.files import DOCUMENT_SUFFIXES
from tests.fuzz.reading import check_import, check_input, check_name, check_text

Target = Callable[[bytes], None]

CORPUS: Final = Path(__file__).parent / "corpus"
"""A folder for each target, with what it begins from; targets of files share theirs by format."""

_REFUSALS: Final = (InvalidInput, EditInvalid)


@cache
def _engine() -> Engine:
    return load_engine(Settings())


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="nisba-fuzz-"))


def _written(name: str, content: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(content)
    return path


def _text(content: bytes) -> None:
    check_text(_engine(), Document(content.decode("utf-8", "replace")[:3_000]))


def _names(content: bytes) -> None:
    name, _, other = content.decode("utf-8", "replace").partition("\n")
    check_name(_engine(), name[:500], other[:500])


def _requests(content: bytes) -> None:
    with suppress(DecodeError, *_REFUSALS):
        request = pb.LinkTextRequest.FromString(content)
        convert_requests.read_max_candidates(request.options)
        convert_requests.read_request_document(request)
    with suppress(DecodeError, *_REFUSALS):
        edits.read_create(gazetteer_pb.CreateEntityRequest.FromString(content))


def _dates(content: bytes) -> None:
    with suppress(ValueError):
        validities(content)


def _import(form: Form, content: bytes) -> None:
    check_import(_written(f"a.{'json' if form in _JSON else form}", content), form)


def _input(suffix: str, content: bytes) -> None:
    check_input(_written(f"a{suffix}", content))


_JSON: Final = frozenset({Form.JSONL, Form.FTM, Form.WIKIDATA})

TARGETS: Final[Mapping[str, Target]] = {
    "text": _text,
    "names": _names,
    "requests": _requests,
    "certificates": _dates,
    **{f"import-{form}": partial(_import, form) for form in Form},
    **{f"input{suffix.replace('.', '-')}": partial(_input, suffix) for suffix in DOCUMENT_SUFFIXES},
}
