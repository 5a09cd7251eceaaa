"""From the data files to a models folder, step by step; what is done is not done again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.evaluation.ner import NerScores, ner_scores
from nisba_service.tagging.particles import Particles
from nisba_service.tagging.stanza_tagger import StanzaTagger
from training.tagger import augment, corpus, sources, vectors
from training.tagger.pack import PACKAGE, pack
from training.tagger.recipe import Recipe
from training.tagger.report import Report, markdown
from training.tagger.steps import made_of, once
from training.tagger.train import Files, anneal, train

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run reads and writes.

    Attributes:
        data: a folder for each language, with the files that `sources` names.
        base: the models folder that is built upon: its tokenizer and other language are kept, and
            its vectors where there is no raw text.
        out: the models folder to make; may not be `base`.
        work: what the steps leave for each other, and for the next run.
        raw: text files for the word vectors, none to reuse those of `base`.
    """

    data: Path
    base: Path
    out: Path
    work: Path
    raw: tuple[Path, ...] = ()


def run(recipe: Recipe, places: Places, tell: Tell) -> Report:
    """Make the models of a language, and measure them on the development file.

    Raises:
        InvalidInput, ValueError: a data file is missing or breaks a rule, or `out` is `base`.
    """
    if places.out.resolve() == places.base.resolve():
        raise ValueError("the models to make must not be those to build upon")
    places.work.mkdir(parents=True, exist_ok=True)
    files = _files(places.work)
    _make_vectors(recipe, places, files.vectors, tell)
    counts = _make_sentences(recipe, places, files, tell)
    _make_model(recipe, files, tell)
    tell("pack")
    _assemble(recipe, places, files)
    tell("measure")
    report = Report(recipe, counts, _vectors_origin(recipe, places), _measured(recipe, places))
    card = places.out / f"{recipe.language.value}-facts.md"
    card.write_text(markdown(report), "utf-8")
    return report


def _files(work: Path) -> Files:
    return Files(
        train=work / "train.json",
        dev=work / "dev.json",
        vectors=work / "vectors.pt",
        model=work / "model.pt",
    )


def _make_vectors(recipe: Recipe, places: Places, output: Path, tell: Tell) -> None:
    table = places.data / recipe.language.value / recipe.table if recipe.table else None
    source = table or places.base / recipe.language.value / "pretrain" / f"{PACKAGE}.pt"

    def make(path: Path) -> None:
        tell("vectors")
        if places.raw:
            made = vectors.from_text(list(places.raw), recipe.vectors, recipe.seed)
        elif table is not None:
            made = vectors.from_table(table, recipe.vectors)
        else:
            made = vectors.reused(source, recipe.vectors)
        vectors.save(made, path)

    once(output, made_of((recipe.vectors, recipe.seed), places.raw or (source,)), make)


def _vectors_origin(recipe: Recipe, places: Places) -> str:
    if places.raw:
        return "made from raw text"
    return recipe.table or "reused"


def _make_sentences(
    recipe: Recipe, places: Places, files: Files, tell: Tell
) -> tuple[corpus.Count, ...]:
    """Write the training and the development file; return what they were made of."""
    tell("sentences")
    found = corpus.training_sentences(places.data, places.work, recipe.language)
    found, dev = _sample(recipe, found), _sample(recipe, _dev(recipe, places))
    varied = augment.augmented(found, recipe.language, recipe.seed)
    if recipe.particles_apart:
        particles = Particles(vectors.vocabulary(files.vectors))
        varied = [corpus.particles_apart(s, particles) for s in varied]
        dev = [corpus.particles_apart(s, particles) for s in dev]
    corpus.write_json(varied, files.train)
    corpus.write_json(dev, files.dev)
    return corpus.counts(places.data, places.work, recipe.language)


def _make_model(recipe: Recipe, files: Files, tell: Tell) -> None:
    trained = files.model.with_name("trained.pt") if recipe.annealing else files.model
    data = (files.train, files.dev, files.vectors)

    def make(path: Path) -> None:
        tell(f"train, {recipe.steps} steps")
        train(recipe, replace(files, model=path))

    def finish(path: Path) -> None:
        tell(f"anneal, {recipe.annealing} steps")
        anneal(recipe, replace(files, model=path), trained)

    once(trained, made_of(replace(recipe, annealing=0, tunes_words=False), data), make)
    if recipe.annealing:
        once(files.model, made_of(recipe, (*data, trained)), finish)


def _assemble(recipe: Recipe, places: Places, files: Files) -> None:
    if not places.out.is_dir():
        shutil.copytree(places.base, places.out)
    pack(recipe, files.model, files.vectors, places.out)


def _measured(recipe: Recipe, places: Places) -> NerScores:
    dev = _sample(recipe, _dev(recipe, places))
    tagger = StanzaTagger.load(places.out, eager=False)
    return ner_scores(dev, tagger.tag_tokens([s.tokens for s in dev], recipe.language))


def _dev(recipe: Recipe, places: Places) -> Sequence[TaggedSentence]:
    folder = places.data / recipe.language.value
    return [s for file in sources.DEV_FILES[recipe.language] for s in corpus.read(folder / file)]


def _sample(recipe: Recipe, sentences: Sequence[TaggedSentence]) -> list[TaggedSentence]:
    if recipe.sentences is None or len(sentences) <= recipe.sentences:
        return list(sentences)
    return Random(recipe.seed).sample(list(sentences), recipe.sentences)
