from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from stanza.models.common.crf import viterbi_decode
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.ner.utils import decode_from_bioes

from nisba_service.tagging.network import crf
from nisba_service.tagging.network.crf import TagSet
from nisba_service.tagging.network.packing import Packed

PREFIX = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>"]
TAGS = [*PREFIX, "O", *(f"{place}-{type_}" for type_ in ("PER", "LOC") for place in "BIES")]
NUMBER = {tag: number for number, tag in enumerate(TAGS)}

# Few different values, so that there are equals to choose from.
SCORES = st.integers(-3, 3).map(float)


@settings(deadline=None)
@given(st.data(), st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_the_best_tags_are_those_that_stanza_finds(data: st.DataObject, lengths: list[int]) -> None:
    count = len(TAGS)
    drawn = arrays.arrays(np.float32, (sum(lengths), count), elements=SCORES)
    scores = data.draw(drawn)
    transitions = data.draw(arrays.arrays(np.float32, (count, count), elements=SCORES))
    packed = Packed.of(lengths)
    expected = [
        max(int(tag), len(PREFIX))
        for rows in np.split(scores, packed.last[:-1] + 1)
        for tag in viterbi_decode(rows, transitions)[0]
    ]
    assert crf.best(scores, transitions, packed).tolist() == expected


def entities(*sentences: str) -> list[tuple[int, int, str]]:
    lengths = [len(sentence.split()) for sentence in sentences]
    tags = np.array([NUMBER[tag] for sentence in sentences for tag in sentence.split()])
    return TagSet.of(TAGS).entities(tags, Packed.of(lengths).last)


def test_entities_of_tags() -> None:
    assert entities("B-PER I-PER E-PER O S-LOC") == [(0, 2, "PER"), (4, 4, "LOC")]
    assert entities("O O") == []
    assert entities("B-PER E-PER B-PER E-PER") == [(0, 1, "PER"), (2, 3, "PER")]


def test_entities_of_tags_that_break_the_scheme() -> None:
    assert entities("I-PER I-PER") == [(0, 1, "PER")]
    assert entities("B-PER E-LOC") == [(0, 0, "PER"), (1, 1, "LOC")]
    assert entities("E-PER E-PER") == [(0, 0, "PER"), (1, 1, "PER")]


def test_no_entity_crosses_from_one_sentence_into_the_next() -> None:
    assert entities("O B-PER", "E-PER O") == [(1, 1, "PER"), (2, 2, "PER")]


@given(st.lists(st.sampled_from(TAGS[len(PREFIX) :]), min_size=1, max_size=9))
def test_entities_are_those_that_stanza_reads_from_the_same_tags(tags: list[str]) -> None:
    expected = [
        (entity["start"], entity["end"], entity["type"])
        for entity in decode_from_bioes(fix_singleton_tags(tags))
    ]
    assert entities(" ".join(tags)) == expected


def test_tags_of_another_scheme_are_refused() -> None:
    with pytest.raises(ValueError, match="PERSON"):
        TagSet.of([*PREFIX, "O", "PERSON"])
