"""How long tagging takes, by several systems in turn: what else the machine does hits them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median

import stanza
import torch

from nisba_service.names.types import Language
from nisba_service.tagging import model_files, rule_tokenizer
from nisba_service.tagging.stanza_tagger import StanzaTagger

OURS, BY_STANZA, PIPELINE = "Nisba", "Stanza behind Nisba's rules", "stanza.Pipeline"
ARTICLE = 400

# Tags texts in one call, or one text.
Together = Callable[[Sequence[str]], object]
# Gives a system ready to work; a new one each time, so that nothing is kept of an earlier run.
Made = Callable[[], tuple[Together, Together]]


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of each run, of the processor and by the clock."""

    processor: tuple[float, ...]
    clock: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """What the systems took: for all texts in one call, and for all articles one by one."""

    texts: int
    tokens: int
    together: Mapping[str, Taken]
    articles: int
    article_tokens: int
    one_by_one: Mapping[str, Taken]


def measure(models: Path, language: Language, texts: Sequence[str], repeats: int) -> Speed:
    """Run every system `repeats` times, in turn."""
    systems = _systems(models, language)
    articles = list(_articles(texts))
    together, alone = zip(*(_round(systems, texts, articles) for _ in range(repeats)), strict=True)
    return Speed(
        texts=len(texts),
        tokens=sum(map(_tokens, texts)),
        together=_taken(together),
        articles=len(articles),
        article_tokens=sum(map(_tokens, articles)),
        one_by_one=_taken(alone),
    )


def ratio(base: Taken, other: Taken) -> tuple[float, float]:
    """Return how many times as long `base` took, in processor time and by the clock: medians."""
    return (
        median(b / o for b, o in zip(base.processor, other.processor, strict=True)),
        median(b / o for b, o in zip(base.clock, other.clock, strict=True)),
    )


def _systems(models: Path, language: Language) -> dict[str, Made]:
    """Return the systems. Those that keep nothing between calls are loaded once."""
    by_stanza = _tagger(StanzaTagger.load(models, network=False), language)
    (files,) = (model for model in model_files.find(models) if model.language is language)
    pipeline = stanza.Pipeline(
        language.value,
        dir=str(models),
        package=None,
        processors=dict(files.packages),
        download_method=None,
        use_gpu=False,
        logging_level="CRITICAL",
        tokenize_with_mwt="mwt" in files.packages,
    )
    torch.set_num_threads(1)
    plain = (pipeline.bulk_process, lambda texts: [pipeline(text) for text in texts])
    return {
        OURS: lambda: _tagger(StanzaTagger.load(models), language),
        BY_STANZA: lambda: by_stanza,
        PIPELINE: lambda: plain,
    }


def _tagger(tagger: StanzaTagger, language: Language) -> tuple[Together, Together]:
    return (
        lambda texts: tagger.tag(texts, language),
        lambda texts: [tagger.tag([text], language) for text in texts],
    )


_Times = dict[str, tuple[float, float]]


def _round(
    systems: Mapping[str, Made], texts: Sequence[str], articles: Sequence[str]
) -> tuple[_Times, _Times]:
    """Run each system once: all texts in one call, then another one: articles one by one."""
    return (
        {name: _timed(made()[0], texts) for name, made in systems.items()},
        {name: _timed(made()[1], articles) for name, made in systems.items()},
    )


def _timed(work: Together, texts: Sequence[str]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work(texts)
    return time.process_time() - processor, time.perf_counter() - clock


def _taken(rounds: Sequence[_Times]) -> dict[str, Taken]:
    return {
        name: Taken(tuple(r[name][0] for r in rounds), tuple(r[name][1] for r in rounds))
        for name in rounds[0]
    }


def _articles(texts: Sequence[str]) -> Iterator[str]:
    """Yield texts, one behind the other, as articles of ARTICLE tokens or a few more."""
    parts: list[str] = []
    for text in texts:
        parts.append(text)
        if sum(map(_tokens, parts)) >= ARTICLE:
            yield "\n\n".join(parts)
            parts = []


def _tokens(text: str) -> int:
    return sum(1 for _ in chain.from_iterable(rule_tokenizer.sentences(text)))
