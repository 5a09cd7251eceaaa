"""The structure of a name: its parts, and what each of them is.

An Arabic name is a row of given name, father's names, and one or more names that tell where or from
whom somebody comes. Writers drop parts, join and split others, and spell the article in ten ways;
`parse` undoes what is writing, so that `compare` meets the same parts in both spellings:

- the article goes: al-Arouri, el Arouri, العاروري → arouri, عاروري;
- compounds are one part: Abd al-Rahman, Abdulrahman, عبد الرحمن; Nasr Allah; Salah ed-Din;
- Abu, Umm, bin and the like mark the part that follows;
- titles in front go, words for kinds of organisations and places are known by their meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from nisba_service.names import words
from nisba_service.names.letters import skeleton, sounds
from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Script

_WORD = re.compile(r"[^\W_]+")
_MIN_ARTICLE_STEM = 3


class Role(StrEnum):
    """What a part is within its name."""

    NAME = "name"
    KUNYA = "kunya"  # follows Abu or Umm
    FATHER = "father"  # follows bin, ibn, بن
    INITIAL = "initial"
    KIND = "kind"  # a word of words.CONCEPTS: movement, front, city
    FILLER = "filler"  # of, the, في


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name.

    Attributes:
        text: normal form, without article, compounds joined.
        sounds, skeleton: the script-neutral keys of `text`.
        meaning: for a Role.KIND, the meaning that words of both languages share; else "".
    """

    text: str
    role: Role
    sounds: str
    skeleton: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name taken apart. `parts` is empty for a name without letters or digits."""

    text: str
    normal: str
    script: Script
    parts: tuple[Part, ...]
    titles: tuple[str, ...] = ()

    @property
    def joined(self) -> str:
        """Return the sounds of all parts in one: the key that does not know of spaces."""
        return "".join(part.sounds for part in self.parts)


@dataclass(slots=True)
class _Draft:
    text: str
    role: Role


@lru_cache(maxsize=65536)
def parse(name: str) -> ParsedName:
    """Take a name apart. Any text will do; one without letters and digits has no parts."""
    normal = normal_form(name)
    titles, rest = _split_titles(_words(normal))
    drafts = _join_compounds(_mark_roles(_strip_articles(rest)))
    return ParsedName(
        text=name,
        normal=normal,
        script=script_of(name),
        parts=tuple(_part(draft.text, draft.role) for draft in drafts),
        titles=titles,
    )


def _words(normal: str) -> list[str]:
    """Split into words; the s of a possessive rejoins its word (People's → peoples)."""
    found: list[str] = []
    for word in _WORD.findall(normal):
        if word == "s" and found:
            found[-1] += word
        else:
            found.append(word)
    return found


def _split_titles(found: list[str]) -> tuple[tuple[str, ...], list[str]]:
    count = 0
    while count < len(found) - 2 and found[count] in words.TITLES:
        count += 1
    return tuple(found[:count]), found[count:]


def _strip_articles(found: list[str]) -> list[str]:
    stems = []
    for word, following in zip_longest(found, found[1:], fillvalue=""):
        if not _is_article(word, following):
            stems.append(_stem(word))
    return stems


def _is_article(word: str, following: str) -> bool:
    if word in words.ARTICLE:
        return bool(following)
    start = words.SUN_ARTICLE.get(word)
    return start is not None and following.startswith(start)


def _stem(word: str) -> str:
    """Drop the Arabic article, which is written as one with its word; لل is "for the"."""
    if word in words.GOD or word in words.FAITH or word in words.NOT_ARTICLE:
        return word
    if word.startswith("ل") and word[1:] in words.CONCEPTS:  # لتحرير فلسطين
        return word[1:]
    stem = word[2:]
    has_article = word.startswith(("ال", "لل")) and len(stem) >= _MIN_ARTICLE_STEM
    return stem if has_article else word


def _mark_roles(stems: list[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    role = Role.NAME
    for position, word in enumerate(stems):
        is_last = position == len(stems) - 1
        if word in words.CHILD and not is_last:
            role = Role.FATHER
        elif word in words.PARENT and not is_last:
            drafts.append(_Draft(words.PARENT[word], Role.KUNYA))
            role = Role.KUNYA
        else:
            drafts.append(_Draft(word, role))
            role = Role.NAME
    return drafts


def _join_compounds(drafts: list[_Draft]) -> list[_Draft]:
    joined: list[_Draft] = []
    for draft in drafts:
        previous = joined[-1] if joined else None
        if previous is not None and _belongs_to(previous.text, draft.text):
            previous.text += draft.text
        else:
            joined.append(draft)
    return joined


def _belongs_to(previous: str, word: str) -> bool:
    if previous in words.SERVANT:
        return True
    return word in words.GOD or word in words.FAITH


def _part(text: str, role: Role) -> Part:
    meaning = words.CONCEPTS.get(text, "")
    if meaning and role is Role.NAME:
        role = Role.KIND
    elif text in words.FILLERS and role is Role.NAME:
        role = Role.FILLER
    elif len(text) == 1 and role is Role.NAME:
        role = Role.INITIAL
    text = _without_inner_article(text)
    heard, bones = _keys(text)
    return Part(text=text, role=role, sounds=heard, skeleton=bones, meaning=meaning)


@lru_cache(maxsize=262144)
def _keys(text: str) -> tuple[str, str]:
    heard = sounds(text)
    return heard, skeleton(heard)


_SERVANT_ARTICLE = re.compile(r"^(abd|عبد)(?:[aeiou]?l|[aeu]([rsntdz])(?=\2)|[aeu]|ال)(?=..)")
_FAITH_ENDING = re.compile(rf"({'|'.join(words.FAITH_ENDINGS)})$")


def _without_inner_article(text: str) -> str:
    """Abdulrahman, Abdurrahman → abdrahman; Salahuddin → salahdin."""
    text = _SERVANT_ARTICLE.sub(r"\1", text)
    return _FAITH_ENDING.sub("din", text) if text[0] < "ء" else _FAITH_ENDING.sub("دين", text)
