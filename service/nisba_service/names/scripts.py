"""Which script a name or passage is written in."""

from __future__ import annotations

import re

from nisba_service.names.types import Script

# Letters only: digits and punctuation are common to all scripts.
_ARABIC = re.compile("[ء-غف-ي\u066e-\u06d3\u06ee-\u06ff\u0750-\u077f\u08a0-\u08c9ﭐ-ﷻﹰ-ﻼ]")
_LATIN = re.compile("[A-Za-zª-ʯ\u1e00-\u1effＡ-Ｚａ-ｚﬀ-ﬆ]")


def script_of(text: str) -> Script:
    """Return the script of most letters; Arabic if as many are Latin; OTHER without either."""
    arabic = len(_ARABIC.findall(text))
    latin = len(_LATIN.findall(text))
    if not arabic and not latin:
        return Script.OTHER
    return Script.ARABIC if arabic >= latin else Script.LATIN
