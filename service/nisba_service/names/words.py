"""Words that have a part to play in names, in normal form, each set with the names that show why.

Names are read with these lists by `parse`; nothing else in the service knows a particular word.
"""

from __future__ import annotations

from collections.abc import Mapping


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abdel Fattah, Abd al-Fattah, Abdul-Fattah, عبد الفتاح: "servant of" one of God's names.
SERVANT = _set(
    "abd abed abdu abdul abdel abdal abdol abdoul abdil abdur abder abdar abdus abdes abdas"
    " abdun abden abdan abdud abded abduz abdez abdut abdush عبد"
)
# Nasr Allah, Nasrallah, نصر الله.
GOD = frozenset({"allah", "alla", "ullah", "ollah", "الله"})
# Salah al-Din, Salah ed-Dine, صلاح الدين.
FAITH = frozenset({"din", "deen", "dine", "eddin", "eddine", "uddin", "addin", "aldin", "الدين"})
FAITH_ENDINGS = (
    "eddine",
    "eddin",
    "uddin",
    "uddeen",
    "addin",
    "aldin",
    "aldeen",
    "oddin",
    "iddin",
    "iddine",
    "الدين",
)

# Mhd Amer Chwiki, Mohd Iqbal: Syrian and Malay papers shorten the commonest name.
ABBREVIATED: Mapping[str, str] = {"mhd": "muhammad", "mohd": "muhammad", "muhd": "muhammad"}

# Abu Mazen, Abou Mazen, أبو مازن, أبي مازن; Umm Kulthum: father or mother of.
PARENT: Mapping[str, str] = {
    "abu": "abu", "abou": "abu", "abo": "abu", "aboo": "abu",
    "ابو": "abu", "ابي": "abu", "ابا": "abu",
    "abul": "abu", "aboul": "abu", "abil": "abu",
    "umm": "umm", "oum": "umm", "ام": "umm",
}  # fmt: skip
PARENT_FORMS = frozenset(PARENT.values())
# Mohammed bin Salman, Mohamed Ben Salman, محمد بن سلمان; bint for daughters.
CHILD = frozenset({"bin", "ibn", "ben", "bint", "binti", "bt", "بن", "ابن", "بنت", "ould", "ولد"})

# The Latin article stands apart or after a hyphen: al-Arouri, el Arouri, Aboul Gheit, ul-Haq.
ARTICLE = frozenset({"al", "el", "ul", "il", "ol", "ال"})
# Before a sun letter it takes that letter's sound: ash-Shati, an-Najah, ar-Rashid, ed-Din, ez-Zor.
SUN_ARTICLE: Mapping[str, str] = {
    vowel + sun: start
    for vowel in "aeiuo"
    for sun, start in (
        ("sh", "sh"), ("s", "s"), ("n", "n"), ("r", "r"), ("t", "t"), ("d", "d"), ("z", "z"),
        ("th", "th"), ("dh", "dh"),
    )
}  # fmt: skip
# Arabic words that begin with ال by their own right: إلياس, ألمانيا, الكسندر.
NOT_ARTICLE = _set(
    """
    الياس المانيا الكسندر الكساندر الكسي اليكس الفريد الفرد البرت البرتو اليزابيث اليسا الين الان
    الينا الباني البانيا اليوت الون اله الهي الفارو السا الف
    """
)

# Said before a name, no part of it: Dr. Saleh al-Arouri, الشيخ أحمد ياسين. Some are names too
# (Sultan, Amir), so two further parts must follow.
TITLES = _set(
    """
    mr mrs ms miss dr doctor prof professor eng engineer sir lord lady hon rev
    president vice prime minister premier king queen prince princess emir amir sultan
    sheikh shaikh shaykh sheik cheikh ayatollah imam hajj haj hajji haji
    sayyid sayyed seyyed syed sayed
    mullah maulvi mawlawi maulawi mufti qari hafiz ustad
    general gen colonel col brigadier brig major maj captain capt lieutenant lt admiral
    marshal commander
    senator sen representative rep ambassador secretary governor mayor judge justice
    الدكتور دكتور د الشيخ شيخ الرئيس رئيس الملك ملك الامير امير السلطان الوزير وزير السيد سيد السيده
    الحاج حاج الامام امام الاستاذ المهندس اللواء لواء العقيد عقيد العميد عميد الجنرال جنرال القايد
    ايه الاسير الشهيد المرشد المفتي القاضي السفير النايب
    """
)
# Of, the, and: in names of organisations and places in English, French and Arabic. Not على, "on":
# its normal form is that of علي, Ali.
FILLERS = _set("of the and for in on de du des la le les et a an في من و")

# Given names that many bear, as skeletons: that two names share one of them says little.
# Muhammad and Mahmud, Ahmad and Hamid, Ali, Hasan and Husayn, Abdallah, Ibrahim, Yusuf,
# Mustafa, Khalid, Umar, Uthman, Salih, Said, Jamal, Kamal, Karim, Salim, Nasir, Amir, Hadi ...
COMMON_SKELETONS = _set(
    "mhmd hmd l hsn bdl brhm sf mstf xld mr tmn sl sd gml kml krm slm nsr bdrhmn h mhd gfr sml"
    " rd bdlxd tlb slmn mn gbr hd hdr abu sgn"
)

# What kind of organisation or place a name says it is. Words of one line mean the same, in both
# languages: حركة فتح, Fatah Movement; Belize Ship Ltd, Belize Ship Limited.
_CONCEPTS = """
movement: movement harakat harakah حركه
front: front jabhat jabhah جبهه
party: party hizb hezb حزب
organisation: organization organisation org munazzamat منظمه
association: association assoc society jamiyat جمعيه رابطه
group: group grp jamaat jamaa جماعه مجموعه gruppe
union: union unity ittihad اتحاد
council: council majlis مجلس shura
committee: committee lajnah لجنه
authority: authority سلطه هييه
government: government govt حكومه
ministry: ministry وزاره
army: army جيش
forces: forces force quwat قوات قوه
brigades: brigades brigade kataib katibat كتايب كتيبه لواء الويه
companies: saraya سرايا
battalion: battalion
popular: popular peoples people شعبيه شعبي شعب
democratic: democratic democracy ديمقراطيه ديمقراطي ديموقراطيه
national: national nationale وطني وطنيه قومي قوميه
islamic: islamic islamiyya islamiya islami islamique اسلاميه اسلامي
arab: arab arabic arabe عربيه عربي عرب
palestinian: palestinian palestine filastin falastin palestina فلسطينيه فلسطيني فلسطين
israeli: israeli israel اسراييلي اسراييليه اسراييل
syrian: syrian syria سوري سوريه سوريا
iraqi: iraqi iraq عراقي عراقيه عراق
iranian: iranian iran ايراني ايرانيه ايران
egyptian: egyptian egypt مصري مصريه مصر
lebanese: lebanese lebanon لبناني لبنانيه لبنان
jordanian: jordanian jordan اردني اردنيه اردن
american: american america امريكي امريكيه اميركي اميركيه امريكا اميركا
liberation: liberation tahrir تحرير
resistance: resistance مقاومه
jihad: jihad jehad جهاد
struggle: struggle nidal نضال
martyrs: martyrs martyr shuhada شهدا شهيد
revolutionary: revolutionary revolution ثوري ثوريه ثوره
guard: guard guards حرس
state: state دوله
republic: republic جمهوريه
kingdom: kingdom مملكه
united: united متحده
nations: nations امم
international: international intl internationale دوليه دولي
relief: relief اغاثه
crescent: crescent هلال
red: red احمر
cross: cross صليب
bank: bank بنك مصرف
university: university univ universite جامعه
college: college كليه
institute: institute institution معهد
centre: center centre markaz مركز
foundation: foundation fdn muassasat مؤسسه موسسه waqf
agency: agency وكاله
news: news انبا اخبار
security: security امن
defence: defense defence دفاع
intelligence: intelligence مخابرات استخبارات
court: court محكمه
police: police شرطه
parliament: parliament برلمان
legislative: legislative تشريعي
general: general عام عامه
command: command قياده
free: free حر حره
future: future mustaqbal مستقبل
development: development تنميه
justice: justice عداله
freedom: freedom hurriya حريه
labour: labour labor عمل
workers: workers عمال
communist: communist شيوعي شيوعيه
socialist: socialist اشتراكي اشتراكيه
unified: unified موحد موحده
coalition: coalition alliance ايتلاف تحالف
camp: camp mukhayyam مخيم
city: city medinat madinat مدينه
village: village qaryat قريه
north: north northern شمال شماليه شمالي
south: south southern جنوب جنوبيه جنوبي
east: east eastern شرق شرقيه شرقي
west: west western غرب غربيه غربي
street: street شارع
airport: airport مطار
crossing: crossing معبر
governorate: governorate محافظه
district: district قضا
strip: strip قطاع
river: river nahr نهر
mount: mount mountain mt jabal jebel jabel djebel gebel جبل
mosque: mosque masjid مسجد جامع
hospital: hospital مستشفي
church: church كنيسه
school: school مدرسه
gulf: gulf خليج
sea: sea بحر
island: island جزيره
company: company co companies sherkat شركه cie
limited: limited ltd ltda
corporation: corporation corp
incorporated: incorporated inc
plc: plc
llc: llc
joint_stock: aktiengesellschaft ag sa sal spa ojsc oao pjsc pao jsc ao zao
gmbh: gmbh ooo srl sarl bv
industries: industries industry industrial صناعات صناعه
trading: trading trade تجاره
shipping: shipping ship ships
services: services service خدمات
"""

CONCEPTS: Mapping[str, str] = {
    word: concept
    for line in _CONCEPTS.strip().splitlines()
    for concept, words in [line.split(": ")]
    for word in words.split()
}

# Legal forms of several words, and the one word that stands for them.
LEGAL_PHRASES: Mapping[str, str] = {
    "limited liability company": "llc",
    "open joint stock company": "ojsc",
    "public joint stock company": "pjsc",
    "closed joint stock company": "zao",
    "joint stock company": "jsc",
    "public limited company": "plc",
    "private limited": "ltd",
    "proprietary limited": "ltd",
    "pty ltd": "ltd",
    "pvt ltd": "ltd",
    "co ltd": "ltd",
    "company limited": "ltd",
    "societe anonyme": "sa",
}

# Say how an owner is incorporated, not who it is: a difference weighs little.
LEGAL_FORMS = frozenset(
    {
        "company",
        "limited",
        "corporation",
        "incorporated",
        "plc",
        "llc",
        "joint_stock",
        "gmbh",
        "group",
    }
)
