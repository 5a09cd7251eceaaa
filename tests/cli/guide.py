"""The curator's guide, run: its files written, its commands executed, their output put in.

`python -m tests.cli.guide` writes the page anew, with the output that the commands have now.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "curating.md"
_FENCE = re.compile(r"```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)```\n", re.DOTALL)
_NISBA = f'nisba() {{ "{sys.executable}" -m nisba_service.cli "$@"; }}\n'
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC")
_SHOWN_TIME = "2026-11-24 09:30 UTC"


def executed(page: str, folder: Path) -> str:
    """Return the page as it would be if it were written now.

    Args:
        page: the guide.
        folder: where its files are written and its commands run.
    """

    def block(match: re.Match[str]) -> str:
        if match["file"] is not None:
            (folder / match["file"]).write_text(match["body"], "utf-8")
            return match[0]
        if match["kind"] != "console":
            return match[0]
        commands = [line[2:] for line in match["body"].splitlines() if line.startswith("$ ")]
        outputs = (f"$ {command}\n{_output(command, folder)}" for command in commands)
        return f"```console\n{''.join(outputs)}```\n"

    return _FENCE.sub(block, page)


def _output(command: str, folder: Path) -> str:
    """Return what a command prints on both streams, without the ends of lines that nobody sees."""
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("NISBA_")},
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "LOGNAME": "layla",
        "COLUMNS": "100",
    }
    ran = subprocess.run(
        [shutil.which("bash") or "bash", "-c", _NISBA + command],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = _TIME.sub(_SHOWN_TIME, ran.stdout).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        GUIDE.write_text(executed(GUIDE.read_text("utf-8"), Path(name)), "utf-8")
