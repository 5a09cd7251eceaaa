"""What services answer to the documents of a shard, and what becomes of each: pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import nisba
from nisba_service.errors import ArchiveError, ModelsError
from nisba_service.names.types import EntityType
from nisba_service.tagging.model import Document, TaggedSpan

Answer: TypeAlias = nisba.TaggedDocument | nisba.NisbaError

# An InternalError with a cause is that of a stream, and one without the service's own reason comes
# from something between: neither says anything of the document.
_MAY_PASS = (
    nisba.Unavailable,
    nisba.Overloaded,
    nisba.DeadlineExceeded,
    nisba.Cancelled,
    nisba.InternalError,
)


class Outcomes:
    """Documents that are sent under their place in the shard, and their spans as they come."""

    def __init__(self, documents: Sequence[Document], model_version: str) -> None:
        self._missing = {str(place): _sent(str(place), d) for place, d in enumerate(documents)}
        self._spans: dict[str, tuple[TaggedSpan, ...] | None] = {}
        self._faults: set[str] = set()
        self._model_version = model_version

    @property
    def missing(self) -> list[nisba.Document]:
        """The documents to send: all that have no outcome."""
        return list(self._missing.values())

    def in_order(self) -> list[tuple[TaggedSpan, ...] | None]:
        """Return the spans of each document, None where no service can tag it. None is missing."""
        return [self._spans[str(place)] for place in range(len(self._spans))]

    def settle(
        self, address: str, document: nisba.Document, answer: Answer
    ) -> nisba.NisbaError | None:
        """Note what a service answered; return what may pass, so that it must be asked again.

        Raises:
            ModelsError: it was answered by other models.
            ArchiveError: the service will not answer, however often it is asked.
        """
        match answer:
            case nisba.TaggedDocument():
                self._check_models(address, answer)
                self._settle(document, tuple(_span(address, span) for span in answer.spans))
            case nisba.InvalidRequest():
                self._settle(document, None)
            case nisba.InternalError(__cause__=None, reason=nisba.ErrorReason.INTERNAL):
                self._note_fault(document)
            case _ if isinstance(answer, _MAY_PASS):
                return answer
            case _:
                raise refusal(address, answer) from answer
        return None

    def _check_models(self, address: str, answer: nisba.TaggedDocument) -> None:
        version = answer.provenance.model_version
        if version != self._model_version:
            raise ModelsError(
                f"{address} tags with the models {version}, this run with {self._model_version}: "
                "what is tagged stays, the rest needs services with the same models"
            )

    def _note_fault(self, document: nisba.Document) -> None:
        """Take a second fault for the document's own: a service may stumble once at anything."""
        if document.id in self._faults:
            self._settle(document, None)
        self._faults.add(document.id)

    def _settle(self, document: nisba.Document, spans: tuple[TaggedSpan, ...] | None) -> None:
        del self._missing[document.id]
        self._spans[document.id] = spans


def refusal(address: str, error: nisba.NisbaError) -> ArchiveError:
    """Return what a run ends with where a service does not tag at all."""
    if isinstance(error, nisba.Unsupported):
        return ArchiveError(f"{address} cannot tag alone: it is older than this command")
    return ArchiveError(f"{address} does not tag: {error.message}")


def _sent(key: str, document: Document) -> nisba.Document:
    # The date does not matter to a tagger; the ID that counts is the document's place.
    language = "" if document.language is None else document.language.value
    return nisba.Document(document.text, id=key, language=language)


def _span(address: str, span: nisba.TaggedSpan) -> TaggedSpan:
    try:
        return TaggedSpan(span.start, span.end, EntityType(span.type.value))
    except ValueError:
        raise ArchiveError(f"{address} knows a type of entities that is unknown here") from None
