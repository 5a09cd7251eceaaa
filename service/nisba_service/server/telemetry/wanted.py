"""Which exporters the standard OTEL_* variables want. What they send with is not imported here.

An exporter is wanted where OTEL_TRACES_EXPORTER or OTEL_METRICS_EXPORTER names one, or where an
endpoint is named for it. Everything else, from OTEL_TRACES_SAMPLER to OTEL_BSP_MAX_QUEUE_SIZE, the
SDK reads by itself.
"""

from __future__ import annotations

import os
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from nisba_service.errors import SettingsError
from nisba_service.server.telemetry.metrics import Signal

_PROTOCOLS: Final = {"grpc": "otlp_proto_grpc", "http/protobuf": "otlp_proto_http"}
_NONE: Final = "none"


def wanted(signal: Signal) -> EntryPoint | None:
    """Return what makes the exporter that the environment wants; None: it wants none.

    Raises:
        SettingsError: it wants one that is not installed.
    """
    variable = f"OTEL_{signal.upper()}_EXPORTER"
    name = _value(variable) or ("otlp" if _has_endpoint(signal) else _NONE)
    if name == _NONE or _value("OTEL_SDK_DISABLED").lower() == "true":
        return None
    found = entry_points(group=f"opentelemetry_{signal}_exporter", name=_installed(signal, name))
    for entry in found:
        return entry
    raise SettingsError(
        f"{variable}: nothing that is installed exports {signal} as {name!r}; for OTLP, "
        "pip install 'nisba-service[telemetry]'"
    )


def check() -> None:
    """Check that what the environment wants can be made. Raises SettingsError, all in one."""
    problems = []
    for signal in Signal:
        try:
            wanted(signal)
        except SettingsError as error:
            problems.append(str(error))
    if problems:
        raise SettingsError("\n".join(problems))


def is_anything() -> bool:
    """Tell whether anything is to be exported. Raises SettingsError as `wanted`."""
    return any(wanted(signal) is not None for signal in Signal)


def _has_endpoint(signal: Signal) -> bool:
    of_all, of_one = "OTEL_EXPORTER_OTLP_ENDPOINT", f"OTEL_EXPORTER_OTLP_{signal.upper()}_ENDPOINT"
    return bool(_value(of_all) or _value(of_one))


def _installed(signal: Signal, name: str) -> str:
    """Return the name under which an exporter is installed."""
    if name != "otlp":
        return name
    of_one = _value(f"OTEL_EXPORTER_OTLP_{signal.upper()}_PROTOCOL")
    protocol = of_one or _value("OTEL_EXPORTER_OTLP_PROTOCOL") or "grpc"
    if protocol not in _PROTOCOLS:
        raise SettingsError(
            f"OTEL_EXPORTER_OTLP_PROTOCOL: must be one of {', '.join(_PROTOCOLS)}, not {protocol!r}"
        )
    return _PROTOCOLS[protocol]


def _value(variable: str) -> str:
    return os.environ.get(variable, "").strip()
