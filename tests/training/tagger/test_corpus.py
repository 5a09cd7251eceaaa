from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nisba_service.errors import InvalidInput
from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.particles import Particles
from training.tagger import corpus, sources

PERSON, LOCATION = EntityType.PERSON, EntityType.LOCATION


def sentence(text: str) -> TaggedSentence:
    """`[Abbas PERSON] left`: a name in brackets, its type last."""
    parts: list[corpus.Part] = []
    for stretch in text.replace("]", "[").split("["):
        words = stretch.split()
        if words and words[-1] in EntityType.__members__:
            parts.append((tuple(words[:-1]), EntityType[words[-1]]))
        elif words:
            parts.append((tuple(words), None))
    return corpus.of_parts(parts)


def test_parts_and_tags_of_a_sentence() -> None:
    read = sentence("[Mahmoud Abbas PERSON] [Gaza LOCATION] was left")
    assert read.entities == (TaggedSpan(0, 2, PERSON), TaggedSpan(2, 3, LOCATION))
    assert corpus.tags(read) == ["B-PER", "I-PER", "B-LOC", "O", "O"]
    assert corpus.of_parts(corpus.parts_of(read)) == read


def test_stanza_reads_what_is_written(tmp_path: Path) -> None:
    corpus.write_json([sentence("زار [عباس PERSON] [غزة LOCATION]")], tmp_path / "x.json")
    assert json.loads((tmp_path / "x.json").read_text("utf-8")) == [
        [
            {"text": "زار", "ner": "O"},
            {"text": "عباس", "ner": "B-PER"},
            {"text": "غزة", "ner": "B-LOC"},
        ]
    ]


def test_particles_stand_apart_and_outside_the_name() -> None:
    particles = Particles(["في", "السلطة", "الفلسطينية", "عباس", "فتح", "وفتح"])
    joined = sentence("بين [للسلطة الفلسطينية ORGANIZATION] [وعباس PERSON] وفتح")
    apart = corpus.particles_apart(joined, particles)
    assert apart == sentence("بين ل [السلطة الفلسطينية ORGANIZATION] و [عباس PERSON] وفتح")


def test_a_particle_within_a_name_stays_in_it() -> None:
    particles = Particles(["العدالة", "التنمية", "حزب"])
    joined = sentence("[حزب العدالة والتنمية ORGANIZATION] فاز")
    apart = corpus.particles_apart(joined, particles)
    assert apart == sentence("[حزب العدالة و التنمية ORGANIZATION] فاز")


def test_sentences_stand_as_often_as_their_source_says(data: Path, tmp_path: Path) -> None:
    counts = corpus.counts(data, tmp_path, Language.EN)
    found = corpus.training_sentences(data, tmp_path, Language.EN)
    assert len(found) == sum(c.sentences * c.source.copies for c in counts)
    assert [(c.source.file, c.sentences) for c in counts] == [
        ("train-gmb.bio", 80),
        ("train-wikigold.bio", 40),
        ("en_ewt-ud-train.iob2", 40),
    ]


@pytest.mark.parametrize("name", ["dev.bio", "test-anercorp.bio"])
def test_what_figures_are_measured_on_is_left_out(data: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    held_out = (copy / "ar" / name).read_text("utf-8")
    train = copy / "ar" / "train.bio"
    train.write_text(f"{train.read_text('utf-8')}\n{held_out}", "utf-8")
    assert corpus.training_sentences(copy, tmp_path, Language.AR) == corpus.training_sentences(
        data, tmp_path, Language.AR
    )


def test_short_sentences_are_alike_by_chance() -> None:
    tokens = ("RABAT", ",", "Morocco")
    assert not corpus.is_held_out(TaggedSentence(tokens, ()), {tokens})
    assert corpus.is_held_out(TaggedSentence(tokens * 2, ()), {tokens * 2})


def test_a_missing_source_is_an_error_and_an_optional_one_is_not(
    data: Path, tmp_path: Path
) -> None:
    assert any(s.optional for s in sources.of(Language.EN))
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    (copy / "en" / "train-wikigold.bio").unlink()
    with pytest.raises(InvalidInput, match=r"train-wikigold\.bio"):
        corpus.training_sentences(copy, tmp_path, Language.EN)


def test_nothing_that_may_not_ship_is_a_source() -> None:
    for language in Language:
        for source in sources.of(language):
            assert source.licence
            assert "NC" not in source.licence
            assert not source.file.startswith("test")
