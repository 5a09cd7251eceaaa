from __future__ import annotations

import copy
import pickle

import grpc
import pytest
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status

import nisba
from nisba import _errors, _to_proto
from nisba._error_mapping import error_of_call, error_of_status
from nisba.v1.error_reason_pb2 import ErrorReason as Contract

ERRORS = [
    nisba.InvalidRequest("bad", reason="TEXT_TOO_LONG", field="text", limit="5", actual="9"),
    nisba.NotFound("gone", reason="ENTITY_NOT_FOUND", entity_ids=("per:a", "per:b")),
    nisba.Unauthenticated("who?"),
    nisba.Unsupported("old"),
    nisba.Overloaded("busy", reason="OVERLOADED", retry_after=1.5),
    nisba.Overloaded("مشغول", reason="OVERLOADED"),
    nisba.Overloaded("حصتك", reason="CLIENT_LIMIT_EXCEEDED", retry_after=2.0),
    nisba.Unavailable("bye", reason="SHUTTING_DOWN"),
    nisba.DeadlineExceeded("late", reason="DEADLINE_EXCEEDED"),
    nisba.Cancelled("never mind"),
    nisba.InternalError("oops", reason="INTERNAL", request_id="r-1"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_an_error_arrives_as_it_was_sent(error: nisba.NisbaError) -> None:
    arrived = error_of_status(_to_proto.status(error))
    assert type(arrived) is type(error)
    assert vars(arrived) == vars(error)


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_an_error_survives_pickling_and_copying(error: nisba.NisbaError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error)
        assert vars(again) == vars(error)
        assert str(again) == error.message


def test_every_reason_of_the_contract_is_known() -> None:
    of_the_contract = {name.removeprefix("ERROR_REASON_") for name, _ in Contract.items()}
    assert of_the_contract - {"UNSPECIFIED"} == set(nisba.ErrorReason) - {"MESSAGE_TOO_LARGE"}


def test_every_reason_has_an_error_of_its_own_whatever_the_code() -> None:
    def error(reason: str) -> nisba.NisbaError:
        status = Status(code=code_pb2.DATA_LOSS)
        status.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="nisba"))
        return error_of_status(status)

    assert isinstance(error("OVERLOADED"), nisba.Overloaded)
    assert isinstance(error("ERROR_REASON_OVERLOADED"), nisba.Overloaded)
    assert isinstance(error("SCRIPT_UNSUPPORTED"), nisba.InvalidRequest)
    by_code = {"INTERNAL", "MESSAGE_TOO_LARGE"}
    for reason in set(nisba.ErrorReason) - by_code:
        assert not isinstance(error(reason), nisba.InternalError), reason


def test_the_field_of_a_bad_request_without_metadata() -> None:
    status = Status(code=code_pb2.INVALID_ARGUMENT, message="no")
    violation = error_details_pb2.BadRequest.FieldViolation(field="documents[3].text")
    status.details.add().Pack(error_details_pb2.BadRequest(field_violations=[violation]))
    error = error_of_status(status)
    assert isinstance(error, nisba.InvalidRequest)
    assert error.field == "documents[3].text"


def test_a_status_without_a_message_still_says_something() -> None:
    assert "13" in str(error_of_status(Status(code=13)))


def test_an_unknown_code_is_the_services_fault() -> None:
    assert isinstance(error_of_status(Status(code=99, message="?")), nisba.InternalError)


def test_exhaustion_that_is_not_about_size_is_overload() -> None:
    status = Status(code=code_pb2.RESOURCE_EXHAUSTED, message="quota of proxy exceeded")
    assert isinstance(error_of_status(status), nisba.Overloaded)


def test_an_error_that_is_no_call_is_still_an_error() -> None:
    assert isinstance(error_of_call(grpc.RpcError("strange")), nisba.InternalError)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    classes = {
        name
        for name, value in vars(_errors).items()
        if isinstance(value, type) and issubclass(value, nisba.NisbaError)
    }
    drawn = {word for line in (_errors.__doc__ or "").splitlines() for word in line.split()[1:2]}
    assert classes - drawn == {"NisbaError"}
