"""The limits that are enforced are those that the contract's comments promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nisba_service.server import limits

PROTOS = Path(__file__).resolve().parents[2] / "protos" / "nisba" / "v1"


def spelt(number: int) -> str:
    """Return a number as the contract writes it: 100 000."""
    return f"{number:,}".replace(",", " ")


def comment_of(file: str, message: str, field: str) -> str:
    """Return the comment before a field, on one line."""
    source = (PROTOS / file).read_text(encoding="utf-8")
    body = source[source.index(f"message {message} {{") :]
    match = re.search(rf"((?:^ +//.*\n)+)^ +[\w. <>,]+ {field} = \d+;", body, re.MULTILINE)
    assert match is not None
    return " ".join(line.strip().removeprefix("// ") for line in match.group(1).splitlines())


@pytest.mark.parametrize(
    ("file", "message", "field", "promise"),
    [
        ("linking_service.proto", "Document", "text", f"1 to {spelt(limits.TEXT)} code points"),
        ("linking_service.proto", "Document", "id", f"0 to {limits.CALLER_ID} code points"),
        (
            "linking_service.proto",
            "LinkOptions",
            "max_candidates",
            f"0 to {limits.CANDIDATES.largest}. 0: the default, {limits.CANDIDATES.default}. "
            "-1: none",
        ),
        (
            "linking_service.proto",
            "BatchLinkTextsRequest",
            "documents",
            f"1 to {limits.BATCH_DOCUMENTS} documents, at most {spelt(limits.BATCH_TEXT)} "
            "code points of text together",
        ),
        (
            "linking_service.proto",
            "StreamLinkTextsRequest",
            "key",
            f"0 to {limits.CALLER_ID} code points",
        ),
        (
            "linking_service.proto",
            "StreamTagTextsRequest",
            "key",
            f"0 to {limits.CALLER_ID} code points",
        ),
        ("linking_service.proto", "NameQuery", "name", f"1 to {limits.NAME} code points"),
        (
            "linking_service.proto",
            "ResolveNamesRequest",
            "names",
            f"1 to {spelt(limits.NAMES)} names",
        ),
        ("entity.proto", "Entity", "id", f"[A-Za-z0-9._:-]{{1,{limits.ENTITY_ID}}}"),
        (
            "gazetteer_service.proto",
            "BatchGetEntitiesRequest",
            "ids",
            f"1 to {spelt(limits.IDS)} IDs",
        ),
        (
            "gazetteer_service.proto",
            "ListEntitiesRequest",
            "page_size",
            f"0 to {spelt(limits.LIST_PAGE.largest)}; 0: {limits.LIST_PAGE.default}; "
            f"more than {spelt(limits.LIST_PAGE.largest)} is taken as",
        ),
        (
            "gazetteer_service.proto",
            "SearchEntitiesRequest",
            "page_size",
            f"0 to {limits.SEARCH_PAGE.largest}; 0: {limits.SEARCH_PAGE.default}; "
            f"more than {limits.SEARCH_PAGE.largest} is taken as",
        ),
        (
            "gazetteer_service.proto",
            "SearchEntitiesRequest",
            "query",
            f"1 to {limits.NAME} code points",
        ),
    ],
)
def test_the_contract_promises_the_limit(file: str, message: str, field: str, promise: str) -> None:
    assert promise in comment_of(file, message, field)


def test_the_rpc_promises_the_size_of_a_batch() -> None:
    source = (PROTOS / "linking_service.proto").read_text(encoding="utf-8")
    assert f"// Links up to {limits.BATCH_DOCUMENTS} documents." in source


def test_an_error_names_as_many_missing_ids_as_the_contract_says() -> None:
    source = (PROTOS / "error_reason.proto").read_text(encoding="utf-8")
    assert f"entity_ids (comma-separated, at most {limits.IDS_IN_ERROR})" in source


def test_the_largest_batch_fits_a_message_in_any_script() -> None:
    per_document = 4 * (2 * limits.CALLER_ID) + 64
    largest = 4 * limits.BATCH_TEXT + limits.BATCH_DOCUMENTS * per_document
    assert largest < limits.RECEIVED_BYTES
