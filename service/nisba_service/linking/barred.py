"""Candidates that the curators have ruled out, however well they fit."""

from __future__ import annotations

import datetime

from nisba_service.gazetteer.model import Entity, Name, NameUse
from nisba_service.linking.features import Case
from nisba_service.names.normalise import normal_form


def is_not_name(entity: Entity, name: str) -> bool:
    """Say whether a name must never be linked to an entity."""
    if not entity.not_names:
        return False
    return normal_form(name) in map(normal_form, entity.not_names)


def is_barred(case: Case) -> bool:
    """Say whether the name that a candidate was found by does not count in this document.

    Who has been named otherwise in the document is known: then any name of his counts. A name may
    stand for several terms of office: one of them is enough.
    """
    if case.is_antecedent:
        return False
    names = (case.match.name, *case.match.others)
    return all(_is_of_other_time(n, case.context.date) or _lacks_context(n, case) for n in names)


def _is_of_other_time(name: Name, date: datetime.date | None) -> bool:
    if date is None:
        return False
    is_early = name.valid_from is not None and date < name.valid_from
    is_late = name.valid_to is not None and date > name.valid_to
    return is_early or is_late


def _lacks_context(name: Name, case: Case) -> bool:
    if name.use is NameUse.NEVER_ALONE:
        return True
    return name.use is NameUse.NEEDS_CONTEXT and not case.context.relatedness.get(case.entity_id)
