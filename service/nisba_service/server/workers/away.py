"""The tagger of a server whose workers tag: it is elsewhere, and only its version is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nisba_service.names.types import Language
from nisba_service.tagging.model import TaggedSpan


@dataclass(frozen=True, slots=True)
class AwayTagger:
    """A Tagger by name: it spares the server the memory of the models."""

    model_version: str

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Raise: nothing is tagged in the server's own process."""
        raise AssertionError("texts are tagged by workers alone; this is a bug")
