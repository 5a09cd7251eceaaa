"""Every exception has one name on the wire, and no word of a text gets there."""

from __future__ import annotations

import grpc
import pytest

from nisba.v1 import error_reason_pb2
from nisba_service import errors as domain
from nisba_service.gazetteer.store.tokens import Role
from nisba_service.server import error_status, errors
from tests.support.serving import read_status

REASONS = {
    name.removeprefix("ERROR_REASON_")
    for name in error_reason_pb2.ErrorReason.DESCRIPTOR.values_by_name
}

VIOLATION = errors.Violation("entity.names[1].kind", "must be a kind of name")
LIMIT = "CLIENT_LIMIT_EXCEEDED"

RAISED = [
    (errors.MalformedRequest(), "INVALID_ARGUMENT", "MALFORMED_REQUEST"),
    (domain.FieldRequired("names", "must be set"), "INVALID_ARGUMENT", "FIELD_REQUIRED"),
    (domain.FieldInvalid("view", "is none"), "INVALID_ARGUMENT", "FIELD_INVALID"),
    (domain.TextTooLong("text", "is long"), "INVALID_ARGUMENT", "TEXT_TOO_LONG"),
    (domain.TooManyItems("ids", "are many"), "INVALID_ARGUMENT", "TOO_MANY_ITEMS"),
    (domain.LanguageUnsupported("l", "is not"), "INVALID_ARGUMENT", "LANGUAGE_UNSUPPORTED"),
    (domain.ScriptUnsupported("text", "is not"), "INVALID_ARGUMENT", "SCRIPT_UNSUPPORTED"),
    (domain.EntityNotFound("id", ("per:x",)), "NOT_FOUND", "ENTITY_NOT_FOUND"),
    (domain.PageTokenInvalid("page_token", "is not"), "INVALID_ARGUMENT", "PAGE_TOKEN_INVALID"),
    (errors.Overloaded(2.5), "RESOURCE_EXHAUSTED", "OVERLOADED"),
    (errors.ClientLimitExceeded("4 calls at once", 2.5), "RESOURCE_EXHAUSTED", LIMIT),
    (errors.ShuttingDown(), "UNAVAILABLE", "SHUTTING_DOWN"),
    (KeyError("نص المقال"), "INTERNAL", "INTERNAL"),
    (domain.EtagConflict("per:x", "a", "b"), "ABORTED", "ETAG_CONFLICT"),
    (errors.EntityExists("per:x"), "ALREADY_EXISTS", "ENTITY_EXISTS"),
    (errors.EntityReferenced("per:x", ("org:y",)), "FAILED_PRECONDITION", "ENTITY_REFERENCED"),
    (errors.EditInvalid([VIOLATION]), "INVALID_ARGUMENT", "FIELD_INVALID"),
    (errors.ReadOnly(), "FAILED_PRECONDITION", "READ_ONLY"),
    (domain.RevisionNotFound(7, 3), "NOT_FOUND", "REVISION_NOT_FOUND"),
    (errors.Unauthenticated(), "UNAUTHENTICATED", "UNAUTHENTICATED"),
    (errors.PermissionDenied(Role.CURATOR), "PERMISSION_DENIED", "PERMISSION_DENIED"),
    (domain.StoreError("postgresql://db"), "UNAVAILABLE", "STORE_UNAVAILABLE"),
    (domain.StoreBusy("postgresql://db"), "UNAVAILABLE", "STORE_UNAVAILABLE"),
    (errors.Expired(), "DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"),
]


@pytest.mark.parametrize(("error", "code", "reason"), RAISED)
def test_an_exception_has_a_code_and_a_reason(error: Exception, code: str, reason: str) -> None:
    rich = read_status(error_status.to_status(error, "id-1"))
    assert (rich.code.name, rich.reason) == (code, reason)
    assert rich.message


def test_every_reason_of_the_contract_can_be_sent() -> None:
    assert {reason for _, _, reason in RAISED} == REASONS - {"UNSPECIFIED"}


def test_a_broken_rule_names_field_limit_and_measure() -> None:
    error = domain.TextTooLong("document.text", "is too long", limit="100000", actual="100001")
    rich = read_status(error_status.to_status(error, "id-1"))
    assert rich.fields == ["document.text"]
    assert rich.metadata == {"field": "document.text", "limit": "100000", "actual": "100001"}


def test_an_overload_says_when_to_try_again() -> None:
    assert read_status(error_status.to_status(errors.Overloaded(2.5), "id-1")).retry_after == 2.5


def test_a_client_beyond_its_share_learns_the_limit_and_when_to_try_again() -> None:
    error = errors.ClientLimitExceeded("4 calls at once", 2.5)
    rich = read_status(error_status.to_status(error, "id-1"))
    assert (rich.retry_after, rich.metadata) == (2.5, {"limit": "4 calls at once"})


def test_a_fault_has_an_id_and_none_of_its_own_words() -> None:
    status = error_status.to_status(KeyError("نص المقال"), "id-1")
    assert read_status(status).metadata == {"request_id": "id-1"}
    assert "نص" not in str(status.message)
    assert "نص".encode() not in status.SerializeToString()
    assert error_status.is_fault(KeyError())


def test_a_subclass_is_called_what_its_parent_is_called() -> None:
    class EncodedTwice(domain.FieldInvalid):
        pass

    assert error_status.kind_of(EncodedTwice("f", "r")).code is grpc.StatusCode.INVALID_ARGUMENT


def test_missing_ids_are_named_up_to_ten() -> None:
    missing = tuple(f"per:{i}" for i in range(1_000))
    rich = read_status(error_status.to_status(domain.EntityNotFound("ids", missing), "id-1"))
    assert rich.metadata["entity_ids"].split(",") == list(missing[:10])
    assert "per:10" not in rich.message


def test_an_edit_that_breaks_rules_names_each_field() -> None:
    second = errors.Violation("entity.names[0].name", "must be in Arabic letters")
    rich = read_status(error_status.to_status(errors.EditInvalid([VIOLATION, second]), "id-1"))
    assert rich.fields == ["entity.names[1].kind", "entity.names[0].name"]
    assert rich.message == "entity.names[1].kind: must be a kind of name (and 1 more)"


def test_a_thousand_broken_rules_fit_an_error() -> None:
    rich = read_status(error_status.to_status(errors.EditInvalid([VIOLATION] * 1_000), "id-1"))
    assert len(rich.fields) == 10


def test_a_conflict_tells_the_etag_that_holds() -> None:
    rich = read_status(error_status.to_status(domain.EtagConflict("per:x", "a", "b"), "id-1"))
    assert rich.metadata == {"entity_ids": "per:x", "etag": "b"}


def test_a_lost_store_says_when_to_try_again_but_not_where_it_is() -> None:
    rich = read_status(error_status.to_status(domain.StoreError("postgresql://nisba@db/x"), "id-1"))
    assert rich.retry_after == 1.0
    assert "postgresql" not in rich.message
