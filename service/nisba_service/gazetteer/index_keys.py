"""The keys that names are found by: skeletons, whole or with one consonant less."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from nisba_service.names.letters import skeleton
from nisba_service.names.parse import Part, Role

# A vowel, which one script does not write, is one feature; a consonant is two, of which it shares
# one with the consonants that it is taken for (s and z, k and g).
_FEATURES = {
    "a": "a", "i": "i", "u": "u", "b": "bP", "f": "fP", "m": "mN", "n": "nN", "l": "lL", "r": "rL",
    "s": "sZ", "z": "zZ", "S": "SC", "t": "tD", "d": "dD", "k": "kK", "g": "gK", "x": "xH",
    "h": "hH",
}  # fmt: skip
_FEATURE_BITS = {f: 1 << i for i, f in enumerate(sorted(set("".join(_FEATURES.values()))))}
_DIGIT = 1 << len(_FEATURE_BITS)
_SOUND_BITS = {
    sound: sum(_FEATURE_BITS[f] for f in features) for sound, features in _FEATURES.items()
}


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
    their initials."""
    parts = [part for part in parts if part.role not in (Role.TITLE, Role.FILLER)] or parts
    bones = [part.skeleton for part in parts]
    pairs = {*pairwise(bones), (bones[0], bones[-1])} if len(bones) > 1 else set()
    whole = "=" + skeleton("".join([part.sounds for part in parts]))
    wholes = [whole, *(whole[:i] + whole[i + 1 :] for i in range(1, len(whole)))]
    if len(parts) == 1:
        return {crc32(text.encode()) for text in (whole, "@" + parts[0].text)}
    initials = "@" + "".join([part.text[0] for part in parts])
    return {crc32(" ".join(sorted(pair)).encode()) for pair in pairs} | {
        crc32(text.encode()) for text in (*wholes, initials)
    }


def sound_bits(sounds: str) -> int:
    """Return the set of a word's sounds as bits."""
    bits = 0
    for sound in sounds:
        bits |= _SOUND_BITS.get(sound, _DIGIT)
    return bits
