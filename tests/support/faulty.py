"""A tagger for worker processes, which a text can make die, hang, break or wait.

The words stand in the text, because another process reads it: DIES, DIES_ONCE with the path of a
file that is made when it does, HANGS, BREAKS, and HELD with the path of a file that it waits for.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from nisba_service.errors import ModelsError
from nisba_service.names.types import Language
from nisba_service.tagging.model import TaggedSpan

DIES, HANGS, BREAKS = "thisonedies", "thisonehangs", "thisonebreaks"
_DIES_ONCE = re.compile(r"diesonce:(\S+)")
_HELD = re.compile(r"held:(\S+)")


def dies_once(file: Path) -> str:
    """Return words at which the worker dies, unless the file is there already."""
    return f"diesonce:{file}"


def held(file: Path) -> str:
    """Return words at which the worker makes `file.begun` and waits until `file` is there."""
    return f"held:{file}"


class FaultyTagger:
    """Finds nothing, so that only known names are found."""

    model_version = "stand-in"

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        for text in texts:
            _act(text)
        return [[] for _ in texts]


def _act(text: str) -> None:
    if DIES in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if HANGS in text:
        time.sleep(3_600)
    if BREAKS in text:
        raise KeyError(text)
    if (once := _DIES_ONCE.search(text)) is not None and not Path(once[1]).exists():
        Path(once[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if (wait := _HELD.search(text)) is not None:
        Path(f"{wait[1]}.begun").touch()
        while not Path(wait[1]).exists():
            time.sleep(0.01)


def load_faulty() -> FaultyTagger:
    """Return the tagger."""
    return FaultyTagger()


def load_if_there(file: Path) -> FaultyTagger:
    """Return the tagger if a file is there; else fail as a folder without models does."""
    return FaultyTagger() if file.exists() else load_nothing()


def load_nothing() -> FaultyTagger:
    """Fail as a folder without models does."""
    raise ModelsError("no models here")
