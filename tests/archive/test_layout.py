from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive.layout import Layout, is_state, shard_name, state_name


def test_a_revision_of_a_store_is_named_by_its_number() -> None:
    assert state_name("0123456789abcdef", 12) == "r000012"


def test_a_gazetteer_of_files_is_named_by_its_content() -> None:
    assert state_name("0123456789abcdef", 0) == "v0123456789abcdef"


@pytest.mark.parametrize("name", ["r000012", "r1234567", "v0123456789abcdef"])
def test_names_of_states(name: str) -> None:
    assert is_state(name)


@pytest.mark.parametrize("name", ["12", "r12", "v0123", "latest", "r000012 ", "../r000012", ""])
def test_what_is_no_name_of_a_state(name: str) -> None:
    assert not is_state(name)


def test_each_dataset_has_its_folder(tmp_path: Path) -> None:
    archive = Layout(tmp_path / "أرشيف")
    shard = archive.links("r000012") / shard_name(3)
    assert shard == tmp_path / "أرشيف/links/r000012/part-00003.parquet"
    assert archive.delta("r000011", "r000012").name == "r000011..r000012.parquet"


def test_only_what_is_there_is_listed(tmp_path: Path) -> None:
    archive = Layout(tmp_path)
    assert archive.states() == []
    for state in ("r000012", "r000002"):
        archive.links(state).mkdir(parents=True)
    (tmp_path / "links/notes").mkdir()
    archive.tagged("ab12").mkdir(parents=True)
    assert archive.states() == ["r000002", "r000012"]
    assert archive.models() == ["ab12"]
