"""Words around a name that make it a name: who speaks, who belongs to whom.

An organisation's name is feminine in Arabic news: "قالت فتح إن" is the movement speaking, for the
noun فتح (opening) is masculine. All in normal form, without particles.
"""

from __future__ import annotations

from nisba_service.names.normalise import normal_form
from nisba_service.tagging import titles
from nisba_service.tagging.proclitics import CONJUNCTIONS


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# Before a name, their subject and never their object: "قالت فتح", "اتهمت فتح حماس".
SPEAKING_VERBS = _forms("""
    قالت اتهمت دعت حذرت رحبت شددت أشارت نعت هددت تعهدت فازت خسرت شاركت اتفقت سيطرت
    تقول تتهم تدعو تحذر ترحب تشدد تهدد تسعى تسيطر تشارك تصر تخشى
""")

# After a name; before one only where no object follows, for "أعلنت فتح المعبر" opens a crossing.
ACTING_VERBS = SPEAKING_VERBS | _forms("""
    أعلنت أكدت أضافت ذكرت رفضت طالبت اعتبرت رأت نفت أدانت أوضحت كشفت نشرت أصدرت وافقت وقعت قررت
    انتقدت حملت نظمت تعلن تؤكد ترفض تطالب تعتبر ترى تنفي تدين تريد تقرر تنتقد توافق
""")

# Before the name, with or without في: "القيادي في فتح", "وفد فتح", "مسلحو فتح".
MEMBERS = _forms("""
    قيادي القيادي قيادية قياديون قياديين قيادات قيادة زعيم زعيمة زعماء عضو أعضاء وفد وفدا وفدي
    عناصر مسلحو مسلحي مقاتلو مقاتلي نشطاء ناشطون أنصار مؤيدو مؤيدي كوادر كادر مسؤول مسؤولون
    مسؤولين مسؤولو باسم مرشح مرشحو نواب كتلة
""")
IN = normal_form("في")

# What may follow a name but hardly the verb or noun that is spelt alike.
FUNCTION_WORDS = _forms("""
    في من على إلى عن مع أن إن بأن أنه أنها إنه إنها التي الذي الذين قد لا لن لم لما ما ليس ليست هو
    هي كان كانت بعد قبل خلال منذ حتى لكن أمس اليوم غدا بين ضد حول بشأن بسبب رغم كما هذا هذه أيضا
""")

# A tagger may glue the verb to its subject: "وكلّف فياض", "واتهم عباس".
PERSONS_VERBS = _forms("""
    قال أكد أضاف أعلن أوضح ذكر كلف دعا التقى اتهم رفض طالب زار قتل اغتال اعتقل عين انتخب استقبل
    هاتف شكر غادر وصل عاد ترأس رأى اعتبر حذر شدد نفى كشف تعهد انتقد قاد تولى أقال توارى اغتيل
    خلف خلفه ودع هنأ عزى حاور واجه قابل بايع أيد عارض أبلغ أطلع اصطحب رافق سلم هاجم وصف حاكم أوفد
    عد شيع
""")

# Words that are looked up without the و or ف joined to them: "وقالت فتح", "وحركة فتح".
_AFTER_CONJUNCTION = (
    ACTING_VERBS | MEMBERS | PERSONS_VERBS | frozenset().union(*titles.BEFORE.values())
)


def is_persons_verb(word: str) -> bool:
    """Say whether a word, و or ف before it or not, is a verb whose subject is a person."""
    return without_conjunction(word) in PERSONS_VERBS


def without_conjunction(word: str) -> str:
    """Return a verb, a title or a member's word without و or ف before it, others as they are."""
    rest = word[1:]
    return rest if word[0] in CONJUNCTIONS and rest in _AFTER_CONJUNCTION else word
