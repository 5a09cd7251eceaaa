"""What synthetic names are made of: spellings in both scripts, as they stand beside each other."""

from __future__ import annotations

GIVEN = (
    *(("محمد", "Muhammad", "Mohamed"), ("أحمد", "Ahmad", "Ahmed"), ("محمود", "Mahmoud", "Mahmud")),
    *(("علي", "Ali", "Aly"), ("حسن", "Hassan", "Hasan"), ("حسين", "Hussein", "Husayn")),
    *(("إبراهيم", "Ibrahim", "Ebrahim"), ("يوسف", "Yousef", "Yusuf"), ("خالد", "Khaled", "Khalid")),
    *(("صالح", "Saleh", "Salih"), ("سمير", "Samir", "Sameer"), ("عمر", "Omar", "Umar")),
    *(("عثمان", "Othman", "Uthman"), ("مصطفى", "Mustafa", "Moustafa"), ("كريم", "Karim", "Kareem")),
    *(("رامي", "Rami", "Ramy"), ("نبيل", "Nabil", "Nabeel"), ("طارق", "Tariq", "Tarek")),
    *(("ياسر", "Yasser", "Yasir"), ("جمال", "Jamal", "Gamal"), ("فؤاد", "Fuad", "Fouad")),
    *(("سعيد", "Said", "Saeed"), ("ماهر", "Maher", "Mahir"), ("بسام", "Bassam", "Basam")),
    *(("عبد الله", "Abdullah", "Abdallah"), ("عبد الرحمن", "Abd al-Rahman", "Abdulrahman")),
    *(("ليلى", "Layla", "Leila"), ("فاطمة", "Fatima", "Fatma"), ("مريم", "Maryam", "Mariam")),
    *(("سارة", "Sara", "Sarah"), ("هدى", "Huda", "Hoda"), ("نور", "Nour", "Noor")),
    *(("زينب", "Zaynab", "Zeinab"), ("عائشة", "Aisha", "Aysha"), ("رنا", "Rana", "Ranaa")),
    *(("داود", "Dawud", "Daoud"), ("سليمان", "Sulayman", "Suleiman"), ("عيسى", "Isa", "Issa")),
    *(("موسى", "Musa", "Moussa"), ("هشام", "Hisham", "Hicham"), ("وليد", "Walid", "Waleed")),
)
"""Given names: Arabic, and two spellings in Latin letters."""

CONSONANTS = (
    *(("ب", "b"), ("ت", "t"), ("ج", "j"), ("ح", "h"), ("خ", "kh"), ("د", "d"), ("ر", "r")),
    *(("ز", "z"), ("س", "s"), ("ش", "sh"), ("ص", "s"), ("ط", "t"), ("ع", "'"), ("غ", "gh")),
    *(
        ("ف", "f"),
        ("ق", "q"),
        ("ك", "k"),
        ("ل", "l"),
        ("م", "m"),
        ("ن", "n"),
        ("ه", "h"),
        ("و", "w"),
    ),
)
"""Letters of roots: family names and places are made of three."""

FAMILY_PATTERNS = (
    ("ال{0}{1}ا{2}ي", "al-{0}a{1}a{2}i", "El-{0}a{1}a{2}y"),
    ("ال{0}ا{1}و{2}ي", "al-{0}a{1}u{2}i", "Al-{0}a{1}ou{2}i"),
    ("{0}{1}ي{2}", "{0}u{1}ay{2}", "{0}o{1}ei{2}"),
    ("{0}ا{1}{2}", "{0}a{1}i{2}", "{0}aa{1}e{2}"),
    ("ال{0}{1}{2}اني", "al-{0}a{1}{2}ani", "{0}a{1}{2}any"),
    ("{0}{1}و{2}", "{0}a{1}u{2}", "{0}a{1}ou{2}"),
)
"""Family names about a root: العاروري, al-Aruri, Al-Arouri."""

ORGANIZATION_PATTERNS = (
    ("شركة {0} للتجارة", "{0} Trading Company", "{0} Trading Co."),
    ("مصرف {0}", "Bank of {0}", "{0} Bank"),
    ("حزب {0} الوطني", "{0} National Party", "National Party of {0}"),
    ("جامعة {0}", "University of {0}", "{0} University"),
    ("مؤسسة {0} الخيرية", "{0} Charity Foundation", "{0} Foundation"),
    ("مجموعة {0} القابضة", "{0} Holding Group", "{0} Holding"),
    ("صحيفة {0}", "{0} Newspaper", "The {0} Daily"),
)
PLACE_PATTERNS = (
    ("{0}", "{0}", "{0}"),
    ("دير {0}", "Deir {0}", "Dayr {0}"),
    ("تل {0}", "Tell {0}", "Tel {0}"),
    ("مخيم {0}", "{0} Camp", "{0} Refugee Camp"),
    ("وادي {0}", "Wadi {0}", "Wady {0}"),
)
