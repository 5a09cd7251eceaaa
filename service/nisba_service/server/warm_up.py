"""The first documents, before anybody else's: they load what is loaded lazily and set the pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nisba_service.server.reading import Reader, Text
from nisba_service.tagging.model import Document

if TYPE_CHECKING:  # Worker processes warm up too, and need no batcher.
    from nisba_service.server.work import Documents

WARM_UP: Final = (
    Document("The spokesman of the Ministry of Health met reporters in Ramallah on Sunday. " * 8),
    Document("التقى المتحدث باسم وزارة الصحة الصحفيين في رام الله يوم الأحد. " * 8),
)


async def warm_up(documents: Documents, reader: Reader) -> None:
    """Link a text in each language. Raises what linking raises: then nothing would work."""
    for outcome in await documents.submit([Text(reader, text) for text in WARM_UP]):
        if isinstance(outcome, Exception):
            raise outcome
