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

from nisba_service.names import words
from nisba_service.names.letters import doubled, skeleton, sounds, vowels
from nisba_service.names.normalise import marked_form, unmarked
from nisba_service.names.spelling import Spelling, join, spell
from nisba_service.names.types import Script

_WORD = re.compile(r"[^\W_]+")
_MIN_ARTICLE_STEM = 3


class Role(StrEnum):
    """What a part is within its name."""

    NAME = "name"
    TITLE = "title"  # Dr., Sheikh: said before the name
    KUNYA = "kunya"  # follows Abu or Umm
    FATHER = "father"  # follows bin, ibn, بن
    INITIAL = "initial"
    KIND = "kind"  # a word of words.CONCEPTS: movement, front, city
    FILLER = "filler"  # of, the, في

    # Parts are looked up by text and role, and an enum's own hash is a call in Python.
    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name.

    Attributes:
        text: normal form, without article, compounds joined.
        marked: the same in marked form.
        sounds, skeleton: the script-neutral keys of `text`, to find it by.
        vowels: those of `sounds`.
        doubled: how many consonants `text` has twice in a row.
        spelling: its letters, to judge it by.
        meaning: for a Role.KIND, the meaning that words of both languages share; else "".
    """

    text: str
    marked: str
    role: Role
    sounds: str
    skeleton: str
    vowels: str
    doubled: int
    spelling: Spelling
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name taken apart. `parts` is empty for a name without letters or digits.

    Attributes:
        text: the name as given.
        plain: the texts of the parts, in a row.
        joined: the parts as one spelling, which does not know of spaces.
        articles: how many parts had the article.
    """

    text: str
    plain: str
    script: Script
    parts: tuple[Part, ...]
    joined: Spelling
    articles: int = 0


@lru_cache(maxsize=65536)
def parse(name: str) -> ParsedName:
    """Take a name apart. Any text will do; one without letters and digits has no parts."""
    marked = _without_acronym(marked_form(_GLUED_ARTICLE.sub(" ", name)))
    marked = _LEGAL_PHRASE.sub(lambda match: words.LEGAL_PHRASES[match[0]], marked)
    found = _words(marked)
    stems = _strip_articles(found)
    drafts = _mark_titles(_join_compounds(_mark_roles(stems)))
    written = [_written(draft.word.marked, _role(draft)) for draft in drafts]
    in_compounds = sum([has_article for _, has_article in written])
    parts = tuple([part for part, _ in written])
    return assemble(name, parts, _count_articles(found, stems) + in_compounds)


_LEGAL_PHRASE = re.compile(rf"\b(?:{'|'.join(words.LEGAL_PHRASES)})\b")
# ElBaradei, AlShahabi.
_GLUED_ARTICLE = re.compile(r"(?<=\b[AEae]l)(?=[A-Z][a-z])")
_ACRONYM = re.compile(r"\s*\(([^\W\d_]{2,8})\)\s*$")


def _without_acronym(marked: str) -> str:
    """Drop an acronym that repeats the name before it: Tehrik-e Taliban Pakistan (TTP)."""
    found = _ACRONYM.search(marked) if "(" in marked else None
    if found is None:
        return marked
    name = marked[: found.start()]
    initials = iter(word[0] for word in _WORD.findall(name))
    return name if all(letter in initials for letter in found[1]) and name else marked


def assemble(name: str, parts: tuple[Part, ...], articles: int = 0) -> ParsedName:
    """Return the parsed name of these parts."""
    joined = join(tuple([p.spelling for p in parts if p.role is not Role.TITLE]))
    return ParsedName(
        text=name,
        plain=" ".join([part.text for part in parts]),
        script=joined.script,
        parts=parts,
        joined=joined,
        articles=articles,
    )


@lru_cache(maxsize=262144)
def part_of(marked: str, role: Role) -> Part:
    """Return the part of this marked text, which is as `parse` leaves it."""
    text = unmarked(marked)
    heard = sounds(text)
    meaning = words.CONCEPTS.get(text, "") if role is Role.KIND else ""
    return Part(
        text=text,
        marked=marked,
        role=role,
        sounds=heard,
        skeleton=skeleton(heard),
        vowels=vowels(heard),
        doubled=doubled(text),
        spelling=spell(marked),
        meaning=meaning,
    )


@lru_cache(maxsize=262144)
def _written(marked: str, role: Role) -> tuple[Part, bool]:
    """Return the part of a word as it was written, and whether an article went from within it."""
    return part_of(_simplified(marked), role), _SERVANT_ARTICLE.match(marked) is not None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in normal and in marked form."""

    text: str
    marked: str

    def __add__(self, other: _Word) -> _Word:
        return _Word(self.text + other.text, self.marked + other.marked)

    def __getitem__(self, place: slice) -> _Word:
        # Only the article of Arabic words is cut off; it has no marks, so the places agree.
        return _Word(self.text[place], self.marked[place])


@dataclass(slots=True)
class _Draft:
    word: _Word
    role: Role


def _words(marked: str) -> list[_Word]:
    """Split into words; the s of a possessive rejoins its word (People's → peoples)."""
    found: list[_Word] = []
    for text in _WORD.findall(marked):
        word = _word(text)
        if word.text == "s" and found:
            found[-1] += word
        elif word.text:
            found.append(word)
    return found


@lru_cache(maxsize=262144)
def _word(marked: str) -> _Word:
    return _Word(unmarked(marked), marked)


def _strip_articles(found: list[_Word]) -> list[_Word]:
    followers = [*(word.text for word in found[1:]), ""]
    return [
        _stem(word)
        for word, following in zip(found, followers, strict=False)
        if not _is_article(word.text, following)
    ]


def _is_article(word: str, following: str) -> bool:
    if word in words.ARTICLE:
        return bool(following)
    start = words.SUN_ARTICLE.get(word)
    return start is not None and following.startswith(start)


def _stem(word: _Word) -> _Word:
    """Drop the Arabic article, which is written as one with its word; لل is "for the"."""
    text = word.text
    if not text.startswith(("ال", "لل", "ل")):
        return word
    if text in words.GOD or text in words.FAITH or text in words.NOT_ARTICLE:
        return word
    if text.startswith("ل") and text[1:] in words.CONCEPTS:  # لتحرير فلسطين
        return word[1:]
    has_article = text.startswith(("ال", "لل")) and len(text) >= _MIN_ARTICLE_STEM + 2
    return word[2:] if has_article else word


def _mark_roles(stems: list[_Word]) -> list[_Draft]:
    drafts: list[_Draft] = []
    role = Role.NAME
    for position, word in enumerate(stems):
        is_last = position == len(stems) - 1
        if word.text in words.CHILD and not is_last:
            role = Role.FATHER
        elif word.text in words.PARENT and not is_last:
            parent = words.PARENT[word.text]
            drafts.append(_Draft(_Word(parent, parent), Role.KUNYA))
            role = Role.KUNYA
        else:
            drafts.append(_Draft(word, role))
            role = Role.NAME
    return drafts


def _join_compounds(drafts: list[_Draft]) -> list[_Draft]:
    joined: list[_Draft] = []
    for draft in drafts:
        previous = joined[-1] if joined else None
        if previous is not None and _belongs_to(previous.word.text, draft.word.text):
            previous.word += draft.word
        else:
            joined.append(draft)
    return joined


def _mark_titles(drafts: list[_Draft]) -> list[_Draft]:
    """Mark the titles in front; what comes last is the name, whatever it means (Sultan, Amir)."""
    for draft in drafts[:-1]:
        if draft.role is not Role.NAME or draft.word.text not in words.TITLES:
            break
        draft.role = Role.TITLE
    return drafts


def _count_articles(found: list[_Word], stems: list[_Word]) -> int:
    cut = sum([len(word.text) for word in found]) - sum([len(word.text) for word in stems])
    return cut // 2


def _belongs_to(previous: str, word: str) -> bool:
    return previous in words.SERVANT or word in words.GOD or word in words.FAITH


def _role(draft: _Draft) -> Role:
    text = draft.word.text
    if draft.role is not Role.NAME:
        return draft.role
    if text in words.CONCEPTS:
        return Role.KIND
    if text in words.FILLERS:
        return Role.FILLER
    return Role.INITIAL if len(text) == 1 and text.isalpha() else Role.NAME


_SERVANT_ARTICLE = re.compile(r"^(ʿ?abd|عبد)(?:[aeiou]l|[aeu]([rsntdz])(?=\2)|[aeu]|ال)(?=..)")
_FAITH_ENDING = re.compile(rf"(?<=.)({'|'.join(words.FAITH_ENDINGS)})$")


def _simplified(word: str) -> str:
    """Abdulrahman, Abdurrahman → abdrahman; Salahuddin → salahdin; Mohd → muhammad."""
    word = words.ABBREVIATED.get(word, word)
    word = _SERVANT_ARTICLE.sub(r"\1", word)
    return _FAITH_ENDING.sub(lambda match: "دين" if match[0] > "ء" else "din", word)
