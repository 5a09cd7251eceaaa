"""`python -m bench.tagging [--models FOLDER] GOLD.jsonl…`: both tokenizers before one tagger.

Prints, for each language, the time for the documents one by one and the F1 of the tagger's raw
spans against the gold mentions: exact span and type, and exact span. Gold leaves titles and
particles outside, the tagger's spans do not, so that F1 compares tokenizers and is no measure of
mentions. One run, one thread, the faster of two passes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from nisba_service.evaluation import gold
from nisba_service.evaluation.gold import GoldDocument
from nisba_service.names.types import EntityType, Language
from nisba_service.settings import bundled
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.stanza_reader import Tokenizer
from nisba_service.tagging.stanza_tagger import StanzaTagger

T = TypeVar("T")

PASSES = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What one tokenizer came to."""

    seconds: float
    typed_f1: float
    span_f1: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--models", type=Path, default=bundled("models"))
    options = parser.parse_args()
    taggers = {t: StanzaTagger.load(options.models, tokenizer=t) for t in Tokenizer}
    documents = gold.read(options.gold)
    for language in Language:
        texts = [document for document in documents if document.language is language]
        if texts:
            found = {t: measure(tagger, texts, language) for t, tagger in taggers.items()}
            print(report(language, found))


def measure(
    tagger: StanzaTagger, documents: Sequence[GoldDocument], language: Language
) -> Measured:
    """Tag the documents one by one."""
    seconds = float("inf")
    tagger.tag([documents[0].text], language)
    for _ in range(PASSES):
        start = time.perf_counter()
        spans = [tagger.tag([document.text], language)[0] for document in documents]
        seconds = min(seconds, time.perf_counter() - start)
    expected = {
        (i, m.start, m.end, m.type) for i, doc in enumerate(documents) for m in doc.mentions
    }
    answered = {
        (i, s.start, s.end, s.type) for i, tagged in enumerate(spans) for s in named(tagged)
    }
    return Measured(
        seconds,
        f1(expected, answered),
        f1({e[:3] for e in expected}, {a[:3] for a in answered}),
    )


def named(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    return [span for span in spans if span.type is not EntityType.MISC]


def f1(expected: set[T], answered: set[T]) -> float:
    return 2 * len(expected & answered) / max(len(expected) + len(answered), 1)


def report(language: Language, found: dict[Tokenizer, Measured]) -> str:
    lines = [
        f"{language.value} {tokenizer.value:7} {m.seconds:6.2f} s"
        f"   F1 {m.typed_f1:.3f}   span only {m.span_f1:.3f}"
        for tokenizer, m in found.items()
    ]
    ratio = found[Tokenizer.NEURAL].seconds / found[Tokenizer.RULES].seconds
    return "\n".join([*lines, f"{language.value} rules are {ratio:.2f} times as fast"])


if __name__ == "__main__":
    main()
