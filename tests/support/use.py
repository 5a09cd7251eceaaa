"""A little of everything that a server can be asked, so that all of its metrics move."""

from __future__ import annotations

from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as pb
from tests.support.engine import SPOILED
from tests.support.serving import Served

ENGLISH = "Leaders of Hamas met Rami Hamdallah in Gaza."
ARABIC = "التقى قادة حماس رامي الحمد الله في غزة."


def link(text: str) -> pb.LinkTextRequest:
    """Return the request to link a text."""
    return pb.LinkTextRequest(document=pb.Document(text=text))


async def used(served: Served) -> None:
    """Make a server do a little of everything."""
    await served.linking.LinkText(link(ENGLISH))
    await served.linking.LinkText(link(ARABIC))
    await served.linking.LinkText(link(SPOILED)).code()
    await served.linking.ResolveNames(pb.ResolveNamesRequest(names=[pb.NameQuery(name="حماس")]))
    await served.gazetteer.GetEntity(gazetteer_pb.GetEntityRequest(id="org:nobody")).code()
    tags = served.linking.StreamTagTexts(
        pb.StreamTagTextsRequest(key="1", document=pb.Document(text=text))
        for text in (ENGLISH, ARABIC, "")
    )
    assert len([answer async for answer in tags]) == 3
