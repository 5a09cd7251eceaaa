"""Which exporters the environment wants, and what a start says of one that cannot be had."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nisba_service.errors import SettingsError
from nisba_service.server.telemetry import wanted
from nisba_service.server.telemetry.metrics import Signal

ENDPOINT = "http://127.0.0.1:4317"


@pytest.mark.parametrize(
    ("environment", "traces", "metrics"),
    [
        ({}, None, None),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ENDPOINT}, "otlp_proto_grpc", "otlp_proto_grpc"),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": ENDPOINT}, "otlp_proto_grpc", None),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": ENDPOINT, "OTEL_TRACES_EXPORTER": "none"},
            None,
            "otlp_proto_grpc",
        ),
        ({"OTEL_METRICS_EXPORTER": "otlp"}, None, "otlp_proto_grpc"),
        ({"OTEL_TRACES_EXPORTER": "console"}, "console", None),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ENDPOINT, "OTEL_SDK_DISABLED": "true"}, None, None),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, None, None),
    ],
)
def test_an_endpoint_or_a_name_turns_an_exporter_on(
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    traces: str | None,
    metrics: str | None,
) -> None:
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    found = {signal: wanted.wanted(signal) for signal in Signal}
    names = {signal: entry.name if entry is not None else None for signal, entry in found.items()}
    assert names == {Signal.TRACES: traces, Signal.METRICS: metrics}
    assert wanted.is_anything() == bool(traces or metrics)


def test_all_that_cannot_be_had_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "zipkin")
    monkeypatch.setenv("OTEL_METRICS_EXPORTER", "otlp")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/json")
    with pytest.raises(SettingsError) as caught:
        wanted.check()
    first, second = str(caught.value).splitlines()
    assert first.startswith("OTEL_TRACES_EXPORTER: nothing that is installed exports traces as")
    assert "nisba-service[telemetry]" in first
    assert second.startswith("OTEL_EXPORTER_OTLP_PROTOCOL: must be one of grpc, http/protobuf")


def test_what_telemetry_is_sent_with_is_imported_only_where_it_is_wanted() -> None:
    code = (
        "import sys, nisba_service.server.app\n"
        "print(*(name for name in sys.modules if name.startswith('opentelemetry.sdk')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
