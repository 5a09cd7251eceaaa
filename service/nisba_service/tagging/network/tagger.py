"""From sentences to the entities in them.

words ─► vectors, letters ─► a bidirectional LSTM ─► scores of tags ─► the best tags ─► entities
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from nisba_service.tagging.network import crf
from nisba_service.tagging.network.crf import TagSet
from nisba_service.tagging.network.lstm import BiLstm, Floats, product
from nisba_service.tagging.network.packing import Packed
from nisba_service.tagging.network.words import Words
from nisba_service.tagging.tagged import TaggedEntity


@dataclass(frozen=True, slots=True)
class NetworkTagger:
    """A TokenTagger. A sentence's entities are the same, alone and among others.

    Attributes:
        vocabulary: the words that have vectors, in the order of the model.
        matrix, bias: (outputs, tags, or more) and (tags,): from the LSTM's outputs to scores.
        transitions: (tags, tags): scores of a tag (row) before another.
    """

    vocabulary: Sequence[str]
    words: Words
    lstm: BiLstm
    matrix: Floats
    bias: Floats
    transitions: Floats
    tags: TagSet

    @property
    def known_tags(self) -> list[str]:
        """The tags that the model can give."""
        return sorted({*self.tags.types} - {""})

    def entities(self, sentences: Sequence[Sequence[str]]) -> list[list[TaggedEntity]]:
        """Return the entities of sentences of a token or more, in order; spans are in tokens."""
        entities: list[list[TaggedEntity]] = [[] for _ in sentences]
        if not sentences:
            return entities
        packed = Packed.of([len(sentence) for sentence in sentences])
        tags = crf.best(self._scores(sentences, packed), self.transitions, packed)
        found = self.tags.entities(tags, packed.last)
        firsts = np.array([first for first, _, _ in found], np.intp)
        places = np.searchsorted(packed.first, firsts, side="right") - 1
        starts = packed.first[places]
        for (first, final, tag), place, start in zip(
            found, places.tolist(), starts.tolist(), strict=True
        ):
            entities[place].append(TaggedEntity(first - start, final + 1 - start, tag))
        return entities

    def _scores(self, sentences: Sequence[Sequence[str]], packed: Packed) -> Floats:
        """Return the scores (N, tags) of all words of sentences, one behind the other."""
        places: dict[str, int] = {}
        rows = [places.setdefault(w, len(places)) for w in chain.from_iterable(sentences)]
        table = self.lstm.table(self.words.inputs(list(places)))
        outputs = self.lstm.run(table, np.array(rows, np.intp), packed)
        return product(outputs, self.matrix)[:, : len(self.bias)] + self.bias
