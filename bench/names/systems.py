"""The systems that are compared: this one and its peers, behind one interface.

A peer that is not installed is left out, and the report says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from rapidfuzz import fuzz, process

from bench.names.tasks import Hit
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.compare import probability
from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType, Language

DEPTH = 50
_RERANKED = 30


class System(Protocol):
    """What can find names and compare two."""

    name: str

    def fit(self, candidates: Sequence[str]) -> None:
        """Take the candidates in."""

    def search(self, query: str) -> list[Hit]:
        """Return at most DEPTH candidates, best first."""
        ...

    def pair(self, left: str, right: str) -> float:
        """Return how alike two names are; higher is more."""
        ...


def entities(names: Iterable[str]) -> Iterable[Entity]:
    """Yield an entity for each name, whose ID is the name's place."""
    for place, name in enumerate(names):
        yield Entity(str(place), EntityType.PERSON, (Name(name, Language.EN),))


class Nisba:
    """This service's index and comparison."""

    name = "nisba"

    def fit(self, candidates: Sequence[str]) -> None:
        self._index = NameIndex.build(entities(candidates))

    def search(self, query: str) -> list[Hit]:
        matches = self._index.match(query, limit=DEPTH)
        return [Hit(int(match.entity_id), -rank) for rank, match in enumerate(matches)]

    def pair(self, left: str, right: str) -> float:
        return probability(left, right)


@lru_cache(maxsize=500_000)
def romanised(name: str) -> str:
    """Return a name in Latin letters, as peers need it."""
    from anyascii import anyascii  # noqa: PLC0415 - a peer's dependency

    return normal_form(anyascii(name))


class RapidFuzz:
    """rapidfuzz over romanised names, every candidate scored."""

    def __init__(self, name: str, scorer: Callable[..., float]) -> None:
        self.name = name
        self._scorer = scorer

    def fit(self, candidates: Sequence[str]) -> None:
        self._candidates = [romanised(name) for name in candidates]

    def search(self, query: str) -> list[Hit]:
        found = process.extract(
            romanised(query), self._candidates, scorer=self._scorer, limit=DEPTH
        )
        return [Hit(place, score) for _, score, place in found]

    def pair(self, left: str, right: str) -> float:
        return self._scorer(romanised(left), romanised(right))


class Tfidf:
    """Cosine of TF-IDF character 2–3-grams (scikit-learn)."""

    name = "TF-IDF 2–3-grams"

    def fit(self, candidates: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a peer

        self._vectorizer: Any = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True, dtype=np.float32
        )
        self._matrix = self._vectorizer.fit_transform(map(romanised, candidates)).T.tocsr()

    def search(self, query: str) -> list[Hit]:
        row = (self._vectorizer.transform([romanised(query)]) @ self._matrix).tocoo()
        order = np.argsort(-row.data, kind="stable")[:DEPTH]
        return [Hit(int(row.col[i]), float(row.data[i])) for i in order]

    def pair(self, left: str, right: str) -> float:
        a, b = self._vectorizer.transform([romanised(left), romanised(right)])
        return float((a @ b.T).sum())


class Tantivy:
    """BM25 over character 2–3-grams (tantivy)."""

    name = "tantivy n-grams"

    def fit(self, candidates: Sequence[str]) -> None:
        import tantivy  # noqa: PLC0415 - a peer

        self._tantivy: Any = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("place", stored=True)
        builder.add_text_field("grams", stored=False, tokenizer_name="whitespace")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(50_000_000, 1)
        for place, name in enumerate(candidates):
            grams = " ".join(_grams(romanised(name)))
            writer.add_document(tantivy.Document(place=place, grams=grams))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: str) -> list[Hit]:
        make, should = self._tantivy.Query, self._tantivy.Occur.Should
        terms = [
            (should, make.term_query(self._schema, "grams", gram))
            for gram in _grams(romanised(query))
        ]
        if not terms:
            return []
        hits = self._searcher.search(make.boolean_query(terms), DEPTH).hits
        return [Hit(self._searcher.doc(at)["place"][0], score) for score, at in hits]

    def pair(self, left: str, right: str) -> float:
        a, b = set(_grams(romanised(left))), set(_grams(romanised(right)))
        return len(a & b) / max(len(a | b), 1)


def _grams(name: str) -> list[str]:
    padded = [f"_{word}_" for word in name.split()]
    return [word[i : i + n] for word in padded for n in (2, 3) for i in range(len(word) - n + 1)]


class LogicV2:
    """nomenklatura's logic-v2, on the best candidates of a good retrieval: this service's."""

    name = "logic-v2 (reranking)"

    def __init__(self) -> None:
        from followthemoney import ValueEntity, model  # noqa: PLC0415 - a peer
        from nomenklatura.matching import LogicV2 as Algorithm  # noqa: PLC0415 - a peer

        self._entity: Any = ValueEntity
        self._model: Any = model
        self._algorithm: Any = Algorithm
        self._config = Algorithm.default_config()

    def fit(self, candidates: Sequence[str]) -> None:
        self._candidates = candidates
        self._retrieval = Nisba()
        self._retrieval.fit(candidates)

    def search(self, query: str) -> list[Hit]:
        found = self._retrieval.search(query)[:_RERANKED]
        hits = [Hit(h.place, self.pair(query, self._candidates[h.place])) for h in found]
        return sorted(hits, key=lambda hit: -hit.score)

    def pair(self, left: str, right: str, schema: str = "Person") -> float:
        entities = self._named(left, schema), self._named(right, schema)
        return float(self._algorithm.compare(*entities, self._config).score)

    def _named(self, name: str, schema: str) -> Any:
        # A fresh ID each time: names are cached by it.
        entity = self._entity(self._model.get(schema), {"id": uuid.uuid4().hex})
        entity.add("name", name)
        return entity


def systems() -> tuple[list[System], list[str]]:
    """Return this service and the peers that are installed, and what the others lack."""
    found: list[System] = [Nisba()]
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if "anyascii" not in missing:
        found.append(RapidFuzz("rapidfuzz ratio", fuzz.ratio))
        found.append(RapidFuzz("rapidfuzz WRatio", fuzz.WRatio))
        found.append(RapidFuzz("rapidfuzz token_sort", fuzz.token_sort_ratio))
        if "sklearn" not in missing:
            found.append(Tfidf())
        if "tantivy" not in missing:
            found.append(Tantivy())
    if "nomenklatura" not in missing:
        found.append(LogicV2())
    return found, missing


_NEEDED = ("anyascii", "sklearn", "tantivy", "nomenklatura")
