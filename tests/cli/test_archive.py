"""`nisba archive`, as a user types it, with the bundled models."""

from __future__ import annotations

import errno
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

from nisba_service.archive.description import at_work, open_archive
from nisba_service.archive.trace_index import MOST_DOCUMENTS
from nisba_service.cli.app import app
from nisba_service.cli.archive.running import working
from nisba_service.errors import ArchiveBusy, ArchiveError, InputError, TooManyRejects
from tests.archive.workshop import ENTITIES, articles, write_gazetteer, write_jsonl

NISBA = [sys.executable, "-m", "nisba_service.cli", "archive"]


def run(command: str, *arguments: object) -> Result:
    return CliRunner().invoke(app, ["archive", command, *map(str, arguments)])


def told(command: str, *arguments: object) -> Mapping[str, Any]:
    result = run(command, *arguments, "--format", "json")
    assert result.exit_code == 0, (result.output, result.exception)
    found: Mapping[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "أرشيف"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "مقالات.jsonl", articles(6))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with one revision."""
    path = tmp_path / "gazetteer.db"
    files = write_gazetteer(tmp_path / "gazetteer.jsonl")
    asked = ["gazetteer", "import", str(files), "--store", str(path)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    return path


def test_the_way_of_an_archive(folder: Path, texts: Path, store: Path, tmp_path: Path) -> None:
    at = ("--archive", folder)
    tagged = told("tag", texts, *at, "--workers", 1, "--shard-documents", 4)
    assert (tagged["documents"], tagged["done"], tagged["rejected"]) == (6, 6, 0)
    linked = told("link", *at, "--gazetteer", store, "--workers", 1)
    assert (linked["name"], linked["documents"]) == ("r000001", 6)
    more = [*ENTITIES]
    more[3] = {**more[3], "names": [*more[3]["names"], {"name": "Port of Beirut", "lang": "en"}]}  # type: ignore[misc]
    files = write_gazetteer(tmp_path / "more.jsonl", more)
    asked = ["gazetteer", "import", str(files), "--store", str(store), "--existing", "replace"]
    imported = CliRunner().invoke(app, asked)
    assert imported.exit_code == 0, imported.output
    relinked = told("relink", *at, "--gazetteer", store)
    assert (relinked["before"], relinked["summary"]["name"]) == ("r000001", "r000002")
    verified = told("verify", *at, "--gazetteer", store, "--sample", 6)
    assert verified == {"damaged": [], "sample": {"documents": 6, "unequal": []}}
    status = json.loads(run("status", *at, "--json").stdout)
    names = [(one["kind"], one["name"], one["complete"]) for one in status["datasets"]]
    model = tagged["name"]
    assert names == [
        ("documents", "", True),
        ("tagged", model, True),
        ("links", "r000001", True),
        ("traces", "r000001", True),
        ("links", "r000002", True),
        ("traces", "r000002", True),
    ]
    rows = (
        duckdb.connect()
        .execute(
            f"SELECT document_id, l.text, entity_id FROM '{folder}/links/r000002/*.parquet' l"
            f" JOIN '{folder}/documents/*.parquet' d USING (document_id)"
            " WHERE entity_id = 'loc:beirut' AND l.language = 'ar' ORDER BY document_id"
        )
        .fetchall()
    )
    assert rows == [(f"خبر-{n}", "بيروت", "loc:beirut") for n in (1, 3, 5)]


def test_what_a_person_reads(folder: Path, texts: Path, tmp_path: Path) -> None:
    at, gazetteer = ("--archive", folder), tmp_path / "gazetteer.jsonl"
    write_gazetteer(gazetteer)
    result = run("tag", texts, *at, "--workers", 1)
    assert "6 documents tagged with models " in result.stdout
    result = run("link", *at, "--gazetteer", gazetteer, "--workers", 1)
    assert "now 6 documents, " in result.stdout
    write_gazetteer(gazetteer, ENTITIES[:3])
    result = run("relink", *at, "--gazetteer", gazetteer)
    assert "6 documents linked again, from v" in result.stdout
    for named in (("--gazetteer", gazetteer), ()):
        result = run("verify", *at, *named, "--sample", 2)
        assert result.stdout == (
            "every file is as it was written\n"
            "2 documents linked from scratch: equal, byte for byte\n"
        )
    shard = folder / "documents/part-00000.parquet"
    shard.write_bytes(shard.read_bytes()[:-1])
    result = run("verify", *at)
    assert result.exit_code == 1
    assert f"{shard}: other bytes than were written; it is set aside as" in result.stdout
    status = run("status", *at).stdout
    assert "documents  -: 0 documents, 0 rows, 0 bytes; incomplete: 1 shard to be made" in status
    assert "nobody is at work on it" in status


def test_what_is_no_archive_is_said_so(tmp_path: Path, texts: Path) -> None:
    for command in ("link", "relink", "verify", "status"):
        result = run(command, "--archive", tmp_path / "لا شيء")
        assert isinstance(result.exception, ArchiveError)
        assert "is no archive; `nisba archive tag IN" in str(result.exception)
    result = run("tag", texts, "--archive", tmp_path)
    assert "is no archive, and not empty" in str(result.exception)


def test_a_shard_has_no_more_documents_than_its_traces_can_number(
    folder: Path, texts: Path
) -> None:
    result = run("tag", texts, "--archive", folder, "--shard-documents", MOST_DOCUMENTS + 1)
    assert result.exit_code == 2
    assert not folder.exists()
    result = run("tag", folder / "none", "--archive", folder, "--shard-documents", MOST_DOCUMENTS)
    assert isinstance(result.exception, InputError)
    assert open_archive(folder).description.shard_documents == MOST_DOCUMENTS


def test_nothing_tagged_nothing_linked(folder: Path, texts: Path) -> None:
    result = run("tag", texts, "--archive", folder, "--max-rejects", 0, "--text-column", "نص")
    assert isinstance(result.exception, TooManyRejects)
    result = run("link", "--archive", folder)
    assert "nothing is tagged yet" in str(result.exception)


def test_an_input_that_is_not_there(folder: Path) -> None:
    result = run("tag", folder / "لا شيء.jsonl", "--archive", folder)
    assert isinstance(result.exception, InputError)


def test_the_second_run_is_told_who_is_at_work(folder: Path, texts: Path) -> None:
    run("tag", texts, "--archive", folder, "--workers", 1)
    with at_work(open_archive(folder), "nisba archive relink"):
        result = run("link", "--archive", folder)
    assert isinstance(result.exception, ArchiveBusy)
    assert f"in use by nisba archive relink, process {os.getpid()} on" in str(result.exception)


def test_a_full_disk_is_one_line_that_names_the_file(folder: Path, texts: Path) -> None:
    run("tag", texts, "--archive", folder, "--workers", 1)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), f"{folder}/links/مقطع")
    with (
        pytest.raises(ArchiveError, match="links/مقطع: No space left on device; what was done"),
        working(open_archive(folder), "link"),
    ):
        raise full
    with (
        pytest.raises(ArchiveError, match=r"links/مقطع: No space left on device$"),
        working(open_archive(folder), "verify", goes_on=False),
    ):
        raise full


def test_the_only_state_has_none_before_it(folder: Path, texts: Path, tmp_path: Path) -> None:
    gazetteer = write_gazetteer(tmp_path / "gazetteer.jsonl")
    run("tag", texts, "--archive", folder, "--workers", 1)
    run("link", "--archive", folder, "--gazetteer", gazetteer, "--workers", 1)
    result = run("relink", "--archive", folder, "--gazetteer", gazetteer)
    assert "is the only state that is linked" in str(result.exception)
    assert "`nisba archive link` links to it what was added" in str(result.exception)


def test_ctrl_c_is_one_line_and_the_same_command_goes_on(folder: Path, tmp_path: Path) -> None:
    texts = write_jsonl(tmp_path / "مقالات.jsonl", articles(4_000))
    command = [*NISBA, "tag", str(texts), "--archive", str(folder), "--workers", "1"]
    with subprocess.Popen(
        [*command, "--shard-documents", "20"], stderr=subprocess.PIPE, text=True
    ) as tagging:
        journals = folder / "tagged"
        while not any(journals.glob("*/part-*.parquet")):
            assert tagging.poll() is None
            time.sleep(0.05)
        tagging.send_signal(signal.SIGINT)
        _, said = tagging.communicate(timeout=60)
    assert tagging.returncode == 130
    assert said == "nisba: interrupted; what was done stays: the same command goes on from there\n"
    done = len(list(journals.glob("*/part-*.parquet")))
    assert 0 < done < 200
    assert "incomplete" in run("status", "--archive", folder).stdout


def test_a_bar_on_a_terminal_and_none_elsewhere(folder: Path, texts: Path) -> None:
    command = [*NISBA, "tag", str(texts), "--archive", str(folder), "--workers", "1"]
    shown, said = _on_a_terminal(command)
    assert "taking in" in shown
    assert "documents/s" in shown
    assert "0 rejected" in shown
    assert "tagged with models" in said
    quiet = subprocess.run(command, capture_output=True, text=True, check=True)
    assert quiet.stderr == f"nisba: {texts}: is in the archive already\n"


def _on_a_terminal(command: list[str]) -> tuple[str, str]:
    """Return what a command writes to a terminal, which is its standard error, and elsewhere."""
    leader, follower = pty.openpty()
    shown = b""
    with subprocess.Popen(command, stderr=follower, stdout=subprocess.PIPE, text=True) as running:
        os.close(follower)
        with suppress(OSError):  # the other end has closed
            while piece := os.read(leader, 4_096):
                shown += piece
        os.close(leader)
        said, _ = running.communicate()
    assert running.returncode == 0
    return shown.decode(), said
