"""What invented names are made of: each in Arabic, and one or two ways to write it in English."""

from __future__ import annotations

Spellings = tuple[str, ...]
"""Arabic, then Latin letters."""


def _pairs(text: str) -> tuple[Spellings, ...]:
    """Read "سامي Sami Samy": an Arabic word, then one or two Latin ones."""
    return tuple(tuple(line.split()) for line in text.split(","))


MEN = _pairs(
    "محمد Mohammed Muhammad, أحمد Ahmed Ahmad, محمود Mahmoud Mahmud, علي Ali, حسن Hassan Hasan,"
    "حسين Hussein Husayn, إبراهيم Ibrahim, يوسف Youssef Yusuf, خالد Khaled Khalid,"
    "صالح Saleh Salih, سمير Samir Sameer, عمر Omar Umar,"
    "عثمان Othman Uthman, مصطفى Mustafa Moustafa,"
    "كريم Karim Kareem, رامي Rami Ramy, نبيل Nabil Nabeel, طارق Tariq Tarek, ياسر Yasser Yasir,"
    "جمال Jamal Gamal, فؤاد Fouad Fuad, سعيد Saeed Said, ماهر Maher Mahir, بسام Bassam,"
    "داود Daoud Dawud, سليمان Suleiman Sulayman, عيسى Issa Isa, موسى Mousa Musa, وليد Walid Waleed,"
    "هشام Hisham Hicham, عادل Adel Adil, فيصل Faisal Faysal, ناصر Nasser Nasir, زياد Ziad Ziyad,"
    "غسان Ghassan, مروان Marwan, أنور Anwar, أيمن Ayman Aiman, باسل Basel Basil, تيسير Tayseer,"
    "جهاد Jihad, حاتم Hatem Hatim, رائد Raed Raid, رشيد Rashid Rasheed, زهير Zuhair Zuheir,"
    "سامح Sameh Samih, شريف Sharif Sherif, صبري Sabri Sabry, عصام Issam Isam, عماد Imad Emad,"
    "فادي Fadi Fady, قاسم Qassem Qasim, لؤي Louay Luay, مازن Mazen Mazin, منير Munir Mounir,"
    "نزار Nizar, هاني Hani Hany, وائل Wael Wail, ياسين Yassin Yasin, يحيى Yahya Yehia"
)
WOMEN = _pairs(
    "ليلى Layla Leila, فاطمة Fatima Fatma, مريم Maryam Mariam, سارة Sara Sarah, هدى Huda Hoda,"
    "زينب Zeinab Zaynab, عائشة Aisha Aysha, رنا Rana, سلوى Salwa, سعاد Suad Souad, نادية Nadia,"
    "منى Mona Muna, رانيا Rania Ranya, هالة Hala, أمينة Amina, جميلة Jamila Gamila, خديجة Khadija,"
    "سميرة Samira, لبنى Lubna Loubna, وفاء Wafa Wafaa"
)

# Three letters each; no weak ones in the middle or at the end, which patterns would not fit.
ROOTS = (
    "حمد سلم كرم جبر نصر عمر صلح رشد شرف حكم علم فهم كتب درس نجم بدر سعد خلد جمل حسن ظفر غنم عقل"
    " نبه رجب شعب رمض صبر شكر فرح مرح نجح فلح زرع حصد قطف خبز طحن نجر حدد صبغ دبغ نحس ذهب فضض لحم"
    " سمك عسل خضر حجر رمل جبل نهر بحر سحب مطر ثلج برق رعد شهب قمر هلل سهل غرب شرق شمل جنب قدس خلل"
    " نبل حلب دمش بصر كوف نجف حلل سمر كرد ترك شرك فرس هند برب زنج عجم بدو حضر دير كنس سجد ركع صمد"
    " حفظ ودد رزق فتح قدر عظم كبر صغر طول قصر عرض ضخم نحف سمن جعد شقر كحل برص عرج طرش غضب حلم"
    " صدق خلص وفق عدل ظلم قسط نقش رسم خطط نسج غزل حبك فتل قزز صوف قطن كتن جلد سرج لجم خيل بغل جدع"
    " نمر فهد ذئب ثعل ضبع غزل صقر عقب بلب حمم عصف نعم قطر حزم عزم جزم فصل وصل حمل نقل عبر سفر مهد"
)

LETTERS = {
    **{"ء": "", "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d"},
    **{"ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z"},
    **{"ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h"},
    **{"و": "w", "ي": "y", "ئ": "i"},
}
"""The letters of roots; ayn is written by nobody in the press."""

FAMILIES = (
    ("ال{0}{1}{2}ي", "al-{0}a{1}{2}i", "{0}a{1}{2}y"),
    ("ال{0}ا{1}{2}ي", "al-{0}a{1}e{2}i", "Al-{0}a{1}i{2}y"),
    ("ال{0}{1}ي{2}ي", "al-{0}u{1}ay{2}i", "Al-{0}o{1}ei{2}i"),
    ("{0}{1}ي{2}", "{0}a{1}i{2}", "{0}a{1}ee{2}"),
    ("{0}ا{1}{2}", "{0}a{1}e{2}", "{0}a{1}i{2}"),
    ("{0}{1}{2}ان", "{0}a{1}{2}an", "{0}e{1}{2}an"),
    ("ال{0}{1}{2}اني", "al-{0}a{1}{2}ani", "Al-{0}e{1}{2}ani"),
    ("{0}{1}و{2}", "{0}a{1}ou{2}", "{0}a{1}u{2}"),
    ("ال{0}{1}ا{2}", "al-{0}a{1}{1}a{2}", "{0}a{1}{1}a{2}"),
    ("أبو {0}{1}{2}ة", "Abu {0}a{1}{2}a", "Abou {0}e{1}{2}eh"),
    ("أبو {0}ا{1}{2}", "Abu {0}a{1}e{2}", "Abu {0}a{1}i{2}"),
    ("ال{0}{1}ا{2}ي", "al-{0}i{1}a{2}i", "El-{0}e{1}a{2}y"),
    ("م{0}{1}و{2}", "Ma{0}{1}u{2}", "Me{0}{1}ou{2}"),
)
"""Family names about a root: with ع م ر the first is العمري, al-Amri."""

WESTERN_MEN = _pairs(
    "توماس Thomas, بيتر Peter, ستيفن Stephen, مارتن Martin, أندرو Andrew, باتريك Patrick,"
    "كريستيان Christian, هنري Henry, دانيال Daniel, سيمون Simon, أوليفر Oliver, ألكسندر Alexander"
)
WESTERN_WOMEN = _pairs(
    "آنا Anna, لورا Laura, جوليا Julia, ماريا Maria, هيلين Helen, كلير Claire, إيما Emma"
)
WESTERN_FAMILIES = _pairs(
    "ويلكنز Wilkins, هارتمان Hartmann, لندستروم Lindstrom, موريسون Morrison, دوفال Duval,"
    "برنار Bernard, كوستا Costa, رومانو Romano, كلارك Clarke, هاريس Harris, باركر Parker,"
    "كوفالسكي Kowalski, نوفاك Novak, أولسن Olsen, بيترسن Petersen, فيشر Fischer, كوهلر Koehler,"
    "مارتينيز Martinez, غارسيا Garcia, لوران Laurent, ديلاكروا Delacroix, فان-دايك Van-Dyke,"
    "هولمز Holmes, غرانت Grant, والش Walsh, سوليفان Sullivan, مكارثي McCarthy, دنكان Duncan,"
    "يوهانسون Johansson, لارسون Larsson, إيفانوف Ivanov, بتروف Petrov, سميرنوف Smirnov,"
    "بوبوف Popov, روسي Rossi, فيراري Ferrari, بيانكي Bianchi, كيلي Kelly, بورتر Porter"
)

CAUSES = _pairs(
    "العدالة Justice, الإصلاح Reform, التنمية Development, الوحدة Unity, التجديد Renewal,"
    "الكرامة Dignity, التضامن Solidarity, المواطنة Citizenship, النهضة Renaissance,"
    "الحوار Dialogue, الشفافية Transparency, البناء Construction, المساواة Equality,"
    "الاستقلال Independence,"
    "السلام Peace, الرفاه Welfare, الاعتدال Moderation, المستقبل-الجديد New-Horizon"
)
"""What invented movements and unions are for; a hyphen stands for a space."""

BODIES = (
    ("حركة {0} و{1}", "Movement for {0} and {1}", "M{0[0]}{1[0]}"),
    ("حزب {0} و{1}", "{0} and {1} Party", "{0[0]}{1[0]}P"),
    ("اتحاد {0} و{1}", "Union for {0} and {1}", "U{0[0]}{1[0]}"),
    ("مركز {0} و{1} للدراسات", "Centre for {0} and {1} Studies", "C{0[0]}{1[0]}S"),
)
"""Arabic, English, and the letters that stand for the English name."""
HOUSES = (
    ("مجموعة {0}", "{0} Group"),
    ("مؤسسة {0}", "{0} Foundation"),
    ("شركة {0} للمقاولات", "{0} Contracting Company"),
    ("مستشفى {0}", "{0} Hospital"),
    ("صحيفة {0}", "{0} Daily"),
)
"""Organisations called after a family."""
PLACES = (
    *(("دير {0}", "Deir {0}"), ("بيت {0}", "Beit {0}"), ("تل {0}", "Tell {0}")),
    *(("كفر {0}", "Kafr {0}"), ("عين {0}", "Ain {0}"), ("وادي {0}", "Wadi {0}")),
    *(("جبل {0}", "Jabal {0}"), ("مخيم {0}", "{0} camp"), ("خربة {0}", "Khirbet {0}")),
)
"""Villages, camps and valleys about a root."""

OFFICES = (
    ("secretary-general", "Secretary-General", "الأمين العام"),
    ("prime minister", "Prime Minister", "رئيس الوزراء"),
    ("foreign minister", "Foreign Minister", "وزير الخارجية"),
    ("defence minister", "Defence Minister", "وزير الدفاع"),
    ("president", "President", "الرئيس"),
    ("king of", "King", "الملك"),
    ("ambassador", "Ambassador", "السفير"),
    ("spokesman", "the spokesman", "المتحدث"),
    ("general", "General", "الجنرال"),
    ("envoy", "the envoy", "المبعوث"),
)
"""What a description says somebody is, and how a text calls him before his name."""
TITLES = (
    *((("", ""),) * 4),
    *(("Dr", "الدكتور"), ("the deputy", "النائب"), ("the lawyer", "المحامي"), ("Mr", "السيد")),
    *(("General", "اللواء"), ("the engineer", "المهندس"), ("Sheikh", "الشيخ"), ("", "القيادي")),
    *(("the governor", "المحافظ"), ("Professor", "البروفيسور"), ("the minister", "الوزير")),
)
WOMEN_TITLES = (
    *((("", ""),) * 3),
    *(("Dr", "الدكتورة"), ("the deputy", "النائبة"), ("the lawyer", "المحامية")),
    *(("the minister", "الوزيرة"), ("the engineer", "المهندسة"), ("Mrs", "السيدة")),
)
"""Titles of invented people, English and Arabic."""
WOMEN_OF_THE_SEEDS = frozenset(
    (
        *("Angela", "Ayelet", "Catherine", "Condoleezza", "Federica", "Golda", "Hanan", "Hillary"),
        *("Jen", "Khalida", "Madeleine", "Margaret", "Queen", "Tzipi"),
    )
)
"""Given names of women in the seed gazetteer: their verbs differ."""
