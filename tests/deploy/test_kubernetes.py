"""The manifests: valid for Kubernetes, and in agreement with what the server is and does."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba_service.server.health import ALIVE, FOLLOWING
from nisba_service.server.telemetry.metrics import QUEUE_WAIT, Queue
from nisba_service.settings import Settings
from tests.deploy.manifests import (
    FOLDER,
    Manifest,
    of_kind,
    only,
    pods,
    rendered,
    settings,
    with_components,
)
from tests.support.serving import serving

OVERLAYS = ("overlays/small", "overlays/production")
EVERY_OVERLAY = pytest.mark.parametrize("overlay", OVERLAYS)
EVERY_FOLDER = pytest.mark.parametrize("folder", [*OVERLAYS, "seed"])
OLDEST, NEWEST = "1.30", "1.37"
URL = "postgresql://nisba@db.example/gazetteer"
MARGIN = 5
"""Seconds between the end of the grace of the calls and the kill."""


def container(objects: tuple[Manifest, ...]) -> Manifest:
    [found] = only(objects, "Deployment")["spec"]["template"]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def probes(objects: tuple[Manifest, ...]) -> dict[str, Any]:
    return {n: p for n, p in container(objects).items() if n.endswith("Probe")}


@EVERY_FOLDER
@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_kubernetes_knows_every_field(folder: str, version: str) -> None:
    for item in rendered(folder):
        kubernetes_validate.validate(item, version, strict=True)


def test_a_field_that_kubernetes_does_not_know_is_found() -> None:
    deployment = dict(only(rendered("overlays/small"), "Deployment"))
    deployment["spec"] = deployment["spec"] | {"replica": 2}
    with pytest.raises(kubernetes_validate.ValidationError, match="replica"):
        kubernetes_validate.validate(deployment, NEWEST, strict=True)


@pytest.mark.parametrize("component", sorted(p.name for p in (FOLDER / "components").iterdir()))
def test_every_component_goes_with_the_base(component: str, tmp_path: Path) -> None:
    needs = ["autoscaling"] if component == "autoscaling-by-queue" else []
    objects = with_components("base", *needs, component, folder=tmp_path)
    for item in objects:
        if item["kind"] != "PodMonitor":  # a kind of the Prometheus operator's
            kubernetes_validate.validate(item, NEWEST, strict=True)
    assert objects != rendered("base")


@EVERY_OVERLAY
def test_the_settings_are_settings(overlay: str) -> None:
    known = {f"NISBA_{name.upper()}" for name in Settings.model_fields}
    assert settings(rendered(overlay), {"nisba-store": URL}).keys() <= known


@EVERY_OVERLAY
def test_ports_are_those_of_the_settings(overlay: str) -> None:
    objects = rendered(overlay)
    told = settings(objects, {"nisba-store": URL})
    ports = {port["name"]: port["containerPort"] for port in container(objects)["ports"]}
    addresses = {"grpc": "ADDRESS", "health": "HEALTH_ADDRESS", "metrics": "METRICS_ADDRESS"}
    assert ports == {
        name: int(told[f"NISBA_{setting}"].rpartition(":")[2])
        for name, setting in addresses.items()
    }
    for probe in probes(objects).values():
        assert probe["grpc"]["port"] == ports["health"]
    for service in of_kind(objects, "Service"):
        [port] = service["spec"]["ports"]
        assert (port["targetPort"], port["port"]) == ("grpc", ports["grpc"])
    allowed = only(objects, "NetworkPolicy")["spec"]["ingress"]
    assert [rule["ports"] for rule in allowed] == [[{"port": "grpc"}], [{"port": "metrics"}]]
    annotations = only(objects, "Deployment")["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(ports["metrics"])


@EVERY_OVERLAY
async def test_probes_ask_what_the_server_answers(overlay: str) -> None:
    asked = {name: probe["grpc"]["service"] for name, probe in probes(rendered(overlay)).items()}
    assert asked.keys() == {"startupProbe", "readinessProbe", "livenessProbe"}
    async with serving() as served:
        for service in asked.values():
            answer = await HealthStub(served.channel).Check(HealthCheckRequest(service=service))
            assert answer.status == HealthCheckResponse.SERVING


@EVERY_OVERLAY
def test_a_restart_is_for_those_that_do_not_answer_alone(overlay: str) -> None:
    asked = {name: probe["grpc"]["service"] for name, probe in probes(rendered(overlay)).items()}
    assert asked["livenessProbe"] == ALIVE
    assert FOLLOWING not in asked.values()


@EVERY_OVERLAY
def test_the_kill_comes_after_drain_and_grace(overlay: str) -> None:
    objects = rendered(overlay)
    told = settings(objects, {"nisba-store": URL})
    fields = Settings.model_fields
    drain = float(told.get("NISBA_DRAIN_DELAY", fields["drain_delay"].default))
    grace = float(told.get("NISBA_GRACE", fields["grace"].default))
    pod = only(objects, "Deployment")["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] >= drain + grace + MARGIN
    readiness = probes(objects)["readinessProbe"]
    assert readiness["periodSeconds"] * readiness["failureThreshold"] <= drain


@EVERY_OVERLAY
def test_selectors_find_the_pods_and_nothing_else(overlay: str) -> None:
    objects = rendered(overlay)
    deployment = only(objects, "Deployment")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    spread = deployment["spec"]["template"]["spec"]["topologySpreadConstraints"]
    selectors = [
        deployment["spec"]["selector"]["matchLabels"],
        only(objects, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        only(objects, "NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        *(constraint["labelSelector"]["matchLabels"] for constraint in spread),
        *(service["spec"]["selector"] for service in of_kind(objects, "Service")),
    ]
    assert all(selector == labels for selector in selectors)
    [job] = pods(rendered("seed"))
    assert job["metadata"]["labels"].items().isdisjoint(labels.items())


@EVERY_OVERLAY
def test_one_service_gives_the_address_of_each_replica(overlay: str) -> None:
    services = {s["metadata"]["name"]: s["spec"] for s in of_kind(rendered(overlay), "Service")}
    assert {name: spec.get("clusterIP") for name, spec in services.items()} == {
        "nisba": None,
        "nisba-replicas": "None",
    }


@EVERY_FOLDER
def test_pods_may_nothing_that_they_do_not_need(folder: str) -> None:
    for template in pods(rendered(folder)):
        pod = template["spec"]
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for found in pod["containers"]:
            assert found["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert found["resources"]["requests"].keys() == {"cpu", "memory"}
            assert "memory" in found["resources"]["limits"]


@EVERY_FOLDER
def test_no_secret_is_written_down(folder: str) -> None:
    objects = rendered(folder)
    assert not of_kind(objects, "Secret")
    assert not re.search(r"postgresql://\S*:\S*@", yaml.safe_dump_all(objects))


@EVERY_FOLDER
def test_names_belong_to_one_namespace(folder: str) -> None:
    spaces = {item["metadata"].get("namespace") for item in rendered(folder)}
    assert spaces - {None} == {"nisba"}
    counted = Counter((item["kind"], item["metadata"]["name"]) for item in rendered(folder))
    assert set(counted.values()) == {1}


def test_in_production_the_autoscaler_says_how_many_there_are() -> None:
    objects = rendered("overlays/production")
    deployment = only(objects, "Deployment")
    scaled = only(objects, "HorizontalPodAutoscaler")["spec"]
    assert "replicas" not in deployment["spec"]
    assert scaled["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert scaled["minReplicas"] > only(objects, "PodDisruptionBudget")["spec"]["maxUnavailable"]


def test_in_production_the_port_speaks_tls_from_files_that_are_renewed() -> None:
    objects = rendered("overlays/production")
    told = settings(objects, {"nisba-store": URL})
    mounts = {mount["name"]: mount for mount in container(objects)["volumeMounts"]}
    for setting in ("NISBA_TLS_CERTIFICATE", "NISBA_TLS_KEY"):
        assert str(Path(told[setting]).parent) == mounts["tls"]["mountPath"]
    assert "subPath" not in mounts["tls"]  # such a file is never renewed


def test_in_production_nobody_comes_in_without_a_token() -> None:
    told = settings(rendered("overlays/production"), {"nisba-store": URL})
    assert told["NISBA_OPEN_ACCESS"] == "none"
    assert told["NISBA_TOKEN_STORE"] == told["NISBA_GAZETTEER"] == URL


def test_workers_have_a_core_each_in_production() -> None:
    objects = rendered("overlays/production")
    workers = int(settings(objects, {"nisba-store": URL})["NISBA_WORKERS"])
    assert int(container(objects)["resources"]["requests"]["cpu"]) >= workers


def test_the_metric_of_the_queue_is_one_that_the_server_has(tmp_path: Path) -> None:
    folder = FOLDER / "components" / "autoscaling-by-queue"
    [rule] = yaml.safe_load((folder / "adapter.yaml").read_text())["rules"]["custom"]
    [_, by_queue] = only(
        with_components("base", "autoscaling", folder.name, folder=tmp_path),
        "HorizontalPodAutoscaler",
    )["spec"]["metrics"]
    assert by_queue["pods"]["metric"]["name"] == rule["name"]["as"]
    named = set(re.findall(r"nisba_\w+_seconds", rule["seriesQuery"] + rule["metricsQuery"]))
    assert named == {QUEUE_WAIT.prometheus_name}
    assert set(re.findall(r'queue="(\w+)"', yaml.safe_dump(rule, width=1000))) == {Queue.TEXTS}
