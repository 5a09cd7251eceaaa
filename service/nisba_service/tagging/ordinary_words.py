"""Names that are ordinary words too, and what it takes to believe in the name.

The spotter finds them wherever they stand; `support` keeps those for which the document speaks. The
lists are of the languages, not of one gazetteer: a word that names nobody there costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nisba_service.names.normalise import normal_form


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# A name only where something vouches for it: فتح opens, صور are pictures, المصري is the Egyptian.
_ARABIC = _forms("""
    فتح صور بان معا أمل بلد عمل كامل كمال جمال سلام شكر سعيد صالح حمد عون ناصر عودة خلف نصر فرج
    صيام بنيت باول روس رزق بحر بري هادي عزيز مشرف مسقط حماة تدمر بديع رئيسي حرب كرم كريم شريف عادل
    فاضل طاهر جميل غالب ماهر أمين رشيد سالم حكيم نور وفاء إسلام حق عدل بدر شمس هلال ربيع كتائب
    الحياة المستقبل العين الوزير الفرنسية القائم البنا الباب العلمي الشاعر الشيخ المهندس القطاع
    السفير الحية الشاطئ التجمع النهار الضاحية الزيتون الضيف الزرقاء الجميل القاعدة العربية
    المقاطعة الكتائب الشرع الرباعية المعلم الحكيم المر الأغوار الديار الرئيس الملك الأمير الإمام
    العمل العدل العدالة الشعب الوفد الوطن الرأي الدستور الغد الأيام البيان الاتحاد الثورة النور
    الإصلاح التنمية الجمهورية الوسط الشرق الغرب البلاد الأخبار المدينة الوحدة السلام الأمل النصر
    الهلال الساعة الصباح المساء الحركة الحزب السلطة المنظمة الحكومة الجيش المجلس البرلمان الكونغرس
    الطيبة الجديدة الوسطى الأحمد المحمود
""")

# People of a country or town: an adjective far more often than somebody's name.
DEMONYMS = _forms("""
    المصري العربي الهندي السوداني اللبناني العراقي السوري التركي التونسي المغربي الليبي اليمني
    الكويتي القطري البحريني العماني الأردني الفلسطيني الإيراني الأفغاني الباكستاني الكردي الحلبي
    الشامي المقدسي الغزاوي المدني المكي الحجازي النجدي البغدادي البصري الموصلي الروسي الصيني
""")

# At the start of a sentence anything is capitalised: "Rice prices rose", "Begin again".
_ENGLISH = _forms("""
    us who is it as or am au ban begin rice straw bush burns sham sour hope peace labour labor will
    may march rose grant gates brown baker major young best strong little king pope prince home
    hill wood park stone west east north south future movement authority guardian independent
    times post telegraph nation amnesty congress senate parliament quartet union league alliance
    unity shield house court bank strip gulf turkey mark bill jack rob pat drew dawn joy faith grace
    summer june april august white black green rich wise bright frank said long short day noon snow
    force order front brotherhood resistance army council agency state states tower temple mount
""")

ORDINARY = _ARABIC | DEMONYMS | _ENGLISH


@dataclass(frozen=True, slots=True)
class Phrases:
    """Where a word that is nearly always a name is none: after a particle, before or after words.

    `adjective`: after a noun with the article it agrees with that noun.
    """

    prefixes: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    adjective: bool = False


PHRASES: dict[str, Phrases] = {
    # "استقبلوه بحماس", "بكل حماس", "حماس كبير": with zeal.
    normal_form("حماس"): Phrases(
        prefixes=frozenset({"ب"}),
        before=_forms("كل بكل بمنتهى بمزيد أثار أثارت يثير ألهب ألهبت بلا دون وبلا"),
        after=_forms("كبير شديد بالغ منقطع الجماهير الجمهور الشبان الشباب"),
    ),
    # "عند مطلع النهار", "في وضح النهار": daytime; "في الباب", "في العين", "في صور".
    normal_form("النهار"): Phrases(before=_forms("مطلع آخر أول وضح منتصف عز طوال طلوع ساعات")),
    normal_form("الباب"): Phrases(before=_forms("في على من إلى عند أمام خلف فتح أغلق")),
    normal_form("العين"): Phrases(before=_forms("في على من طبيب")),
    normal_form("صور"): Phrases(before=_forms("في على نشر نشرت بث بثت التقط التقطت عرض عرضت ثلاث")),
    # "الحكومة السعودية": Saudi; "العالم الجليل": venerable; "الأمة القطرية".
    normal_form("السعودية"): Phrases(adjective=True),
    normal_form("الجليل"): Phrases(adjective=True),
    # "الأمم المتحدة", "الولايات المتحدة" without the noun.
    normal_form("المتحدة"): Phrases(adjective=True),
}

# Short names of bodies that other bodies have too: a general command, a supreme council.
_COMMON_NAMES = frozenset(
    map(normal_form, ("القيادة العامة", "المجلس الأعلى", "المجلس الوطني", "General Command"))
)

# "March 14" and "14 آذار" are days before they are alliances.
_MONTHS = _forms("""
    january february march april may june july august september october november december
    كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين يناير فبراير مارس أبريل مايو يونيو يوليو
    أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
""")


def is_ordinary(words: Sequence[str]) -> bool:
    """Say whether a name in normal form means something else as well: a word, or a day."""
    if len(words) == 1:
        return words[0] in ORDINARY
    if " ".join(words) in _COMMON_NAMES:
        return True
    return all(word in _MONTHS or word.isdecimal() for word in words)
