"""The objects that Kubernetes would be given, as `kustomize` makes them of deploy/kubernetes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from tests.support.process import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"

Manifest = dict[str, Any]
"""An object of Kubernetes as YAML has it."""


@cache
def rendered(folder: str) -> tuple[Manifest, ...]:
    """Return the objects of a kustomization; skip the test where no program can make them."""
    return _rendered(str(FOLDER / folder))


def with_components(base: str, *components: str, folder: Any) -> tuple[Manifest, ...]:
    """Return the objects of a kustomization with further components, made in an empty folder."""
    content = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": ["kubernetes/" + base],
        "components": [f"kubernetes/components/{name}" for name in components],
    }
    shutil.copytree(FOLDER, folder / "kubernetes")
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return _rendered(str(folder))


def _rendered(path: str) -> tuple[Manifest, ...]:
    done = subprocess.run([*_program(), path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", done.stderr  # its warnings
    return tuple(yaml.safe_load_all(done.stdout))


def _program() -> list[str]:
    if shutil.which("kustomize"):
        return ["kustomize", "build"]
    if shutil.which("kubectl"):
        return ["kubectl", "kustomize"]
    pytest.skip("neither kustomize nor kubectl is installed")


def only(objects: tuple[Manifest, ...], kind: str) -> Manifest:
    """Return the one object of a kind."""
    [found] = of_kind(objects, kind)
    return found


def of_kind(objects: tuple[Manifest, ...], kind: str) -> list[Manifest]:
    """Return the objects of a kind."""
    return [item for item in objects if item["kind"] == kind]


def pods(objects: tuple[Manifest, ...]) -> Iterator[Manifest]:
    """Iterate over the templates of pods."""
    for item in objects:
        if item["kind"] in ("Deployment", "Job"):
            yield item["spec"]["template"]


def settings(objects: tuple[Manifest, ...], secrets: dict[str, str]) -> dict[str, str]:
    """Return the environment of the server's container; `secrets` has the values of secrets."""
    [container] = only(objects, "Deployment")["spec"]["template"]["spec"]["containers"]
    [source] = container["envFrom"]
    config = only(objects, "ConfigMap")
    told: dict[str, str] = config["data"]
    assert source == {"configMapRef": {"name": config["metadata"]["name"]}}
    named = {
        variable["name"]: secrets[variable["valueFrom"]["secretKeyRef"]["name"]]
        for variable in container.get("env", [])
    }
    return told | named
