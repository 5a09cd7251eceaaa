"""What an index keeps of a name beside its spelling, as one row of numbers."""

from __future__ import annotations

from datetime import date

from nisba_service.gazetteer.index_arrays import Numbers
from nisba_service.gazetteer.model import Name, NameKind, NameUse
from nisba_service.names.types import Language

_LANGUAGES = tuple(Language)
_KINDS = tuple(NameKind)
_USES = tuple(NameUse)
WIDTH = 5


def facts_of(name: Name) -> tuple[int, ...]:
    """Return the language, kind and use of a name, and its days as ordinals, 0 for None."""
    return (
        _LANGUAGES.index(name.language),
        _KINDS.index(name.kind),
        _USES.index(name.use),
        0 if name.valid_from is None else name.valid_from.toordinal(),
        0 if name.valid_to is None else name.valid_to.toordinal(),
    )


def name_of(text: str, facts: Numbers) -> Name:
    """Return the name that has this spelling and these facts."""
    language, kind, use, first, last = facts.tolist()
    return Name(
        name=text,
        language=_LANGUAGES[language],
        kind=_KINDS[kind],
        use=_USES[use],
        valid_from=date.fromordinal(first) if first else None,
        valid_to=date.fromordinal(last) if last else None,
    )
