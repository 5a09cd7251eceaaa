"""Entities as a model gives them, and what gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TaggedEntity:
    """A span, of a text or in tokens, with the model's own tag."""

    start: int
    end: int
    tag: str


class TokenTagger(Protocol):
    """A model that finds entities among tokens. For one thread at a time."""

    @property
    def vocabulary(self) -> Sequence[str]:
        """The words that have vectors, in the order of the model."""
        ...

    @property
    def known_tags(self) -> list[str]:
        """The tags that the model can give, without prefixes."""
        ...

    def entities(self, sentences: Sequence[Sequence[str]]) -> list[list[TaggedEntity]]:
        """Return the entities of sentences of a token or more, in order; spans are in tokens."""
        ...
