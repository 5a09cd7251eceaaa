"""The keys that names are found by: skeletons, whole or with one consonant less, and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from nisba_service.names.letters import skeleton, sounds
from nisba_service.names.parse import Part, Role

# A vowel, which one script does not write, is one feature; a consonant is two, of which it shares
# one with the consonants that it is taken for (s and z, k and g).
_FEATURES = {
    "a": "a", "i": "i", "u": "u", "b": "bP", "f": "fP", "m": "mN", "n": "nN", "l": "lL", "r": "rL",
    "s": "sZ", "z": "zZ", "S": "SC", "t": "tD", "d": "dD", "k": "kK", "g": "gK", "x": "xH",
    "h": "hH",
}  # fmt: skip
_VOWELS = "aiu"
_CLASS_OF = {
    sound: "L" if sound == "l" else "R" if sound == "r" else features[-1]
    for sound, features in _FEATURES.items()
    if sound not in _VOWELS
}
_OTHER = "0"
_UNTELLING = (Role.TITLE, Role.FILLER)
# Letters of two sounds in some names, of one in others: Ishaq is إسحاق, Lakhal is لكحل.
_DIGRAPH = re.compile("(?<=[sktdg])(?=h)")


def _bits(things: Iterable[str], first: int) -> dict[str, int]:
    return {thing: 1 << (first + i) for i, thing in enumerate(things)}


_FEATURE_BITS = _bits(sorted(set("".join(_FEATURES.values()))), 0)
_DIGIT = 1 << len(_FEATURE_BITS)
_SOUND_BITS = {
    sound: sum(_FEATURE_BITS[f] for f in features) for sound, features in _FEATURES.items()
}
_CLASSES = sorted({*_CLASS_OF.values(), _OTHER})
_FIRST_CLASS = _bits(_CLASSES, 1 + len(_FEATURE_BITS))
_LAST_CLASS = _bits(_CLASSES, 1 + len(_FEATURE_BITS) + len(_CLASSES))
_FIRST_VOWEL = _bits(_OTHER + _VOWELS, 1 + len(_FEATURE_BITS) + 2 * len(_CLASSES))
_LAST_VOWEL = _bits(_OTHER + _VOWELS, 5 + len(_FEATURE_BITS) + 2 * len(_CLASSES))


@lru_cache(maxsize=65536)
def skeleton_keys(skeleton: str) -> tuple[int, ...]:
    """Return the keys of a part, first that of its whole skeleton.

    Two parts that differ by one consonant share one of their keys.

    A skeleton of two keeps its length in the key of what remains: parts that share one consonant
    of two are many.
    """
    whole = crc32(skeleton.encode())
    keys: dict[int, None] = {whole: None}  # in order: the whole first
    short = "2" if len(skeleton) == 2 else ""
    if len(skeleton) > 1:
        keys |= dict.fromkeys(
            crc32(f"{short}{i if short else ''}{skeleton[:i]}{skeleton[i + 1 :]}".encode())
            for i in range(len(skeleton))
        )
    return tuple(keys)


def pair_keys(parts: Sequence[Part]) -> set[int]:
    """Return the keys of each two parts in a row, of the first and the last, of all in one, and of
    their initials; of a single part, those of all its sounds and of its letters."""
    parts = [part for part in parts if part.role not in _UNTELLING] or parts
    if not parts:
        return set()
    bones = [part.skeleton for part in parts]
    whole = "=" + skeleton("".join([part.sounds for part in parts]))
    if len(parts) == 1:
        texts = [whole, "@" + parts[0].text]
    else:
        texts = [" ".join(sorted(pair)) for pair in {*pairwise(bones), (bones[0], bones[-1])}]
        texts += [whole, *(whole[:i] + whole[i + 1 :] for i in range(1, len(whole)))]
        texts.append("@" + "".join([part.text[0] for part in parts]))
    return {crc32(text.encode()) for text in texts}


@lru_cache(maxsize=65536)
def part_keys(text: str) -> tuple[int, ...]:
    """Return the keys of a part in normal form: of its skeleton, and of that of another reading."""
    keys = skeleton_keys(skeleton(sounds(text)))
    split = _DIGRAPH.sub(" ", text)
    if split == text:
        return keys
    return tuple(dict.fromkeys((*keys, skeleton_keys(skeleton(sounds(split)))[0])))


def text_key(text: str) -> int:
    """Return the key of a text: of an entity's ID, or of a part as it is spelt."""
    return crc32(text.encode())


def signature(sounds: str) -> int:
    """Return 64 bits that differ the less the more alike two words sound.

    They say which sounds the word has, of what classes its first and last consonants are, and with
    which vowels it begins and ends.
    """
    bits = 0
    for sound in set(sounds):
        bits |= _SOUND_BITS.get(sound, _DIGIT)
    bones = skeleton(sounds)
    first, last = sounds[:1], sounds[-1:]
    return (
        bits
        | _FIRST_CLASS[_CLASS_OF.get(bones[:1], _OTHER)]
        | _LAST_CLASS[_CLASS_OF.get(bones[-1:], _OTHER)]
        | _FIRST_VOWEL.get(first, _FIRST_VOWEL[_OTHER])
        | _LAST_VOWEL.get(last, _LAST_VOWEL[_OTHER])
    )
