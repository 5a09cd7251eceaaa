"""Word vectors from running text: skip-gram with negative sampling (Mikolov et al. 2013).

Small enough to read, and fast enough for tens of millions of words; it runs on a GPU where there is
one. Equal files and seed give equal vectors on one kind of machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import Embedding
from torch.nn.functional import logsigmoid

from nisba_service.tagging.clean import clean
from nisba_service.tagging.rule_tokenizer import sentences

# Between sentences, to set their words further apart; it is paired with no word.
_BREAK = -1
# A short text is learnt from in smaller batches.
_LEAST_BATCHES = 50


@dataclass(frozen=True, slots=True)
class Settings:
    """`least`: rarer words get no vector. `batch`: places of the text learnt from at once."""

    words: int
    seed: int
    dimensions: int = 100
    window: int = 5
    negatives: int = 5
    epochs: int = 5
    least: int = 5
    batch: int = 8_192
    rate: float = 0.003


def train(files: Sequence[Path], settings: Settings) -> tuple[list[str], torch.Tensor]:
    """Return the words, the most frequent first, and their vectors (words, dimensions).

    Raises:
        ValueError: no word is frequent enough.
    """
    counts = Counter(word for sentence in _read(files) for word in sentence)
    kept = [(w, n) for w, n in counts.most_common(settings.words) if n >= settings.least]
    if not kept:
        raise ValueError(f"no word occurs {settings.least} times in the text for vectors")
    words = [word for word, _ in kept]
    text = _ids(_read(files), {word: i for i, word in enumerate(words)})
    return words, _learn(text, torch.tensor([float(n) for _, n in kept]), settings)


def _read(files: Iterable[Path]) -> Iterator[list[str]]:
    for path in files:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = clean(line).text
                for sentence in sentences(text):
                    yield [text[start:end] for start, end in sentence]


def _ids(text: Iterable[list[str]], ranks: dict[str, int]) -> torch.Tensor:
    ids: list[int] = []
    for sentence in text:
        ids.extend(ranks[word] for word in sentence if word in ranks)
        ids.append(_BREAK)
    return torch.tensor(ids)


def _learn(text: torch.Tensor, counts: torch.Tensor, settings: Settings) -> torch.Tensor:
    # Threads of so small batches wait for each other longer than they work.
    torch.set_num_threads(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    generator = torch.Generator().manual_seed(settings.seed)
    shape = (len(counts), settings.dimensions)
    start = (torch.rand(shape, generator=generator) - 0.5) / settings.dimensions
    inputs = Embedding(*shape, sparse=True, _weight=start).to(device)
    outputs = Embedding(*shape, sparse=True, _weight=torch.zeros(shape)).to(device)
    optimizer = torch.optim.SparseAdam(
        [*inputs.parameters(), *outputs.parameters()], lr=settings.rate
    )
    noise = counts**0.75
    for _ in range(settings.epochs):
        for words, contexts in _pairs(text, settings, generator):
            drawn = torch.multinomial(
                noise, len(words) * settings.negatives, replacement=True, generator=generator
            ).view(len(words), settings.negatives)
            optimizer.zero_grad()
            vectors = inputs(words.to(device)).unsqueeze(1)
            near = (vectors * outputs(contexts.to(device)).unsqueeze(1)).sum(-1)
            far = (vectors * outputs(drawn.to(device))).sum(-1)
            loss = -logsigmoid(near).sum() - logsigmoid(-far).sum()
            loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
            optimizer.step()  # type: ignore[no-untyped-call]  # likewise
    learnt: torch.Tensor = inputs.weight.detach().cpu()
    return learnt


def _pairs(
    text: torch.Tensor, settings: Settings, generator: torch.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield words with a word near them: the nearer two are, the more often they are a pair."""
    distances = torch.arange(1, settings.window + 1).repeat(2)
    distances[settings.window :] *= -1
    likely = 1 - (distances.abs() - 1) / settings.window
    places = torch.randperm(len(text), generator=generator)
    size = max(1, min(settings.batch, len(text) // _LEAST_BATCHES))
    for batch in torch.split(places, size):
        near = batch.unsqueeze(1) + distances
        chosen = torch.rand(near.shape, generator=generator) < likely
        chosen &= (near >= 0) & (near < len(text))
        contexts = text[near.clamp(0, len(text) - 1)]
        words = text[batch].unsqueeze(1).expand_as(contexts)
        chosen &= (words != _BREAK) & (contexts != _BREAK)
        if chosen.any():
            yield words[chosen], contexts[chosen]
