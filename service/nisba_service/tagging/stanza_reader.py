"""One language's Stanza models at work: a batch of pieces in, the entities in them out.

The sentences of all pieces are tagged together, in batches of like length. Where the models want
it, Arabic particles are tokens of their own (see `particles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stanza import Pipeline
from stanza.models.common.doc import Document as StanzaDocument

from nisba_service.tagging import rule_tokenizer, stanza_pipeline
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.particles import Particles, Seen
from nisba_service.tagging.pieces import Piece

# Tokens tagged together, padding counted: bounds memory, and 4 096 is as fast as more.
TAGGER_BUDGET = 4_096
# A batch is as wide as its longest token; what is longer is a link or noise, read by its start.
MAX_TOKEN = 40

_PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class TaggedEntity:
    """A span, of a piece or in tokens, with the model's own tag."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Reader:
    """The models of a language, and how they want a text to be cut.

    `by_rules`: sentences and tokens are cut by `rule_tokenizer`, else by the models' tokenizer.
    """

    pipeline: Pipeline
    by_rules: bool
    particles: Particles | None

    @classmethod
    def load(cls, model: ModelFiles, *, by_rules: bool) -> Reader:
        """Load the models of a language. Raises ModelsError."""
        pipeline = stanza_pipeline.load(model)
        words = pipeline.processors["ner"].vocab["word"]
        return cls(pipeline, by_rules, Particles(words) if model.particles_apart else None)

    def entities(self, batch: Sequence[Piece]) -> Iterator[tuple[Piece, TaggedEntity]]:
        """Yield each piece's entities, in order. A blank line keeps sentences in their piece."""
        text = _PARAGRAPH_BREAK.join(piece.text for piece in batch)
        following = iter(self._sentences(text))
        sentence = next(following, None)
        offset = 0
        for piece in batch:
            end = offset + len(piece.text)
            while sentence is not None and sentence.tokens[0].start_char < end:
                for entity in _entities(sentence, text):
                    yield piece, _moved(entity, -offset)
                sentence = next(following, None)
            offset = end + len(_PARAGRAPH_BREAK)

    def token_entities(self, sentences: Iterable[Sequence[str]]) -> list[list[TaggedEntity]]:
        """Return the entities of sentences that are already tokens; their spans are in tokens."""
        seen = [
            [s for i, word in enumerate(words) for s in self._seen(word, i, i + 1)]
            for words in sentences
        ]
        document = _document(seen)
        self._tag(document.sentences)
        return [
            list(_token_entities(sentence, tokens))
            for sentence, tokens in zip(document.sentences, seen, strict=True)
        ]

    def _sentences(self, text: str) -> list[Any]:
        """Return the tokenized, tagged sentences of a text.

        An error of Stanza's own may quote the text, so only its kind is passed on.
        """
        try:
            sentences = self._cut(text)
            self._tag(sentences)
        except (ValueError, AssertionError, RuntimeError) as error:
            kind = type(error).__name__
            raise RuntimeError(f"Stanza failed on {len(text)} code points with {kind}") from None
        return sentences

    def _cut(self, text: str) -> list[Any]:
        if not self.by_rules:
            processors = [name for name in self.pipeline.processors if name != "ner"]
            return list(self.pipeline.process(text, processors=processors).sentences)
        seen = [
            [s for start, end in sentence for s in self._seen(text[start:end], start, end)]
            for sentence in rule_tokenizer.sentences(text)
        ]
        return list(_document(seen, text).sentences)

    def _seen(self, word: str, start: int, end: int) -> Iterator[Seen]:
        """Yield what the tagger sees of a word at a place."""
        if self.particles is None:
            return iter((Seen(word, start, end),))
        return self.particles.seen(word, start, end)

    def _tag(self, sentences: Sequence[Any]) -> None:
        """Set the entities of sentences."""
        for batch in _of_like_length(sentences):
            for token in (token for sentence in batch for token in sentence.tokens):
                if len(token.text) > MAX_TOKEN:
                    token.text = token.text[:MAX_TOKEN]
            document = StanzaDocument([])
            document.sentences = batch
            document.num_tokens = sum(len(sentence.tokens) for sentence in batch)
            self.pipeline.processors["ner"].process(document)


def _document(sentences: Sequence[Sequence[Seen]], text: str | None = None) -> StanzaDocument:
    """Return a document of tokens; they have their places only in a text."""
    return StanzaDocument(
        [
            [
                {"id": i, "text": token.text}
                | ({} if text is None else {"start_char": token.start, "end_char": token.end})
                for i, token in enumerate(sentence, start=1)
            ]
            for sentence in sentences
        ],
        text,
    )


def _of_like_length(sentences: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield batches whose padded size is within the budget; a sentence alone may be above it."""
    batch: list[Any] = []
    for sentence in sorted(sentences, key=lambda s: len(s.tokens), reverse=True):
        if batch and len(batch[0].tokens) * (len(batch) + 1) > TAGGER_BUDGET:
            yield batch
            batch = []
        batch.append(sentence)
    if batch:
        yield batch


def _entities(sentence: Any, text: str) -> Iterator[TaggedEntity]:
    """Yield a sentence's entities; a particle behind one is the next word's, and is left out."""
    for entity in sentence.ents:
        start, end = entity.start_char, entity.end_char
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if start < end:
            yield TaggedEntity(start, end, entity.type)


def _token_entities(sentence: Any, seen: Sequence[Seen]) -> Iterator[TaggedEntity]:
    """Yield a sentence's entities in tokens; Stanza numbers from 1 what the tagger saw."""
    for entity in sentence.ents:
        start, end = seen[entity.tokens[0].id[0] - 1].start, seen[entity.tokens[-1].id[0] - 1].end
        if start < end:
            yield TaggedEntity(start, end, entity.type)


def _moved(entity: TaggedEntity, distance: int) -> TaggedEntity:
    return TaggedEntity(entity.start + distance, entity.end + distance, entity.tag)
