"""Steps that are not done twice: a file stands beside a note of what it was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


def made_of(settings: object, files: Iterable[Path] = ()) -> str:
    """Return a digest of settings, by their `repr`, and of the contents of files."""
    digest = hashlib.sha256(repr(settings).encode())
    for path in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def once(output: Path, origin: str, make: Callable[[Path], None]) -> bool:
    """Have `make` write a file, unless it stands there already, made of the same.

    It is written under another name first: what was stopped half way is made again.

    Returns:
        Whether it was made now.
    """
    note = output.with_name(f"{output.name}.made-of")
    if output.is_file() and note.is_file() and note.read_text("utf-8") == origin:
        return False
    unfinished = output.with_name(f"unfinished-{output.name}")
    make(unfinished)
    note.unlink(missing_ok=True)
    unfinished.replace(output)
    note.write_text(origin, "utf-8")
    return True
