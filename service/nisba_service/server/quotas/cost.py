"""What a message costs its client: the code points that it sends, whatever the call is.

Counted over the bytes of the message, so that a new call or field is counted by itself: every byte
but those that go on with a letter of several. An Arabic letter counts one, as a Latin one does. The
tags and lengths of the fields add a byte or two each.
"""

from __future__ import annotations

from typing import Final

from google.protobuf.message import Message

from nisba_service.server.work import DOCUMENT_OVERHEAD

_GOING_ON: Final = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no letter."""


def cost(request: Message) -> int:
    """Return the code points of a request, and 200 for each document of it, or for itself.

    The queue counts the same 200 for a document: many tiny ones are as much work as a long one.
    """
    documents = len(getattr(request, "documents", ()))
    sent = len(request.SerializeToString().translate(None, _GOING_ON))
    return sent + DOCUMENT_OVERHEAD * max(1, documents)
