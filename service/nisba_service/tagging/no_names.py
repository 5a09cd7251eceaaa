"""Arabic spans that a tagger takes for names and that are none: verbs, kin, bodies of no name.

A word that the model has not met looks like a name to it. What the gazetteer knows is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType
from nisba_service.tagging import cues, name_ends
from nisba_service.tagging.proclitics import ALEF


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# فإن without its hamza; what stands for a name without being one.
_WORDS = _forms("فان فإن فلان الآخر الآخرون الجميع أحدهم المذكور مايلي") - {""}
_PARTICLES = frozenset("وفبلك")
_KIN = _forms("""
    شقيق شقيقة عم عمة خال خالة أخ أخت زوج زوجة جد جدة حفيد بنت شقيقه شقيقته عمه عمته خاله أخيه
    أخته زوجته ابنه
""")
# Of a body or a place, with nothing but an adjective that any may have: "القوات الأجنبية".
_GENERIC = _forms("""
    التنظيم الهيئة الحزب الحركة الجماعة الجبهة اللجنة الوكالة الصحيفة القناة الشركة الجامعة
    المنظمة السلطنة المملكة الإمارة الجمهورية الدولة البلاد المدينة القرية البلدة المنطقة المحافظة
    قوات القوات حزب أحزاب الأحزاب حركة حركات الحركات جماعة جماعات الجماعات فصائل الفصائل منظمات
    المنظمات مقاومة المقاومة معارضة المعارضة حكومة الحكومة وكالة وكالات الوكالات بلدات البلدات قرى
    القرى مدن المدن الأنباء دول الدول مناطق المناطق أراضي الأراضي ميليشيات الميليشيات وسائل
    الإعلام صحف الصحف
""")
_ADJECTIVES = _forms("""
    عربي عربية العربي العربية أجنبي أجنبية الأجنبي الأجنبية غربي غربية الغربي الغربية إسلامي
    إسلامية الإسلامية رسمي رسمية الرسمي الرسمية شعبي شعبية الشعبي الشعبية محلي محلية المحلي
    المحلية دولي دولية الدولية حكومي حكومية الحكومي الحكومية مسلح مسلحة المسلح المسلحة سياسي
    سياسية السياسي السياسية معارض معارضة المعارض المعارضة مجاور مجاورة المجاور المجاورة حدودي
    حدودية الحدودية يهودي يهودية اليهودية مسيحي مسيحية المسيحية وطنية الوطنية جديدة الجديدة كبرى
    الكبرى نائية النائية
""")


def is_no_name(texts: Sequence[str], type: EntityType) -> bool:
    """Say whether the words of a trimmed span, in normal form, name nobody."""
    first, *rest = texts
    if type is EntityType.PERSON:
        return _is_nobody(first, rest)
    if not rest and name_ends.is_function_word(first):
        return True
    is_generic = not _GENERIC.isdisjoint(_bare(first))
    return is_generic and all(word in _GENERIC or word in _ADJECTIVES for word in rest)


def _bare(word: str) -> tuple[str, ...]:
    """Return a word, and what is left of it without a particle: لحزب, للبلدات."""
    if word.startswith("لل"):
        return (word, ALEF + word[1:])
    return (word, word[1:]) if word[0] in _PARTICLES else (word,)


def _is_nobody(first: str, rest: Sequence[str]) -> bool:
    if rest:
        return first in cues.KUNYA_FIRST and rest[0] in _KIN
    if first in _WORDS or first in cues.PERSONS_VERBS:
        return True
    return name_ends.is_no_part(first)
