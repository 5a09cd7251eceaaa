"""docs/operations.md speaks of every setting and of every reason, with the values of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba.v1 import error_reason_pb2
from nisba_service.server import limits
from nisba_service.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
REASONS = [
    name.removeprefix("ERROR_REASON_")
    for name, value in error_reason_pb2.ErrorReason.DESCRIPTOR.values_by_name.items()
    if value.number != error_reason_pb2.ERROR_REASON_UNSPECIFIED
]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_on_the_page(name: str) -> None:
    assert f"`NISBA_{name.upper()}`" in PAGE


@pytest.mark.parametrize(
    "name",
    [
        "drain_delay",
        "grace",
        "queue_code_points",
        "client_calls",
        "client_code_points",
        "client_burst",
        "batch_code_points",
        "stream_in_flight",
        "max_connection_age",
        "address",
    ],
)
def test_a_default_on_the_page_is_the_default(name: str) -> None:
    default = Settings.model_fields[name].default
    shown = default if isinstance(default, str) else f"{default:.0f}"
    assert f"| `NISBA_{name.upper()}` | `{shown}` |" in PAGE


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_on_the_page(reason: str) -> None:
    assert f"| `{reason}` |" in PAGE


def test_limits_on_the_page_are_the_limits() -> None:
    assert f"1 to {limits.TEXT:,} |".replace(",", " ") in PAGE
    assert f"1 to {limits.BATCH_DOCUMENTS}, 1 000 000 code points together" in PAGE
    assert f"| {limits.RECEIVED_BYTES // 2**20} MiB |" in PAGE
