"""From when until when certificates are valid, read from their PEM.

Python's ssl tells the dates of a peer's certificate but not of one's own, and a whole library of
cryptography is much for two dates. They stand early in the DER of a certificate (RFC 5280, 4.1).
"""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_CERTIFICATE: Final = re.compile(
    rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL
)
_SEQUENCE: Final = 0x30
_VERSION: Final = 0xA0
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of a certificate."""

    begins: datetime
    ends: datetime


def validities(pem: bytes) -> list[Validity]:
    """Return the dates of every certificate of a file, in order.

    Raises:
        ValueError: one of them is none.
    """
    ders = [ssl.PEM_cert_to_DER_cert(found.decode("ascii")) for found in _CERTIFICATE.findall(pem)]
    return [_validity(der) for der in ders]


def _validity(der: bytes) -> Validity:
    certificate = _Der(der).enter(_SEQUENCE)
    signed = certificate.enter(_SEQUENCE)
    if signed.tag == _VERSION:
        signed.skip()
    for _ in ("serial number", "signature's algorithm", "issuer"):
        signed.skip()
    dates = signed.enter(_SEQUENCE)
    return Validity(_time(dates), _time(dates))


class _Der:
    """Reads values that stand one after another."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def tag(self) -> int:
        """Return the kind of the next value."""
        if self._at >= len(self._data):
            raise ValueError("a certificate ends too early")
        return self._data[self._at]

    def enter(self, tag: int) -> _Der:
        """Return a reader of what the next value, of this kind, holds; go on behind it."""
        if self.tag != tag:
            raise ValueError(f"a certificate has {self.tag:#x} where {tag:#x} should be")
        return _Der(self.skip())

    def skip(self) -> bytes:
        """Return what the next value holds; go on behind it."""
        begin, length = self._length(self._at + 1)
        end = begin + length
        if end > len(self._data):
            raise ValueError("a certificate ends too early")
        self._at = end
        return self._data[begin:end]

    def _length(self, at: int) -> tuple[int, int]:
        """Return where a value begins whose length is written at `at`, and its length."""
        first = int.from_bytes(self._data[at : at + 1])
        if first < 0x80:
            return at + 1, first
        digits = first & 0x7F
        return at + 1 + digits, int.from_bytes(self._data[at + 1 : at + 1 + digits])


def _time(dates: _Der) -> datetime:
    kind = dates.tag
    written = dates.skip().decode("ascii")
    if kind == _UTC_TIME:
        # Two digits of the year: from 50 on it is the last century's (RFC 5280, 4.1.2.5.1).
        written = ("19" if written[:2] >= "50" else "20") + written
    elif kind != _GENERALIZED_TIME:
        raise ValueError("a certificate has no date where one should be")
    return datetime.strptime(written, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
