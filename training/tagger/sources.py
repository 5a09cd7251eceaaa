"""Where the training sentences come from, under which terms, and how often each is read.

A source ships only if its licence lets anybody use what is learnt from it, commercially too, and if
its text is known to be under that licence. The model card repeats this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nisba_service.names.types import Language


class Format(StrEnum):
    """How a file is written."""

    BIO = "bio"  # token, tag; a blank line after each sentence
    UNER = "uner"  # number, token, tag, two more columns; comments begin with #
    CROSSNER = "crossner"  # as BIO, with types in small letters: politician, politicalparty


@dataclass(frozen=True, slots=True)
class Source:
    """One file of sentences.

    Attributes:
        file: its path below the data folder, with the language's folder.
        copies: how often its sentences stand in the training file: more where they are few and
            annotated by hand, once where a machine annotated them.
        ships: whether models that others use may learn from it.
        optional: left out silently where the data folder lacks it.
        silver: annotated by a machine, so that its types are put right by majority.
    """

    language: Language
    file: str
    title: str
    licence: str
    copies: int = 1
    format: Format = Format.BIO
    ships: bool = True
    optional: bool = False
    silver: bool = False


SOURCES = (
    Source(
        Language.AR,
        "train.bio",
        "ANERcorp, first five sixths; AQMAR without its ten test articles; the Wojood sample",
        "CC BY-SA 4.0; CC BY-SA 3.0; MIT",
        copies=2,
    ),
    Source(
        Language.EN,
        "train-gmb.bio",
        "Groningen Meaning Bank, news part (silver; noise voted down)",
        "texts public domain, annotation ODbL",
        silver=True,
    ),
    Source(Language.EN, "train-wikigold.bio", "WikiGold", "CC BY 4.0", copies=2),
    Source(
        Language.EN,
        "en_ewt-ud-train.iob2",
        "Universal NER, English-EWT, train (github.com/UniversalNER/UNER_English-EWT, 0c7ce0d)",
        "CC BY-SA 4.0",
        copies=3,
        format=Format.UNER,
    ),
    Source(
        Language.EN,
        "en_pud-ud-test.iob2",
        "Universal NER, English-PUD (github.com/UniversalNER/UNER_English-PUD)",
        "CC BY-SA 3.0",
        copies=3,
        format=Format.UNER,
        optional=True,
    ),
    Source(
        Language.EN,
        "crossner-politics.txt",
        "CrossNER, politics: train, dev and test (github.com/zliucr/CrossNER)",
        "annotation MIT, texts from Wikipedia CC BY-SA 3.0",
        format=Format.CROSSNER,
        optional=True,
    ),
    # Of its seven parts the BBC's is CC BY-NC, and the file does not say which sentences those are.
    Source(
        Language.EN,
        "train-re3d.bio",
        "re3d (Dstl)",
        "OGL, US public domain, CC BY-SA, one part CC BY-NC",
        ships=False,
    ),
)

# To choose by: what they have in common is that nothing was trained on them.
DEV_FILES = {
    Language.AR: ("dev.bio",),
    Language.EN: ("dev.bio", "train-uner-ewt-dev.bio"),
}
# Report on these, never train on them; `corpus.check` finds sentences that stand in both.
TEST_FILES = {
    Language.AR: ("test-anercorp.bio", "test-aqmar10.bio"),
    Language.EN: ("test-uner-ewt.bio", "test-gmb.bio"),
}


def of(language: Language) -> tuple[Source, ...]:
    """Return the sources of a language that may ship."""
    return tuple(s for s in SOURCES if s.language is language and s.ships)
