"""Opens stores for commands, and tells apart what a user may name: files or a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from nisba_service.cli.exits import EXIT_INTERRUPTED
from nisba_service.errors import SettingsError
from nisba_service.gazetteer.location import StoreUrl, parse_location

if TYPE_CHECKING:
    from nisba_service.gazetteer.store.store import Store


@contextmanager
def opened(store: str, *, create: bool = False) -> Iterator[Store]:
    """Open the store that a user names; unless `create`, it must be there.

    Raises SettingsError, StoreError.
    """
    from nisba_service.gazetteer.store.store import Store  # noqa: PLC0415 (it takes a second)

    with Store.open(store_url(store), create=create) as found:
        yield found


def store_url(store: str) -> StoreUrl:
    """Return the address of a store. Raises SettingsError if the text names files."""
    location = parse_location(store)
    if not isinstance(location, StoreUrl):
        raise SettingsError(
            f"--store: {store} is no store: name a file that ends in .db, or "
            "postgresql://USER@HOST/DATABASE"
        )
    return location


@contextmanager
def stopping_cleanly(store: Store) -> Iterator[None]:
    """Turn Ctrl-C into one line that says which revision the store is at, and exit code 130."""
    try:
        yield
    except KeyboardInterrupt:
        number = store.head().number
        print(f"nisba: interrupted; the store is at revision {number}", file=sys.stderr)
        raise typer.Exit(EXIT_INTERRUPTED) from None
