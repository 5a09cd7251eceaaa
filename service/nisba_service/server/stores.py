"""The stores that a server opens: that of its gazetteer, and that of its callers' tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Tokens
from nisba_service.settings import Settings


@dataclass(frozen=True, slots=True)
class Stores:
    """Open stores. None: the gazetteer is read from files; no token is known."""

    gazetteer: Store | None = None
    tokens: Tokens | None = None

    @classmethod
    def of(cls, store: Store) -> Stores:
        """Return one store for both."""
        return cls(store, store.tokens)


NO_STORES = Stores()


@contextmanager
def open_stores(settings: Settings) -> Iterator[Stores]:
    """Open what the settings name; close it at the end. Raises StoreError.

    What does not exist is not created: an empty gazetteer where a path was mistyped would be
    served without a word.
    """
    with ExitStack() as stack:

        def opened(url: StoreUrl) -> Store:
            return stack.enter_context(Store.open(url, create=False))

        location = settings.gazetteer
        gazetteer = opened(location) if isinstance(location, StoreUrl) else None
        if settings.token_store is not None:
            yield Stores(gazetteer, opened(settings.token_store).tokens)
        else:
            yield NO_STORES if gazetteer is None else Stores.of(gazetteer)
