"""Words around a name that make it a name: who speaks, who belongs to whom.

An organisation's name is feminine in Arabic news: "قالت فتح إن" is the movement speaking, for the
noun فتح (opening) is masculine. All in normal form, without particles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nisba_service.names.normalise import normal_form
from nisba_service.tagging import titles
from nisba_service.tagging.given_names import may_be_given_name
from nisba_service.tagging.proclitics import ARTICLE, CONJUNCTIONS, OWN_WAW, WAW
from nisba_service.tagging.words import PARAGRAPH_BREAK, Words


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# Before a name, their subject and never their object: "قالت فتح", "اتهمت فتح حماس".
SPEAKING_VERBS = _forms("""
    قالت اتهمت دعت حذرت رحبت شددت أشارت نعت هددت تعهدت فازت خسرت شاركت اتفقت سيطرت
    نقلت بثت أفادت أوردت أبرزت كتبت
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
    مسؤولين مسؤولو باسم مرشح مرشحو نواب كتلة داخل شبان شباب طلاب
""")
IN = normal_form("في")

# What may follow a name but hardly the verb or noun that is spelt alike.
FUNCTION_WORDS = _forms("""
    في من على إلى عن مع أن إن بأن أنه أنها إنه إنها التي الذي الذين قد لا لن لم لما ما ليس ليست هو
    هي كان كانت بعد قبل خلال منذ حتى لكن أمس اليوم غدا بين ضد حول بشأن بسبب رغم كما هذا هذه أيضا
    إلا غير سوى ثم عند أمام عبر داخل خارج تحت فوق نحو لاحقا سابقا مجددا مؤخرا وحده وحدها معا فيما
""")

# Verbs with one person for subject and another for object, side by side behind them: "وأقال عباس
# هنية", "وكلّف الرئيس ريفلين نتنياهو".
_BETWEEN_PERSONS = _forms("""
    كلف دعا التقى اتهم زار قتل اغتال اعتقل عين انتخب استقبل هاتف شكر خلف خلفه ودع هنأ عزى حاور
    واجه قابل بايع أيد عارض أبلغ أطلع اصطحب رافق سلم هاجم وصف حاكم أوفد عد شيع حمل صافح عانق ناقش
    منح أمر خاطب ساند سأل أقال انتقد هزم سبق حذر طالب اختار
""")
# The others that a tagger may glue to their subject: "وقال فياض", "وخسر باراك الانتخابات".
PERSONS_VERBS = _BETWEEN_PERSONS | _forms("""
    قال أكد أضاف أعلن أوضح ذكر رفض غادر وصل عاد ترأس رأى اعتبر شدد نفى كشف تعهد قاد تولى توارى
    اغتيل خسر نال أدى وزع حيا خاض نجا نعى استقال ترك غيب أشاد بحث تسلم حصل قدم أطلق وقع دخل خرج
    غاب حضر ضم زكى اتصل صرح رد علق أجاب أعرب أبدى أجرى ألقى أنهى ألمح أصدر أوصى استبعد استنكر
    اشترط انتقل انضم تابع تحدث تمنى توقع توجه جدد ختم دافع راهن رحب ركز زعم سجل شارك عبر فاز فشل
    كتب لعب نجح نشر لفت نبه واصل وقف لقي سخر تذكر اقترح ندد تبنى تلقى تفقد
""")
KUNYA_FIRST = _forms("أبو أبا أبي أم ابن بن")

_YA = "ي"
# The object is told: "وخلفه فلان" has only a subject behind it.
_HIM = "ه"
# "فكل مشرف على المنطقة": one of many, and none of them by name.
QUANTIFIERS = _forms("كل أي أية بعض جميع عدة كلا لا بلا دون")
# Nouns in ت that are no verbs of the third person feminine.
_NOUNS_IN_T = _forms("وقت بيت صوت موت سكوت كويت إنترنت زيت توقيت مبيت ثبات نبات تحت أثبت سبت")
_MIN_FEMININE = 4
# "إن فتح تعرف"; not "إن فتح تحقيق", a noun of that form, nor "فتح تجارة".
_FEMININE_PRESENT = re.compile(r"ت(?!\w\wي\w)\w{2,5}(?<![هات])")
THAT = _forms("أن إن بأن لأن وأن وإن لكن ولكن فيما بينما")
# Words that are looked up without the و or ف joined to them: "وقالت فتح", "وحركة فتح".
_AFTER_CONJUNCTION = (
    ACTING_VERBS | MEMBERS | PERSONS_VERBS | frozenset().union(*titles.BEFORE.values())
)


def is_persons_verb(word: str) -> bool:
    """Say whether a word, و or ف before it or not, is a verb whose subject is a person."""
    return without_conjunction(word) in PERSONS_VERBS


# A title and an adjective or two may stand between the verb and the name.
_FARTHEST_VERB = 5
_CLAUSE_STARTS = frozenset({".", "،", ",", "!", "؟", "؛", ":", "…", PARAGRAPH_BREAK})
_MIN_VERB = 3


def is_verb_of_two_before(words: Words, index: int) -> bool:
    """Say whether a verb between two persons stands before a word, or titles between them.

    "وكلف الرئيس الإسرائيلي ريفلين نتنياهو"; where the object is told already, "وخلفه", it is none.
    """
    return any(
        without_conjunction(words.at(place)) in _BETWEEN_PERSONS
        and not words.at(place).endswith(_HIM)
        and not _is_last_name(words, place)
        for place in _before_titles(words, index)
    )


def is_verb_before(words: Words, index: int) -> bool:
    """Say whether any verb stands before a word, with nothing but titles between: "وخسر باراك".

    What begins a clause with و and is neither noun nor particle is a verb; so is, before a name,
    what begins with the ي of the third person.
    """
    places = list(_before_titles(words, index))
    if any(is_persons_verb(words.at(i)) and not _is_last_name(words, i) for i in places):
        return True
    return _is_verb_by_place(words, places[-1])


def _is_last_name(words: Words, place: int) -> bool:
    """Say whether a word that is a verb too stands behind a given name: "صلاح خلف وأبو يوسف"."""
    word, before = words.at(place), words.at(place - 1)
    if word[0] in CONJUNCTIONS:
        return False
    return may_be_given_name(before) or may_be_given_name(before[1:])


def _before_titles(words: Words, index: int) -> Iterator[int]:
    """Yield the places before a word back to the first that is no title, that one included."""
    for place in range(index - 1, index - 1 - _FARTHEST_VERB, -1):
        word = words.at(place)
        yield place
        if not (titles.is_title_word(word) or is_adjective(word)):
            return


def _is_verb_by_place(words: Words, place: int) -> bool:
    word = words.at(place)
    rest = word[1:]
    if _is_present(word) or (word.startswith(WAW) and _is_present(rest)):
        return True
    if not word.startswith(WAW) or words.at(place - 1) not in _CLAUSE_STARTS:
        return False
    if len(rest) < _MIN_VERB or rest.startswith(ARTICLE) or word.startswith(OWN_WAW):
        return False
    return not (rest in FUNCTION_WORDS or titles.is_beside_names(rest) or may_be_given_name(rest))


def _is_present(word: str) -> bool:
    return word.startswith(_YA) and len(word) > _MIN_VERB and not may_be_given_name(word)


def is_adjective(word: str) -> bool:
    """Say whether a word in normal form looks like an adjective of origin: الأميركي, الليبية."""
    return word.startswith(ARTICLE) and word.endswith(("ي", "يه"))


def is_speaking_or_acting(word: str) -> bool:
    """Say of a word in normal form whether it is a verb with somebody for its subject."""
    verb = without_conjunction(word)
    return verb in ACTING_VERBS or is_persons_verb(word) or is_feminine_verb(word)


def is_feminine_present(word: str) -> bool:
    """Say whether a word looks like a verb in the present, its subject feminine: "فتح تعرف"."""
    return _FEMININE_PRESENT.fullmatch(word) is not None


def is_feminine_verb(word: str) -> bool:
    """Say whether a word in normal form looks like a verb in the past, its subject feminine."""
    bare = word[1:] if word[0] in CONJUNCTIONS and len(word) > _MIN_FEMININE else word
    if not bare.endswith("ت") or bare.endswith("ات") or bare.startswith(ARTICLE):
        return False
    return len(bare) >= _MIN_FEMININE and bare not in _NOUNS_IN_T


def bare(word: str) -> str:
    """Return a function word without و or ف before it: "وفي"."""
    return word[1:] if word[0] in CONJUNCTIONS and word[1:] in FUNCTION_WORDS else word


def without_conjunction(word: str) -> str:
    """Return a verb, a title or a member's word without و or ف before it, others as they are."""
    rest = word[1:]
    return rest if word[0] in CONJUNCTIONS and rest in _AFTER_CONJUNCTION else word
