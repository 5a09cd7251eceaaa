"""GazetteerService: what its four parts do, under one name."""

from __future__ import annotations

from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceServicer
from nisba_service.server.gazetteer_editing import GazetteerEditing
from nisba_service.server.gazetteer_history import GazetteerHistory
from nisba_service.server.gazetteer_reading import GazetteerReading
from nisba_service.server.gazetteer_review import GazetteerReview
from nisba_service.server.house import House


class GazetteerService(  # type: ignore[misc]  # streams are coroutines: see interceptors.wrap
    GazetteerReading,
    GazetteerEditing,
    GazetteerHistory,
    GazetteerReview,
    GazetteerServiceServicer,
):
    """Reads, edits, follows and reviews the gazetteer."""

    def __init__(self, house: House) -> None:
        GazetteerReading.__init__(self, house)
