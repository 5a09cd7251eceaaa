"""The audit against a real HTTP server that speaks the advisory service's API, and against none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from security import audit
from security.accepted import Accepted, AcceptedError, read_accepted

ADVISORY = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "aliases": ["CVE-2026-0001"],
    "summary": "it does what it should not",
    "affected": [
        {
            "package": {"name": "leaky", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.3"}]}],
        }
    ],
}
FOUND = audit.Weakness(
    "leaky", "1.2", frozenset(("GHSA-aaaa-bbbb-cccc", "CVE-2026-0001")), ("1.3",)
)
TODAY = date(2026, 11, 24)


class _Osv(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    code = 200

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = question["package"]["name"]
        self.asked.append(name)
        answer = {"vulns": [ADVISORY]} if name == "leaky" else {}
        self.send_response(self.code)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def osv(code: int = 200) -> Iterator[str]:
    """Run an advisory service that knows one weakness."""
    handler = type("Handler", (_Osv,), {"code": code, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def installed(folder: Path, *names: str) -> str:
    """Install packages of these names, as far as pip can tell."""
    for name in names:
        info = folder / f"{name}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    return str(folder)


def test_a_known_weakness_fails_and_is_told_with_its_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with osv() as service:
        path = installed(tmp_path, "leaky", "sound")
        assert audit.main(["--service", service, "--path", path]) == 1
    told = capsys.readouterr().out
    assert "leaky 1.2: CVE-2026-0001, GHSA-aaaa-bbbb-cccc (fixed in 1.3)" in told
    assert "1 known weaknesses, 1 of them not accepted" in told


def test_what_has_no_weakness_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with osv() as service:
        assert audit.main(["--service", service, "--path", installed(tmp_path, "sound")]) == 0
    assert "0 known weaknesses" in capsys.readouterr().out


def test_an_accepted_weakness_passes(tmp_path: Path) -> None:
    accepted = tmp_path / "accepted.toml"
    accepted.write_text(
        '[[accepted]]\nid = "CVE-2026-0001"\npackage = "Leaky"\nreason = "لا يعنينا"\n'
        "until = 9999-01-01\n"
    )
    (tmp_path / "site").mkdir()
    with osv() as service:
        arguments = ["--service", service, "--path", installed(tmp_path / "site", "leaky")]
        assert audit.main([*arguments, "--accepted", str(accepted)]) == 0


@pytest.mark.parametrize(
    ("entry", "code", "told"),
    [
        (Accepted("CVE-2026-0001", "leaky", "مراجع", TODAY), 0, "0 of them not accepted"),
        (Accepted("CVE-2026-0001", "leaky", "r", date(2026, 11, 23)), 1, "until 2026-11-23"),
        (Accepted("CVE-2026-0001", "other", "r", TODAY), 1, "1 of them not accepted"),
        (Accepted("CVE-2026-0002", "leaky", "r", TODAY), 1, "not found any more"),
    ],
)
def test_an_entry_counts_for_its_package_its_advisory_and_until_its_day(
    capsys: pytest.CaptureFixture[str], entry: Accepted, code: int, told: str
) -> None:
    assert audit.tell([FOUND], [entry], TODAY) == code
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(("flags", "code"), [([], 0), (["--required"], 1)])
def test_a_service_that_is_away_is_told_and_passes_unless_it_is_required(
    flags: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with osv() as service:
        pass  # nobody listens there any more
    path = installed(tmp_path, "leaky")
    assert audit.main(["--service", service, "--path", path, *flags]) == code
    assert "cannot be asked" in capsys.readouterr().out


def test_a_service_that_is_broken_counts_as_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with osv(code=503) as service:
        assert audit.main(["--service", service, "--path", installed(tmp_path, "leaky")]) == 0
    assert "nothing was audited" in capsys.readouterr().out


@pytest.mark.parametrize(
    "entry",
    [
        'id = "CVE-1"',
        'id = "CVE-1"\npackage = "a"\nreason = ""\nuntil = 2027-01-01',
        'id = "CVE-1"\npackage = "a"\nreason = "r"\nuntil = "soon"',
        'id = "CVE-1"\npackage = "a"\nreason = "r"\nuntil = 2027-01-01\nmore = 1',
    ],
)
def test_an_entry_that_is_not_whole_is_refused(entry: str, tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text(f"[[accepted]]\n{entry}\n")
    with pytest.raises(AcceptedError, match="entry 1"):
        read_accepted(path)


def test_the_file_of_this_repository_shows_how_an_entry_is_written(tmp_path: Path) -> None:
    assert all(entry.reason for entry in read_accepted(audit.ACCEPTED))
    lines = audit.ACCEPTED.read_text(encoding="utf-8").splitlines()
    shown = [line.removeprefix("#     ") for line in lines if line.startswith("#     ")]
    example = tmp_path / "example.toml"
    example.write_text("\n".join(shown))
    [entry] = read_accepted(example)
    assert entry.covers("torch", frozenset({"GHSA-xxxx-xxxx-xxxx"}), entry.until)
