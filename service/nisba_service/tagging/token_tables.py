"""What the rule tokenizer knows by heart: abbreviations, and words that begin sentences.

Each entry is written as text has it. An abbreviation that is missing costs a sentence cut in two
before a name; one too many costs two sentences read as one, which is cheaper.
"""

from __future__ import annotations

# Always before a name, so that no sentence ends with them: "Mr. Abbas", "Lt. Gen. Hamad".
_TITLES = """
    Mr Mrs Ms Messrs Dr Prof Rev Fr Hon Pres Gov Sen Rep Amb Sec Gen Maj Col Lt Cpl Sgt Capt
    Cmdr Adm Brig Pvt Supt Insp St Ste Mt Ft vs No Nos pp Vol Fig
"""
TITLES = frozenset(_TITLES.split())
# Within a sentence or at its end, so that the word behind must tell: "Co. said", "Sept. 11".
_ABBREVIATIONS = """
    Jr Sr Inc Corp Co Ltd Bros Plc Dept Univ Assn Ave Blvd Rd Jan Feb Mar Apr Aug Sep Sept Oct
    Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun etc est approx ca cf al Calif Fla Mass Pa
    Va Wash
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
# Capitals behind an abbreviation that begin a sentence more often than a name: "in the U.S. He".
_STARTERS = """
    A About After Again All Also Although An And Another Any Are As At Because Before Both But
    By Can Could Despite Did Do Does During Each Even Every Few For From Had Has Have He Her
    Here His How However I If In Instead Into Is It Its Last Later Many Meanwhile More Most
    Much My Neither Nevertheless No None Nor Not Nothing Now Of On Once One Only Or Other
    Others Our Over She Since So Some Still Such That The Their Then There These They This
    Those Though Three Through Thus Today Two Under Unlike Until We Were What When Where
    Whether Which While Who Why With Yet You Your Yesterday
"""
STARTERS = frozenset(_STARTERS.split())
# Letters that Arabic writes before a name for a title: "د. صائب عريقات", "أ. خالد", "م. أحمد".
ARABIC_TITLES = frozenset("أدمشعج")
# Ends of names that are addresses: "Space.com"; elsewhere a full stop parts words.
TOP_LEVEL_DOMAINS = "com|org|net|gov|edu|mil|int|info|uk|us|il|ps|eg|jo|lb|sa|ae|qa|iq|ir|tr"
