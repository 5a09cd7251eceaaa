"""What the page calls things, in both languages. The Arabic is written, not translated by machine.

`gazetteer` is السجل, as of a register of names; معجم جغرافي would speak of places alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from nisba_service.archive.tables import Change
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType


@dataclass(frozen=True, slots=True)
class Label:
    """One thing's name in both languages."""

    english: str
    arabic: str


class Words(Enum):
    """Headings, and what figures count."""

    REPORT = Label("Archive report", "تقرير الأرشيف")
    CHANGES = Label("What changed, and why", "ما الذي تغيّر، ولماذا")
    REASONS = Label("Entities whose change did it", "الكيانات التي سبّبت التغيير")
    OVER_TIME = Label("Most mentioned, by month", "الأكثر ذكرًا، شهرًا بشهر")
    NEW_NAMES = Label("New names", "أسماء جديدة")
    DOUBTS = Label("Links to review", "روابط تحتاج إلى مراجعة")
    WEAK = Label("Linked with little confidence", "روابط ضعيفة الثقة")
    AMBIGUOUS = Label("Several entities fit", "أسماء تحتمل أكثر من كيان")
    DOCUMENTS = Label("documents", "وثائق")
    MENTIONS = Label("mentions", "إشارات")
    ENTITIES = Label("entities", "كيانات")
    ENTITY = Label("entity", "الكيان")
    CHANGE = Label("change", "التغيير")
    MONTHS = Label("over time", "عبر الزمن")
    PEAK = Label("peak", "الذروة")
    BECAUSE = Label("because of", "بسبب")
    NO_MENTION = Label("no mention", "لا إشارة")


OUTCOMES: Mapping[Outcome, Label] = {
    Outcome.LINKED: Label("linked", "مربوطة"),
    Outcome.AMBIGUOUS: Label("ambiguous", "ملتبسة"),
    Outcome.NIL: Label("not in the gazetteer", "ليست في السجل"),
}

TYPES: Mapping[EntityType, Label] = {
    EntityType.PERSON: Label("person", "شخص"),
    EntityType.ORGANIZATION: Label("organisation", "منظمة"),
    EntityType.LOCATION: Label("place", "مكان"),
    EntityType.MISC: Label("other", "غير ذلك"),
}

CHANGES: Mapping[Change, Label] = {
    Change.REPOINTED: Label("linked to another entity", "رُبطت بكيان آخر"),
    Change.NEWLY_AMBIGUOUS: Label("ambiguous now", "أصبحت ملتبسة"),
    Change.NEWLY_NIL: Label("not in the gazetteer any more", "لم تعد في السجل"),
    Change.NEWLY_LINKED: Label("linked now, unknown before", "رُبطت بعد أن كانت مجهولة"),
    Change.RESOLVED: Label("linked now, ambiguous before", "رُبطت بعد أن كانت ملتبسة"),
    Change.REMOVED: Label("no mention any more", "لم تعد إشارة"),
    Change.ADDED: Label("a mention now", "إشارة جديدة"),
    Change.REDESCRIBED: Label("the same, told otherwise", "الكيان نفسه بوصف آخر"),
    Change.RESCORED: Label("the same, with another confidence", "الجواب نفسه بثقة أخرى"),
}
