"""Which script a name or passage is written in: the one table of letters.

Letters only: digits (also ۱۲۳), marks, stretching and punctuation are common to all scripts. Old
letters of neither language's news (Latin Extended-C, phonetic signs) count as no script's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nisba_service.names.types import Script

_ARABIC = re.compile(
    "[ؠ-ؿف-ي"  # the alphabet on both sides of the stretching sign
    "\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"  # Persian and Urdu: گ پ چ ی
    "\u0750-\u077f\u08a0-\u08c8"  # African and other languages'
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb"  # ligatures: ﷲ
    "\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\ufe80-\ufefc]"  # forms in a word: ﻏﺰﺓ
)
_LATIN = re.compile(
    "[A-Za-zªºÀ-ÖØ-öø-ʯ"
    "\u1e00-\u1eff"  # scholarly romanisation: Ṣāliḥ
    "\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a]"  # ligatures and full width: ﬁ, Ａ
)


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters of a text are Latin, and how many Arabic."""

    latin: int
    arabic: int

    @classmethod
    def of(cls, text: str) -> Letters:
        """Count the letters of a text."""
        if text.isascii():
            return cls(sum(map(str.isalpha, text)), 0)
        return cls(len(_LATIN.findall(text)), len(_ARABIC.findall(text)))

    @property
    def total(self) -> int:
        """Return the number of letters in either script."""
        return self.latin + self.arabic

    @property
    def script(self) -> Script:
        """Return the script of most letters; Arabic if as many are Latin; OTHER without either."""
        if not self.total:
            return Script.OTHER
        return Script.ARABIC if self.arabic >= self.latin else Script.LATIN


def script_of(text: str) -> Script:
    """Return the script of most letters; Arabic if as many are Latin; OTHER without either."""
    if text.isascii():  # half of a gazetteer's names: no need to count
        return Script.LATIN if any(map(str.isalpha, text)) else Script.OTHER
    return Letters.of(text).script
