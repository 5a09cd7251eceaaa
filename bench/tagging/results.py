"""The figures of a run, as a page."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from bench.tagging.accuracy import FileScores, TokenizerScores
from bench.tagging.memory import Held
from bench.tagging.speed import OURS, PIPELINE, Speed, Taken, ratio
from nisba_service.evaluation.tables import number
from nisba_service.names.types import Language
from nisba_service.tagging.stanza_reader import Tokenizer


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured."""

    speed: Mapping[Language, Speed]
    files: Sequence[FileScores]
    tokenizers: Mapping[Language, Mapping[Tokenizer, TokenizerScores]]
    memory: Mapping[str, Mapping[str, Held]]


def markdown(figures: Figures) -> str:
    """Return the page of results."""
    return "\n".join(
        (
            "# Tagging",
            "",
            _SPEED,
            *_speeds(figures.speed),
            _FILES,
            *_files(figures.files),
            _TOKENIZERS,
            *_tokenizers(figures.tokenizers),
            _MEMORY,
            *_memory(figures.memory),
            f"- {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()},"
            f" {datetime.now(UTC):%Y-%m-%d}",
            "- written by `make bench-tagging`; NISBA_NER_DATA is the folder of the tagged files",
        )
    )


_SPEED = """\
Every system has the same models and one thread. `stanza.Pipeline` cuts texts by its neural
tokenizer, as Stanza's published pipelines do. The systems take turns; given are the medians of the
turns, and of how many times as long as Nisba a system took in a turn. Nisba is loaded anew for each
turn, so that it has met none of the words before. The clock counts what other programs took, too.
"""
_FILES = """\
F1 on files of tagged tokens, as `nisba evaluate --ner` has it, and the sentences in which Stanza
finds other spans.
"""
_TOKENIZERS = """\
F1 of raw spans behind either tokenizer, on the golden documents: gold leaves titles and particles
outside, so that this compares tokenizers and is no measure of mentions.
"""
_MEMORY = """\
Memory of a process that does nothing else, in MB; in parentheses what is its own, shared with no
other process.
"""


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _speeds(speeds: Mapping[Language, Speed]) -> Iterator[str]:
    head = ("", "processor", "clock", "times as long: processor", "clock")
    for language, speed in speeds.items():
        together = f"{speed.texts} texts, {speed.tokens:,} tokens, in one call"
        yield from _table((f"{language.value}: {together}", *head[1:]), _rows(speed.together, 1))
        size = speed.article_tokens // speed.articles
        alone = f"an article of {size} tokens, of {speed.articles} one by one"
        yield from _table(
            (f"{language.value}: {alone}", *head[1:]), _rows(speed.one_by_one, speed.articles)
        )


def _rows(taken: Mapping[str, Taken], parts: int) -> Iterator[Sequence[str]]:
    for name, times in taken.items():
        processor, clock = ratio(times, taken[OURS])
        shown = f"{name}.bulk_process" if name == PIPELINE and parts == 1 else name
        yield (
            shown,
            _seconds(median(times.processor) / parts),
            _seconds(median(times.clock) / parts),
            f"{processor:.1f} ×",
            f"{clock:.1f} ×",
        )


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _files(files: Sequence[FileScores]) -> Iterator[str]:
    rows = (
        (f.name, str(f.sentences), number(f.f1), number(f.by_stanza), str(f.differing))
        for f in files
    )
    yield from _table(("", "sentences", OURS, "by Stanza", "differing"), rows)


def _tokenizers(
    tokenizers: Mapping[Language, Mapping[Tokenizer, TokenizerScores]],
) -> Iterator[str]:
    rows = (
        (f"{language.value}, {tokenizer.value}", f"{s.typed:.3f}", f"{s.span_only:.3f}")
        for language, scores in tokenizers.items()
        for tokenizer, s in scores.items()
    )
    yield from _table(("", "span and type", "span"), rows)


def _memory(memory: Mapping[str, Mapping[str, Held]]) -> Iterator[str]:
    steps = max(memory.values(), key=len)
    rows = ((step, *(_held(held.get(step)) for held in memory.values())) for step in steps)
    yield from _table(("after", *memory), rows)


def _held(held: Held | None) -> str:
    return "" if held is None else f"{held.resident:.0f} ({held.own:.0f})"
