"""The tasks of name matching: retrieval (T1, T2) and labelled pairs (T3), and how they are scored.

The data are not in this repository: their folder is an argument. Ties count half, as they would if
they were broken by a coin.
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nisba_service.names.parse import Role, parse
from nisba_service.names.types import Script

RETRIEVAL = {
    "persons ar→Latin": "T1/per_full_a2l",
    "persons Latin→ar": "T1/per_full_l2a",
    "places ar→Latin": "T1/loc_full_a2l",
    "tokens ar→Latin": "T1/per_single_a2l",
    "persons Latin": "T2/per_lat",
    "orgs Latin": "T2/org_lat",
    "places Latin": "T2/loc_lat",
    "ar↔ar": "T2/ar_ar",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A name, and the places of the candidates that are spellings of it."""

    name: str
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Task:
    """Queries, and the candidates that they are asked of, in an order that gives nothing away."""

    queries: tuple[Query, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, and whether they are spellings of one."""

    left: str
    right: str
    is_match: bool
    script: str
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate that was found, by its place, and its score: higher is better."""

    place: int
    score: float


def load(folder: Path, task: str, size: int, split: str = "dev", most: int = 200) -> Task:
    """Return a task with `size` candidates, more if the right ones need it, and `most` queries."""
    content = json.loads((folder / f"{task}.{split}.json").read_text("utf-8"))
    asked = content["queries"]
    if len(asked) > most:
        asked = random.Random(5).sample(asked, most)
    count = min(len(content["cands"]), max(size, 1 + max(max(q["gold"]) for q in asked)))
    order = random.Random(11).sample(range(count), count)
    place_of = {old: new for new, old in enumerate(order)}
    return Task(
        queries=tuple(
            Query(query["q"], frozenset(place_of[g] for g in query["gold"] if g < count))
            for query in asked
        ),
        candidates=tuple(content["cands"][old] for old in order),
    )


def load_pairs(folder: Path, split: str = "dev") -> tuple[LabelledPair, ...]:
    """Return the labelled pairs."""
    with (folder / f"T3/pairs.{split}.tsv").open(encoding="utf-8") as file:
        return tuple(
            LabelledPair(row["a"], row["b"], row["label"] == "1", row["script"], row["source"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def first_rate(task: Task, found: Sequence[Sequence[Hit]]) -> float:
    """Return how often the best hit is right, in [0, 1]."""
    pairs = zip(task.queries, found, strict=True)
    return sum(_is_first(query, hits) for query, hits in pairs) / len(task.queries)


def recall(task: Task, found: Sequence[Sequence[Hit]], depth: int) -> float:
    """Return how often a right candidate is among the first `depth`."""
    pairs = zip(task.queries, found, strict=True)
    kept = sum(any(h.place in query.gold for h in hits[:depth]) for query, hits in pairs)
    return kept / len(task.queries)


def _is_first(query: Query, hits: Sequence[Hit]) -> float:
    right = max((hit.score for hit in hits if hit.place in query.gold), default=None)
    if right is None:
        return 0.0
    wrong = [hit.score for hit in hits if hit.place not in query.gold]
    better = sum(score > right for score in wrong)
    level = sum(score == right for score in wrong)
    return 0.0 if better else {0: 1.0, 1: 0.5}.get(level, 0.0)


def average_precision(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Return the mean precision at each true pair, pairs in order of score."""
    ordered = sorted(zip(scores, labels, strict=True), key=lambda item: -item[0])
    right, total = 0, 0.0
    for rank, (_, label) in enumerate(ordered, start=1):
        if label:
            right += 1
            total += right / rank
    return total / max(right, 1)


def best_f1(labels: Sequence[bool], scores: Sequence[float]) -> tuple[float, float]:
    """Return the best F1 of any threshold, and that threshold."""
    positives = sum(labels)
    best, threshold, right = 0.0, 0.0, 0
    ordered = sorted(zip(scores, labels, strict=True), key=lambda item: -item[0])
    for rank, (score, label) in enumerate(ordered, start=1):
        right += label
        f1 = 2 * right / (rank + positives)
        if f1 > best:
            best, threshold = f1, score
    return best, threshold


def precision_at(
    labels: Sequence[bool], scores: Sequence[float], threshold: float
) -> tuple[float, float]:
    """Return precision and recall of the pairs whose score is at least `threshold`."""
    accepted = [label for label, score in zip(labels, scores, strict=True) if score >= threshold]
    right = sum(accepted)
    return right / max(len(accepted), 1), right / max(sum(labels), 1)


def is_arabic_type(name: str) -> bool:
    """Return whether a name is in Arabic letters, or has what only Arabic names have.

    That is the article, bin, Abu and Umm, and Abd: Saleh al-Arouri, Mohammed bin Salman, Abdullah.
    """
    parsed = parse(name)
    if parsed.script is Script.ARABIC or parsed.articles:
        return True
    roles = {part.role for part in parsed.parts}
    has_servant = any(part.text.startswith("abd") for part in parsed.parts)
    return has_servant or not roles.isdisjoint({Role.KUNYA, Role.FATHER})


def calibration_error(
    labels: Sequence[bool], probabilities: Sequence[float], bins: int = 10
) -> tuple[float, tuple[tuple[int, float, float], ...]]:
    """Return the expected calibration error, and for each bin (count, mean said, share true)."""
    of_bin: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, label in zip(probabilities, labels, strict=True):
        of_bin[min(int(probability * bins), bins - 1)].append((probability, label))
    table = []
    error = 0.0
    for _, chosen in sorted(of_bin.items()):
        said = sum(probability for probability, _ in chosen) / len(chosen)
        true = sum(label for _, label in chosen) / len(chosen)
        table.append((len(chosen), said, true))
        error += len(chosen) * abs(said - true) / len(labels)
    return error, tuple(table)
