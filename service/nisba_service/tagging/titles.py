"""Words before a name that are no part of it: titles, offices, and what kind of body it is.

They stand outside a mention's span ("President Abbas", "القيادي صالح العاروري"), and they vouch for
the word after them: "حركة فتح" is the movement, "فتح الباب" opens a door. All in normal form.
"""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType


def _forms(text: str) -> frozenset[str]:
    """Return the comma-separated words and phrases in normal form."""
    return frozenset(normal_form(item) for item in text.replace("\n", " ").split(","))


# "Dr. Rami Hamdallah", "the Hamas leader Ismail Haniyeh", "deputy leader Salah Al-Aruri".
_ENGLISH_PERSON = _forms("""
    mr, mrs, ms, dr, prof, professor, sir, lord, lady, president, vice president, premier,
    prime minister, deputy prime minister, foreign minister, defense minister, defence minister,
    interior minister, finance minister, minister, deputy minister, secretary, secretary general,
    secretary of state, chancellor, chairman, chairwoman, chief, leader, deputy leader, deputy,
    head, spokesman, spokeswoman, spokesperson, official, senior official, envoy, ambassador,
    negotiator, lawmaker, mp, member, senator, sen, congressman, governor, mayor, judge, general,
    gen, lieutenant general, lt gen, major general, brigadier general, colonel, col, lieutenant,
    captain, major, commander, sheikh, shaikh, shaykh, imam, ayatollah, grand ayatollah, mullah,
    rabbi, pope, patriarch, bishop, archbishop, father, king, queen, prince, princess,
    crown prince, emir, sultan, activist, militant, journalist, analyst, former, late
""")

# "القيادي صالح العاروري", "رئيس الوزراء رامي الحمد الله", "النائب مصطفى البرغوثي".
_ARABIC_PERSON = _forms("""
    السيد, السيدة, الأستاذ, الدكتور, الدكتورة, د, دكتور, البروفيسور, المهندس, المحامي, الرئيس,
    رئيس, الرئيس السابق, نائب الرئيس, نائب رئيس, رئيس الوزراء, رئيس الحكومة, رئيسة الوزراء,
    رئيس المكتب السياسي, نائب رئيس المكتب السياسي, رئيس البرلمان, رئيس المجلس, الوزير, الوزيرة,
    وزير, وزير الخارجية, وزير الدفاع, وزير الداخلية, وزير المالية, وزيرة الخارجية, الأمين العام,
    أمين السر, أمين سر, السفير, المبعوث, المستشار, المستشارة, النائب, النائبة, العضو, عضو,
    القيادي, القيادية, القيادي البارز, قيادي, قياديون, القائد, القائد العام, الزعيم, زعيم, المتحدث,
    المتحدثة, متحدث, متحدثون,
    المتحدث باسم, الناطق, الناطق باسم, المسؤول, المسئول, المسؤول السياسي, الشيخ, الإمام, آية الله,
    السيناتور, الحاخام, البابا, البطريرك, المطران, الأب, الملك, الملكة, الأمير, الأميرة,
    ولي العهد, السلطان, اللواء, الفريق, العميد, العقيد, المقدم, الرائد, النقيب, الجنرال, المشير,
    القاضي, الشهيد, الأسير, الصحفي, الصحافي, الصحفية, الصحافية, الكاتب, المحلل, الناشط, الناشطة,
    الراحل, الحاج, الأخ, المدير, المديرة, مدير, مديرة, المدير العام, محافظ, المحافظ, المنسق,
    المراسل, المدرب, المدربة, الفنان, الفنانة, المطرب, المطربة, الروائي, الروائية, المؤرخ,
    المؤرخة, المصور, المخرج, المخرجة, الممثل, الممثلة, الطبيب, الطبيبة, المرشح, المرشحة,
    المرشد, رجل الأعمال, رئيس البلدية,
    رئيسة البلدية
""")

# Part of the name as it is commonly said, and told by it: King Abdullah, الملك عبد الله.
ROYAL = _forms("""
    king, queen, prince, princess, crown prince, emir, sultan, pope, الملك, الملكة, الأمير, الأميرة,
    السلطان, ولي العهد, البابا
""")

# "the Hamas movement", "حركة حماس", "حركتي فتح وحماس", "قناة العربية".
_ENGLISH_ORGANIZATION = _forms("movement, group, party, faction, network, newspaper, daily, agency")
_ARABIC_ORGANIZATION = _forms("""
    حركة, حركتا, حركتي, الحركة, قوى, تحالف, حزب, حزبا, حزبي, تنظيم, جماعة, جبهة, كتلة, فصيل,
    منظمة, ميليشيا, ميليشيات, قناة, قناتا, قناتي, صحيفة, صحيفتا, صحيفتي, صحف, جريدة,
    وكالة, وكالتا, وكالتي, إذاعة, تلفزيون
""")

# "the March 14 alliance".
AFTER = _forms("movement, alliance, coalition, bloc, forces, camp, party, faction, group")

# "مدينة صور", "بلدة القائم", "the city of Tyre".
_ENGLISH_LOCATION = _forms("city of, town of, village of, state of")
_ARABIC_LOCATION = _forms("""
    مدينة, مدينتي, بلدة, قرية, محافظة, قضاء, منطقة, حي, مخيم, معبر, ميناء, دولة, جمهورية
""")

BEFORE: dict[EntityType, frozenset[str]] = {
    EntityType.PERSON: _ENGLISH_PERSON | _ARABIC_PERSON,
    EntityType.ORGANIZATION: _ENGLISH_ORGANIZATION | _ARABIC_ORGANIZATION,
    EntityType.LOCATION: _ENGLISH_LOCATION | _ARABIC_LOCATION,
    EntityType.MISC: frozenset(),
}

_TITLE_WORDS = frozenset(word for phrase in BEFORE[EntityType.PERSON] for word in phrase.split())

# Words of a tagged span that change nothing about which known names it holds: "حركتي فتح وحماس". A
# camp or a crossing is not the town it is named after, so that their words are not here.
_BESIDE = (
    _forms("the, of, and, و, &, movement, group, party, city, town, حركة, حركتا, حركتي, حزب, حزبا")
    | _forms("حزبي, تنظيم, جماعة, منظمة, مدينة, مدينتي, بلدة, دولة, معابر, حدود, حكومة, في")
    | _forms("صحيفتا, صحيفتي, قناتا, قناتي, وكالتا, وكالتي")
    | _TITLE_WORDS
)

LONGEST = max(len(phrase.split()) for phrases in BEFORE.values() for phrase in phrases)
_OUTSIDE = BEFORE[EntityType.PERSON] - ROYAL
_FIRST_OUTSIDE = frozenset(phrase.split()[0] for phrase in _OUTSIDE)
# Of a place or a body, but not its name: "ريف ادلب", "مدارس أونروا".
AROUND = _forms("ريف, مدارس, مقر, مقار, سكان, أهالي, شوارع, أحياء")


def count_before(words: Sequence[str]) -> int:
    """Return how many words before a person's name are titles outside it; never all of them."""
    taken = 0
    while length := _title_at(words, taken):
        taken += length
    return taken


def _title_at(words: Sequence[str], start: int) -> int:
    """Return the length of the longest title at `start` that leaves a word after it, else 0."""
    if start == len(words) or words[start] not in _FIRST_OUTSIDE:
        return 0
    longest = min(LONGEST, len(words) - start - 1)
    lengths = range(longest, 0, -1)
    return next((n for n in lengths if " ".join(words[start : start + n]) in _OUTSIDE), 0)


def is_title_word(word: str) -> bool:
    """Say whether a person's title may hold a word."""
    return word in _TITLE_WORDS


def is_beside_names(word: str) -> bool:
    """Say whether a word of a tagged span is part of no name: a title, a kind, "and", a comma."""
    return word in _BESIDE or not word[0].isalnum()
