"""Python's garbage collector, switched off while much is made that is no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Look for no garbage in cycles meanwhile; leave the collector as it was."""
    # Nothing made here is garbage in a cycle, and looking for it takes most of the time that
    # 100 000 entities need.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
