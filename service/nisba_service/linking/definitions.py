"""Mentions that a text defines: "Rapid Support Forces (RSF)", «محمد الضيف المعروف بأبي خالد»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from nisba_service.names.parse import Role, parse
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging.model import Mention

# What stands between a name and another name of the same, the particle of the second included.
_OR = (
    r",? ?(?:also )?(?:better |widely |often )?(?:known as|called|nicknamed|alias|aka|a\.k\.a\.)"
    r"|،? ?(?:المعروف|المعروفة|الملقب|الملقبة|المكنى|المكناة|الشهير|الشهيرة) (?:باسم |بـ?)"
)
_BETWEEN = re.compile(rf"\s*(?:\(\s*|(?:{_OR})\s*)[\"“«'‘]?", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][A-Z.&-]*[A-Z.]s?")
_INITIALS_LIMIT = 12


def definitions(text: str, mentions: Sequence[Mention]) -> Mapping[int, int]:
    """Return which mentions are other names of the mention before them: index → index."""
    return {
        index + 1: index
        for index, (name, other) in enumerate(pairwise(mentions))
        if _stands_for(name, other, text)
    }


def _stands_for(name: Mention, other: Mention, text: str) -> bool:
    between = text[name.end : other.start]
    if len(between) > 40 or _BETWEEN.fullmatch(between) is None:
        return False
    if "(" not in between:
        return _may_be_one(name.type, other.type)
    closed = text[other.end : other.end + 2].lstrip("\"”»'’").startswith(")")
    return closed and (
        _abbreviates(other.text, name.name)
        or (_may_be_one(name.type, other.type) and (_is_kunya(name.name) or _is_kunya(other.name)))
    )


def _may_be_one(left: EntityType | None, right: EntityType | None) -> bool:
    return left is right or left is None or right is None


def _abbreviates(short: str, name: str) -> bool:
    """Say whether a word in capitals begins as the name does, and has its letters in order.

    Of a name in Arabic letters, the words in capitals may be anything: الاتحاد الأفريقي (AU).
    """
    if not _CAPITALS.fullmatch(short) or len(short) > _INITIALS_LIMIT:
        return False
    if script_of(name) is Script.ARABIC:
        return True
    letters = [letter for letter in short.lower() if letter.isalpha()]
    words = re.findall(r"[a-z]+", name.lower())
    if len(words) < 2 or words[0][0] != letters[0]:
        return False
    rest = iter("".join(words))
    return all(letter in rest for letter in letters)


def _is_kunya(name: str) -> bool:
    return any(part.role is Role.KUNYA for part in parse(name).parts)
