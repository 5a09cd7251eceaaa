"""Words of a text that speak of a country or an office, in both languages: the tables.

A line is one concept and its words in normal form; words of several parts have `_` between them.
Arabic words stand without article and particles; their feminine and plural forms follow by rule.
"""

from __future__ import annotations

from collections.abc import Mapping

# The country is named as the gazetteer may name it; one that it lacks has no effect.
_NATIONS = """
afghanistan: afghan افغاني افغان
algeria: algerian جزايري
australia: australian استرالي
azerbaijan: azerbaijani اذربيجاني
bahrain: bahraini بحريني
belgium: belgian بلجيكي
bulgaria: bulgarian بلغاري
china: chinese صيني
cuba: cuban كوبي
egypt: egyptian مصري
france: french فرنسي
germany: german الماني المان
india: indian هندي هنود
indonesia: indonesian اندونيسي
iran: iranian ايراني
iraq: iraqi عراقي
israel: israeli اسراييلي
italy: italian ايطالي
jordan: jordanian hashemite اردني هاشمي
kuwait: kuwaiti كويتي
lebanon: lebanese لبناني
libya: libyan ليبي
malaysia: malaysian ماليزي
mauritania: mauritanian موريتاني
morocco: moroccan مغربي مغاربه
norway: norwegian نرويجي
oman: omani عماني
pakistan: pakistani باكستاني
palestine: palestinian فلسطيني
portugal: portuguese برتغالي
qatar: qatari قطري
russia: russian روسي روس
saudi_arabia: saudi سعودي
somalia: somali صومالي
spain: spanish اسباني
sudan: sudanese سوداني
sweden: swedish سويدي
switzerland: swiss سويسري
syria: syrian سوري
tunisia: tunisian تونسي
turkey: turkish turk turks تركي اتراك
united_arab_emirates: emirati uae اماراتي
united_kingdom: british britain uk بريطاني
united_states: american us america امريكي اميركي
vatican_city: vatican فاتيكان
yemen: yemeni يمني
"""

_OFFICES = """
president: president presidential رييس رياسي
premier: prime_minister premier رييس_الوزرا رييس_وزرا رييس_الحكومه
foreign: foreign_minister foreign_secretary secretary_of_state وزير_الخارجيه وزير_خارجيه
defence: defence_minister defense_minister defence_secretary defense_secretary وزير_الدفاع وزير_دفاع
king: king monarch ملك عاهل
prince: prince امير ولي_العهد
commander: commander general army_chief chief_of_staff قايد عماد لوا فريق جنرال
speaker: speaker رييس_مجلس_النواب رييس_البرلمان رييس_المجلس
secretary: secretary_general امين_العام
spokesman: spokesman spokeswoman spokesperson ناطق متحدث
ambassador: ambassador سفير
journalist: editor journalist صحافي صحفي
"""

# فلسطيني: فلسطينية، فلسطينيين، فلسطينيون، فلسطينيان، فلسطينيات.
_ENDINGS = ("", "ه", "ين", "ون", "ان", "ات")


def _table(lines: str) -> Mapping[tuple[str, ...], str]:
    return {
        tuple(word.split("_")): concept.replace("_", " ")
        for line in lines.strip().splitlines()
        for concept, words in [line.split(": ")]
        for word in words.split()
    }


def _inflected(table: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    return {
        (*words[:-1], words[-1] + ending): concept
        for words, concept in table.items()
        for ending in (("", "s") if words[-1].isascii() else _ENDINGS)
    }


NATIONS: Mapping[tuple[str, ...], str] = _inflected(_table(_NATIONS))
OFFICES: Mapping[tuple[str, ...], str] = _table(_OFFICES)
