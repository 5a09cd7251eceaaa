"""The pages about deployment: what they name is there, and is called so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nisba_service.server.telemetry.metrics import METRICS
from nisba_service.settings import Settings
from tests.deploy.manifests import FOLDER
from tests.support.process import ROOT

PAGES = sorted((ROOT / "docs" / "deploy").glob("*.md"))
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
KUBERNETES = (ROOT / "docs" / "deploy" / "kubernetes.md").read_text(encoding="utf-8")


@EVERY_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert "://" in link or (page.parent / link).exists(), link


@EVERY_PAGE
def test_folders_and_files_that_are_named_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"\bdeploy/[a-z][a-z0-9/_-]*(?:\.[a-z]+)?", text):
        assert (ROOT / path).exists() or (ROOT / "docs" / path).exists(), path


@EVERY_PAGE
def test_settings_that_are_named_are_settings(page: Path) -> None:
    known = {f"NISBA_{name.upper()}" for name in Settings.model_fields}
    known |= {"NISBA_STORE", "NISBA_TOKEN"}  # of commands that ask a store or a service
    named = set(re.findall(r"NISBA_[A-Z_]+[A-Z]", page.read_text(encoding="utf-8")))
    assert named <= known


def test_every_part_of_the_manifests_is_on_the_page() -> None:
    parts = {path.parent.name for path in FOLDER.rglob("kustomization.yaml")}
    assert parts <= set(re.findall(r"^ +([a-z-]+)/ ", KUBERNETES, re.MULTILINE))


def test_metrics_that_are_named_are_metrics() -> None:
    named = set(re.findall(r"`(nisba_\w+)`", KUBERNETES))
    assert named
    assert named <= {metric.prometheus_name for metric in METRICS}
