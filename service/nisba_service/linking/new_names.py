"""Keys that group the spellings of names which the gazetteer does not have."""

from __future__ import annotations

from nisba_service.names.parse import Role, parse
from nisba_service.names.types import EntityType

_LEFT_OUT = frozenset({Role.FILLER, Role.INITIAL})


def new_name_key(name: str, type: EntityType | None) -> str:
    """Return the key of a new name: its type, and the consonants of its parts in any order.

    Tarek Mansour, Tareq Mansur and طارق منصور share one. It groups what a curator should see
    together; two people of one name share it as well.
    """
    parts = [part for part in parse(name).parts if part.role not in _LEFT_OUT]
    skeletons = sorted(part.skeleton for part in parts)
    return f"{(type or EntityType.MISC).lower()}:{'-'.join(skeletons)}"
