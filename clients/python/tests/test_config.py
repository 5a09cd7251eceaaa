from __future__ import annotations

import json
import math
from typing import Any

import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions

from nisba import ClientConfig, KeepaliveConfig, RetryConfig
from nisba._config import service_config
from nisba.v1 import gazetteer_service_pb2, linking_service_pb2


@pytest.mark.parametrize(
    "values",
    [
        {"max_attempts": 0},
        {"max_attempts": 6},
        {"initial_backoff": 0},
        {"initial_backoff": 3.0, "max_backoff": 2.0},
        {"max_backoff": math.inf},
        {"multiplier": 0.5},
    ],
)
def test_retries_that_grpc_would_ignore_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        RetryConfig(**values)


@pytest.mark.parametrize("values", [{"max_receive_bytes": 0}, {"documents_per_stream": 0}])
def test_limits_under_which_nothing_passes_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        ClientConfig(**values)  # type: ignore[arg-type]  # the table mixes no types


def test_pings_that_servers_take_for_an_attack_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 10"):
        KeepaliveConfig(interval=1)


def test_waits_grow_up_to_their_maximum() -> None:
    retry = RetryConfig(initial_backoff=0.1, max_backoff=0.5, multiplier=2.0)
    assert [retry.backoff(n) for n in (1, 2, 3, 4, 10_000)] == [0.1, 0.2, 0.4, 0.5, 0.5]


STREAMS = {("LinkingService", "StreamLinkTexts"), ("LinkingService", "StreamTagTexts")}
WATCH = ("GazetteerService", "WatchGazetteer")


def _edits(method: MethodDescriptor) -> bool:
    """Whether a call writes: the contract says of the others that they have no side effects."""
    free = method.GetOptions().idempotency_level == MethodOptions.NO_SIDE_EFFECTS
    return not free and method.name not in {name for _, name in STREAMS}


class TestServiceConfig:
    def test_the_names_are_those_of_the_contract(self) -> None:
        services = {
            service.full_name
            for module in (linking_service_pb2, gazetteer_service_pb2)
            for service in module.DESCRIPTOR.services_by_name.values()
        }
        config = json.loads(service_config(ClientConfig()))
        retried, once = config["methodConfig"]
        assert {name["service"] for name in retried["name"]} == services
        assert "retryPolicy" not in once
        methods = {(name["service"].rpartition(".")[2], name["method"]) for name in once["name"]}
        assert methods == {
            (service.name, method.name)
            for module in (linking_service_pb2, gazetteer_service_pb2)
            for service in module.DESCRIPTOR.services_by_name.values()
            for method in service.methods
            if (service.name, method.name) in {*STREAMS, WATCH} or _edits(method)
        }
        assert config["healthCheckConfig"]["serviceName"] in services

    def test_the_defaults(self) -> None:
        config = json.loads(service_config(ClientConfig()))
        assert config["methodConfig"][0]["retryPolicy"] == {
            "maxAttempts": 4,
            "initialBackoff": "0.100s",
            "maxBackoff": "2.000s",
            "backoffMultiplier": 2.0,
            "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
        }
        assert config["loadBalancingConfig"] == [{"round_robin": {}}]
        assert config["retryThrottling"] == {"maxTokens": 1000, "tokenRatio": 0.1}
        assert [method["waitForReady"] for method in config["methodConfig"]] == [False, False]

    def test_one_attempt_is_no_retry(self) -> None:
        config = json.loads(service_config(ClientConfig(retry=RetryConfig(max_attempts=1))))
        assert not any("retryPolicy" in method for method in config["methodConfig"])
        assert "healthCheckConfig" in config

    def test_every_call_may_wait_for_a_replica(self) -> None:
        config = json.loads(service_config(ClientConfig(wait_for_ready=True)))
        assert [method["waitForReady"] for method in config["methodConfig"]] == [True, True]
