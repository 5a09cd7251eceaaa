"""The server as a process of its own, which signals can reach."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class ServerProcess:
    """A running server process. `log` holds what it has logged so far."""

    process: asyncio.subprocess.Process
    log: list[dict[str, Any]] = field(default_factory=list)

    async def logged(self, event: str) -> dict[str, Any]:
        """Return the next line of this event."""
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            entry: dict[str, Any] = json.loads(line)
            self.log.append(entry)
            if entry["event"] == event:
                return entry
        raise AssertionError(f"the server ended without {event}: {self.log}")

    async def begun(self) -> None:
        """Return when a text that is held back has been taken up."""
        assert self.process.stdout is not None
        assert await self.process.stdout.readline() == b"begun\n"

    def let_go(self) -> None:
        """Let the text that is held back be done."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")

    async def exit_code(self) -> int:
        """Wait for the end, and read the rest of the log."""
        assert self.process.stderr is not None
        self.log += [json.loads(line) async for line in self.process.stderr]
        return await self.process.wait()


@asynccontextmanager
async def started(arguments: Sequence[str], **settings: str) -> AsyncIterator[ServerProcess]:
    """Run `python ARGUMENTS` with these settings as NISBA_* variables; kill it at the end."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NISBA_")}
    variables = {f"NISBA_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={"NISBA_ADDRESS": "127.0.0.1:0", **inherited, **variables},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield ServerProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
