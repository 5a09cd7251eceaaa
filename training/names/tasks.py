"""Questions to learn the weights of features from: the development tasks of name matching.

A folder holds T1 and T2 (JSON: queries with their right candidates, and all candidates) and T3 (a
TSV of pairs, labelled). The format is that of the benchmark in `bench/names`.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nisba_service.gazetteer.index_arrays import IndexArrays
from nisba_service.gazetteer.index_build import build
from nisba_service.gazetteer.index_search import search
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.align import Aligner
from nisba_service.names.judge import ScriptPair, script_pair
from nisba_service.names.measure import FEATURES, measure, subject
from nisba_service.names.parse import ParsedName, parse
from nisba_service.names.types import EntityType, Language

RETRIEVAL = (
    "T1/per_full_a2l", "T1/per_full_l2a", "T1/loc_full_a2l", "T1/loc_full_l2a",
    "T1/orgt_full_l2a", "T1/orgx_full_a2l", "T1/orgx_full_l2a",
    "T2/per_lat", "T2/org_lat", "T2/loc_lat", "T2/ar_ar",
)  # fmt: skip
SIZES = (10_000, 100_000)
_QUERIES = 600
_RETRIEVED = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the features of its candidates, and which of them are right.

    `right` holds none if the right one was not retrieved. `key` is the query: equal queries belong
    to one fold. `scripts` are the script pairs of the query with each candidate.
    """

    task: str
    size: int
    key: str
    scripts: npt.NDArray[np.int64]
    features: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, their features, and whether they are one."""

    key: str
    other: str
    scripts: ScriptPair
    features: npt.NDArray[np.float32]
    is_match: bool
    source: str


def questions(folder: Path, split: str) -> Iterator[Question]:
    """Yield the questions of every retrieval task at every size."""
    for task in RETRIEVAL:
        content = json.loads((folder / f"{task}.{split}.json").read_text("utf-8"))
        asked = content["queries"]
        if len(asked) > _QUERIES:
            asked = random.Random(5).sample(asked, _QUERIES)
        last = 1 + max(max(query["gold"]) for query in asked)
        for size in SIZES:
            candidates = content["cands"][: max(size, last)]
            arrays = build(entities(candidates))
            for query in asked:
                found = ask(arrays, query["q"], frozenset(query["gold"]))
                if found is not None:
                    yield replace(found, task=task, size=size)


def gazetteer_questions(folder: Path) -> Iterator[Question]:
    """Yield press spellings of a gazetteer's entities, asked of all its names in both scripts."""
    records = [json.loads(line) for line in (folder / "facts.jsonl").open(encoding="utf-8")]
    names = [(entity["id"], name["name"]) for entity in records for name in entity["names"]]
    arrays = build(entities([name for _, name in names]))
    for line in (folder / "variants-dev.jsonl").open(encoding="utf-8"):
        variant = json.loads(line)
        right = frozenset(i for i, (entity, _) in enumerate(names) if entity == variant["entity"])
        found = ask(arrays, variant["name"], right)
        if found is not None:
            yield replace(found, task="gazetteer", size=len(names))


def pairs(folder: Path, split: str) -> Iterator[Pair]:
    """Yield the labelled pairs."""
    with (folder / f"T3/pairs.{split}.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            left, right = parse(row["a"]), parse(row["b"])
            yield Pair(
                key=row["a"],
                other=row["b"],
                scripts=script_pair(left.script, right.script),
                features=measure_names(left, [right])[0],
                is_match=row["label"] == "1",
                source=row["source"],
            )


def entities(names: Sequence[str]) -> Iterator[Entity]:
    """Yield an entity for each name, whose ID is the name's place."""
    for number, name in enumerate(names):
        yield Entity(str(number), EntityType.PERSON, (Name(name, Language.EN),))


def ask(
    arrays: IndexArrays,
    query: str,
    gold: frozenset[int],
    *,
    left_out: frozenset[int] = frozenset(),
) -> Question | None:
    """Return a question with the candidates that an index finds, or None if it finds none.

    `gold` are the numbers of the right candidates; those `left_out` are right too, and not counted.
    """
    parsed = parse(query)
    numbers = [
        number
        for number in search(arrays, parsed, _RETRIEVED).tolist()
        if number in gold or number not in left_out
    ]
    if not numbers:
        return None
    found = [parse(arrays.names.text(number)) for number in numbers]
    return Question(
        task="",
        size=0,
        key=query,
        scripts=np.array([script_pair(parsed.script, name.script) for name in found]),
        features=measure_names(parsed, found),
        right=np.array([number in gold for number in numbers]),
        candidates=tuple(name.text for name in found),
    )


def measure_names(left: ParsedName, others: Sequence[ParsedName]) -> npt.NDArray[np.float32]:
    """Return the features of a name with each of the others."""
    of_left = subject(left)
    aligner = Aligner(of_left.parts)
    rows = [
        measure(of_left, of_right, aligner.align(of_right.parts))
        if left.parts and of_right.parts
        else [0.0] * len(FEATURES)
        for of_right in map(subject, others)
    ]
    return np.array(rows, np.float32)
