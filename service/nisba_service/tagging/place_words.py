"""Words for kinds of places and bodies, and whether a name holds them. All in normal form."""

from __future__ import annotations

from nisba_service.names.normalise import normal_form


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(normal_form, text.split()))


# First words of places' names that a tagger cuts off: كريات | شمونا, بيت | لاهيا.
HEADS = _forms("كريات بيت دير تل كفر عين بئر وادي خربة بني سان سانت نيو لوس بورت كيبوتس رأس")
# Part of a name where the place is known by no other: "نهر الليطاني", "مستشفى بيرسي", "جبال قنديل".
KINDS_INSIDE = _forms("""
    نهر جبل جبال مستشفى جامعة جامع مسجد كنيسة دير مخيم معبر ميدان بحيرة وادي جزيرة مضيق متحف معهد
    مركز مجمع مؤسسة جمعية حزب حركة كتيبة لواء جيش قوات شركة بنك مصرف نادي اتحاد نقابة صحيفة
""")
BODIES = _forms("""
    هيئة مجلس لجنة اتحاد مؤسسة جمعية منظمة مكتب مركز معهد محكمة شبكة نقابة صندوق برنامج جامعة بنك
    مؤتمر منتدى رابطة شركة وكالة جبهة حركة حزب قوات
""")
# "Office for the Coordination of Humanitarian Affairs", "Physicians for Human Rights".
ENGLISH_BODIES = _forms("""
    office ministry department committee commission center centre council institute university union
    association organization organisation federation front bank board bureau agency alliance
    coalition campaign movement party society academy foundation fund league physicians doctors
    lawyers rabbis mothers women students movement court school college
""")
# Never part of one: "فندق السان جورج", "حاجز قلنديا", "العاصمة الليبية طرابلس".
KINDS_OUTSIDE = _forms("""
    فندق مدينة بلدة قرية بلدتا بلدتي مدينتا مدينتي قريتا قريتي حاجز ضاحية عاصمة العاصمة مطار شارع
    مقاطعة إقليم ولاية سجن حقل قاعدة مستوطنة مستوطنتا مستوطنتي ساحة دولة ريف ضواحي محيط مشارف
""")
# Behind a place, and no part of its name: "مخيم البداوي المجاور".
NEAR = _forms("المجاور المجاورة القريب القريبة الحدودي الحدودية المحاصر المحاصرة المحتل")
# What makes a town two: كوريا الجنوبية, حلب الشرقية.
SIDES = _forms("الشمالية الجنوبية الشرقية الغربية")
COMPASS_NAMES = frozenset(
    {(normal_form("جنوب"), normal_form("أفريقيا")), (normal_form("جنوب"), normal_form("افريقيا"))}
)

# Behind a Latin name: a place, and the word is part of the name: "Dheisheh camp".
SUFFIXES_INSIDE = frozenset({"camp", "mosque"})
# A place whose kind is told, not named: "the Ain al-Asad base", "Keren Shalom crossing".
SUFFIXES_OUTSIDE = _forms("""
    base airport airfield crossing checkpoint hospital square street bridge province village town
    city district neighbourhood neighborhood quarter valley settlement prison hotel region island
""")
