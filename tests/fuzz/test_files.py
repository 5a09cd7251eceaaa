"""Whatever a file holds that is imported or taken into an archive, it is read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from nisba_service.gazetteer.exchange.formats import Form
from tests.fuzz.files import DOCUMENT_SUFFIXES, documents, imports
from tests.fuzz.profile import tries
from tests.fuzz.reading import check_import, check_input

SUFFIXES = {Form.YAML: ".yaml", Form.CSV: ".csv"}


@pytest.mark.parametrize("form", Form)
def test_an_import(form: Form, tmp_path: Path) -> None:
    path = tmp_path / f"قائمة{SUFFIXES.get(form, '.json')}"

    @tries(60)
    @given(imports(form))
    def is_read(content: bytes) -> None:
        path.write_bytes(content)
        check_import(path, form)

    is_read()


@pytest.mark.parametrize("suffix", DOCUMENT_SUFFIXES)
def test_an_input_of_an_archive(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"أخبار{suffix}"

    @tries(60)
    @given(documents(suffix))
    def is_read(content: bytes) -> None:
        path.write_bytes(content)
        check_input(path)

    is_read()
