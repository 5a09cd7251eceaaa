"""Where an Arabic person's name ends that a tagger has read on: "روحي فتوح | اليمين".

The verb stands first in Arabic, so that the object, an adverb or an office in the accusative
follows the name without a mark between: "خسر باراك الانتخابات", "اختير نعيم قاسم أمينا عاما". Such
a word is told by its form, or, behind a name that the gazetteer knows, by being no family name's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nisba_service.names.normalise import normal_form
from nisba_service.tagging import cues
from nisba_service.tagging.given_names import may_be_given_name
from nisba_service.tagging.proclitics import ARTICLE, CONJUNCTIONS
from nisba_service.tagging.words import Words


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# Never a part of a name behind another part of it; half of the press write على as
# علي, and many أمام as امام.
_NEVER = (cues.FUNCTION_WORDS - _forms("علي إمام")) | _forms("""
    رئيسا أمينا نائبا وزيرا مديرا سفيرا مبعوثا عضوا قائدا زعيما مرشحا مرشدا ناطقا متحدثا مستشارا
    ممثلا وسيطا ضيفا خلفا خليفة مكلفا منسقا مفاوضا حاكما ملكا شهيدا قتيلا جريحا أسيرا
    رسميا غيابيا شخصيا هاتفيا علنيا سريا نهائيا مؤقتا حيا ميتا وحيدا معا جميعا مجددا لاحقا سابقا
    حاليا مؤخرا أخيرا أولا ثانيا ثالثا دائما غالبا فورا قريبا بعيدا طويلا كثيرا قليلا جدا صراحة عنوة
    ليلا نهارا صباحا مساء ظهرا عصرا فجرا ليل فجر يوم يومها يومذاك حينها آنذاك عام سنة شهر
    ثلاثا أربعا خمسا مرتين مرارا وحده وحدها نفسه نفسها بنفسه أيضا كذلك فقط هناك هنا عندما حين حيث
    الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الماضي المقبل القادم الجاري
    الذي اللذان اللذين اللواتي ما لم لن وهو وهي وقد
""")

# A joined particle and the article: "خامنئي بالثأر", "هنية للصحافيين"; but المعتصم بالله.
_PARTICLE_AND_ARTICLE = re.compile(r"(?:بال|كال|لل)(?!له$)\w{2,}")

# Nouns by their form, the article before them.
_NOUN = re.compile(
    r"""
    ال(?:
        ا(?:ن\w{2,}|ست\w+|\w?ت\w{2,})[^\Wي]  # الانسحاب، الاستقالة، الاتفاق، not الانصاري
      | ت\w\wي\w               # التأجيل، التعيين
      | م\wا\w\wه              # المواجهة، المشاركة
      | \w{3,}(?:ات|يه)        # الانتخابات، المسؤولية
      | \w{3,}(?:ين|ون)        # المبعدين، المشيعون
    )
    """,
    re.VERBOSE,
)
_CONNECTORS = cues.KUNYA_FIRST | _forms("عبد آل ذو")
_FUTURE = ("سي", "ست", "سن")
_MIN_FUTURE = 5
_THEY = "وا"
_PRESENT = "ي"
_MIN_VERB = 4
_HIS = ("ه", "ها", "هم", "هما")
# Names of those forms.
_NAMES = _forms("""
    الزيات الشات الفرات البيات القنوات الدين الحسين الأمين المعين المكين المتين السجين الياسين
    المأمون الهارون الزيتون الحسون الخلدون السعدون الميمون الفرعون البنين الفلسطين الحنين
    العابدين العارفين الصالحين الريحانية البهية السنية العلية الرقية المجالية
""")


def is_noun_by_form(word: str) -> bool:
    """Say whether a word in normal form is a noun with the article and no family name."""
    return _NOUN.fullmatch(word) is not None and word not in _NAMES


def last_word(
    words: Words,
    first: int,
    last: int,
    is_name: Callable[[str], bool],
    is_known: Callable[[str], bool],
) -> int:
    """Return the last word of a person's name that begins at `first` and ends at `last` or before.

    Args:
        words: the text's words.
        first, last: the words that the tagger takes for the name, titles cut off.
        is_name: says whether a whole name is known.
        is_known: says whether a name is known, or its first word from one.
    """
    for index in range(first + 1, last + 1):
        word = words.at(index)
        if words.at(index - 1) in _CONNECTORS:
            continue  # أبو العينين, عبد الاله
        if is_never_in_name(word) or _is_object(words, first, index, is_name, is_known):
            start, end = words.span_of(first, last)
            return last if is_name(words.original[start:end]) else index - 1
    return last


def last_word_of_body(words: Words, first: int, last: int, is_name: Callable[[str], bool]) -> int:
    """Return the last word of a body or place: before a verb, if what is before it is known."""
    for index in range(first + 1, last + 1):
        start, end = words.span_of(first, index - 1)
        if is_verb(words.at(index)) and is_name(words.original[start:end]):
            return index - 1
    return last


def is_never_in_name(word: str) -> bool:
    """Say whether a word in normal form is no part of a person's name behind another part."""
    return is_no_part(word) or _PARTICLE_AND_ARTICLE.fullmatch(word) is not None


def is_no_part(word: str) -> bool:
    """Say whether a word in normal form is no part of a person's name, be it the only one."""
    return is_function_word(word) or is_noun_by_form(word)


def is_function_word(word: str) -> bool:
    """Say whether a word in normal form is an adverb, an office in the accusative, or the like."""
    return word in _NEVER


def is_future(word: str) -> bool:
    """Say whether a word looks like a verb in the future: "فيصل سيغيب"."""
    return word.startswith(_FUTURE) and len(word) >= _MIN_FUTURE


def is_verb(word: str) -> bool:
    """Say whether a word looks like a verb of the name before it: "عباس وهنية جربوا", "سيغيب"."""
    if may_be_given_name(word):
        return False  # فرانسوا, يوسف
    if word.endswith(_THEY):
        return len(word) >= _MIN_VERB
    return is_future(word) or (word.startswith(_PRESENT) and len(word) >= _MIN_VERB)


def is_object(words: Words, index: int) -> bool:
    """Say whether a word behind a known name may be an object: "نتنياهو شريكه", "باراك السباق".

    A nisba may not, for anybody may have one: رامي الحمد الله المصري.
    """
    word = words.at(index)
    if word.startswith(ARTICLE):
        return not word.endswith("ي")
    return words.written(index).endswith(_HIS)


def _is_object(
    words: Words,
    first: int,
    index: int,
    is_name: Callable[[str], bool],
    is_known: Callable[[str], bool],
) -> bool:
    """Say whether a word is a verb of the known name before it, or the object of such a verb."""
    start, end = words.span_of(first, index - 1)
    name = words.original[start:end]
    is_whole = is_name(name) or (name[0] in CONJUNCTIONS and is_name(name[1:]))
    if not is_whole or is_known(words.at(index)):
        return False
    if is_verb(words.at(index)):
        return True
    if not is_object(words, index) or words.at(first) in cues.KUNYA_FIRST:
        return False  # a kunya may have a family name behind it: أبو يوسف النجار
    return index - first > 1 or cues.is_verb_before(words, first)
