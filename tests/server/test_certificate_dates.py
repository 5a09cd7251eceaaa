"""The dates in certificates that a real authority has made."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.server.certificate_dates import Validity, validities

BEGINS = datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC)
CA = trustme.CA()


@pytest.mark.parametrize(
    "ends",
    [
        datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC),  # the last that is written with two digits
        datetime(2050, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),  # "does not end", RFC 5280, 4.1.2.5
    ],
)
def test_both_ways_to_write_a_date(ends: datetime) -> None:
    made = CA.issue_cert("غزة.example", not_before=BEGINS, not_after=ends)
    assert validities(made.cert_chain_pems[0].bytes()) == [Validity(BEGINS, ends)]


def test_a_chain_has_the_dates_of_each_certificate() -> None:
    child = CA.create_child_ca()
    made = child.issue_cert("a.example", not_after=datetime(2031, 1, 1, tzinfo=UTC))
    chain = b"# comment\n" + b"\n".join(pem.bytes() for pem in made.cert_chain_pems)
    dates = validities(chain)
    assert len(dates) == len(made.cert_chain_pems) == 2
    assert dates[0].ends == datetime(2031, 1, 1, tzinfo=UTC) != dates[1].ends


def test_a_file_without_a_certificate_has_no_dates() -> None:
    assert validities(CA.private_key_pem.bytes()) == []


@given(at=st.integers(0, 200), byte=st.integers(0, 255), length=st.integers(0, 300))
def test_damaged_bytes_are_dates_or_a_value_error(at: int, byte: int, length: int) -> None:

    der = bytearray(ssl.PEM_cert_to_DER_cert(CA.cert_pem.bytes().decode()))
    der[at] = byte
    pem = ssl.DER_cert_to_PEM_cert(bytes(der[:length])).encode()
    try:
        dates = validities(pem)
    except ValueError:
        dates = []
    assert all(isinstance(validity, Validity) for validity in dates)
