"""docs/deploy/ray.md: its manifest is sound YAML in which all machines are alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from nisba_service.archive.description import SHARD_DOCUMENTS
from nisba_service.archive.engines.ray_options import RayOptions
from nisba_service.archive.remote_tagging import Patience

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "deploy" / "ray.md").read_text("utf-8")


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def pods() -> list[dict[str, Any]]:
    spec = yaml.safe_load(block("yaml"))["spec"]
    groups = [spec["headGroupSpec"], *spec["workerGroupSpecs"]]
    return [group["template"]["spec"] for group in groups]


def test_all_machines_have_one_image_one_user_and_one_archive() -> None:
    assert len(pods()) == 2
    head, worker = (
        (
            pod["securityContext"],
            pod["volumes"],
            [(c["image"], c["volumeMounts"], c["env"]) for c in pod["containers"]],
        )
        for pod in pods()
    )
    assert head == worker


def test_the_version_of_ray_is_that_of_the_image() -> None:
    version = yaml.safe_load(block("yaml"))["spec"]["rayVersion"]
    assert f"'ray[default]=={version}'" in block("dockerfile")


def test_figures_on_the_page_are_those_of_the_code() -> None:
    assert f"one shard of {SHARD_DOCUMENTS} articles" in PAGE
    assert RayOptions.__dataclass_fields__["patience"].default == 300
    assert Patience().no_progress == 300
    assert PAGE.count("five minutes") == 2
