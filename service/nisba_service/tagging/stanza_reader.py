"""One language's Stanza models at work: a batch of pieces in, the entities in them out.

The sentences of all pieces are tagged together, in batches of like length. What runs the models is
chosen by what they are: `network` where the tagger is of its kind, else Stanza, which is only then
loaded. Where the models want it, Arabic particles are tokens of their own (see `particles`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nisba_service.errors import ModelsError
from nisba_service.tagging import tag_sets
from nisba_service.tagging.cutting import Cutter, RuleCutter, Sentence
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.network import loading
from nisba_service.tagging.particles import Particles
from nisba_service.tagging.pieces import Piece
from nisba_service.tagging.tagged import TaggedEntity, TokenTagger

# Tokens tagged together, as if all sentences were as long as the longest: bounds memory, and 4 096
# is as fast as more.
TAGGER_BUDGET = 4_096


class Tokenizer(StrEnum):
    """What cuts texts into sentences and tokens."""

    RULES = "rules"  # `rule_tokenizer`: fast, the tokens of the corpora behind the bundled models
    NEURAL = "neural"  # Stanza's, of the models folder: what Stanza's published taggers learnt from


@dataclass(frozen=True, slots=True)
class Manner:
    """How models are run.

    Attributes:
        network: by `network` where it can be; else, as models of other kinds are always, by Stanza.
        threads: Stanza's.
    """

    tokenizer: Tokenizer
    network: bool
    threads: int


@dataclass(frozen=True, slots=True)
class Reader:
    """The models of a language; `words` takes what is cut into words already."""

    cutter: Cutter
    words: RuleCutter
    tagger: TokenTagger

    @classmethod
    def load(cls, model: ModelFiles, manner: Manner) -> Reader:
        """Load the models of a language.

        Raises:
            ModelsError: a file is damaged, or the tagger knows none of the types that are linked.
        """
        network = loading.load(model) if manner.network else None
        if network is not None and manner.tokenizer is Tokenizer.RULES:
            return cls._of(model, network, None)
        # Stanza brings torch: seconds, and 250 MB in each process.
        from nisba_service.tagging import stanza_pipeline  # noqa: PLC0415

        pipeline = stanza_pipeline.load(model, tags=network is None, threads=manner.threads)
        return cls._of(
            model,
            stanza_pipeline.StanzaTokenTagger(pipeline) if network is None else network,
            stanza_pipeline.StanzaCutter(pipeline)
            if manner.tokenizer is Tokenizer.NEURAL
            else None,
        )

    @classmethod
    def _of(cls, model: ModelFiles, tagger: TokenTagger, cutter: Cutter | None) -> Reader:
        """Put together what is loaded. `cutter` None: by the rules."""
        _check_tags(model, tagger.known_tags)
        rules = RuleCutter(Particles(tagger.vocabulary) if model.particles_apart else None)
        return cls(rules if cutter is None else cutter, rules, tagger)

    def entities(self, batch: Sequence[Piece]) -> Iterator[tuple[Piece, TaggedEntity]]:
        """Yield each piece's entities, in order."""
        cut = self.cutter.sentences([piece.text for piece in batch])
        tagged = iter(self._tagged([sentence for sentences in cut for sentence in sentences]))
        for piece, sentences in zip(batch, cut, strict=True):
            for sentence in sentences:
                for entity in next(tagged):
                    start, end = _span(sentence, entity)
                    # A particle behind an entity is the next word's, and is left out.
                    end = start + len(piece.text[start:end].rstrip())
                    if start < end:
                        yield piece, TaggedEntity(start, end, entity.tag)

    def token_entities(self, words: Sequence[Sequence[str]]) -> list[list[TaggedEntity]]:
        """Return the entities of sentences that are already words; their spans are in words."""
        sentences = [self.words.of_words(sentence) for sentence in words]
        return [
            [
                TaggedEntity(start, end, entity.tag)
                for entity in entities
                for start, end in (_span(sentence, entity),)
                if start < end
            ]
            for sentence, entities in zip(sentences, self._tagged(sentences), strict=True)
        ]

    def _tagged(self, sentences: Sequence[Sentence]) -> list[list[TaggedEntity]]:
        """Return the entities of each sentence, in tokens."""
        tagged: list[list[TaggedEntity]] = [[] for _ in sentences]
        for batch in _of_like_length(sentences):
            for place, found in zip(
                batch, self.tagger.entities([sentences[i].words for i in batch]), strict=True
            ):
                tagged[place] = found
        return tagged


def _span(sentence: Sentence, entity: TaggedEntity) -> tuple[int, int]:
    return sentence.spans[entity.start][0], sentence.spans[entity.end - 1][1]


def _of_like_length(sentences: Sequence[Sentence]) -> Iterator[list[int]]:
    """Yield the places of sentences in batches within the budget; one alone may be above it."""
    lengths = [len(sentence.words) for sentence in sentences]
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
        if batch and lengths[batch[0]] * (len(batch) + 1) > TAGGER_BUDGET:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _check_tags(model: ModelFiles, tags: Sequence[str]) -> None:
    if not tag_sets.is_usable(tags):
        raise ModelsError(
            f"{model.only_file('ner')}: its tags ({', '.join(tags)}) name no person, organisation "
            "or place; use an NER model that does"
        )
