"""The exit codes that commands share; 0: done, 2: wrong usage, which Typer says."""

from __future__ import annotations

from typing import Final

EXIT_FAILED: Final = 1
EXIT_INTERRUPTED: Final = 130
"""As a shell tells of Ctrl-C."""
