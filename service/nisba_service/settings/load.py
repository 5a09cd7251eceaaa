"""Settings of how much is read at once, by how many, and what may wait."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nisba_service.settings.base import SettingsGroup


class LoadSettings(SettingsGroup):
    """How much work is taken, and how it is spread."""

    workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Processes that read texts, behind the one port; as many as there are cores uses them all. 0:
    the server's own process reads, on one core: right for a laptop, for little memory, and where
    replicas use the cores. With workers, a text that breaks the tagger costs its own call alone."""

    worker_silence: Annotated[float, Field(ge=0.1, le=3_600, allow_inf_nan=False)] = 120.0
    """Seconds without an answer after which a worker that reads counts as hung, and is replaced.
    The worst text takes some seconds, on a crowded machine ten times as long."""

    queue_code_points: Annotated[int, Field(ge=1_000, le=100_000_000)] = 2_000_000
    """Text that may wait for the tagger. Less refuses sooner under load, more makes callers wait
    longer and takes memory. Streams stop reading at half of it; single calls may use all."""

    batch_code_points: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    """Text tagged in one go, about 4 articles: a second or so of one core. More brings little: from
    2 000 to 100 000 the tagger's time for a document differs by less than a tenth. And it makes a
    short text wait longer, and harder to tell what can be done before a deadline."""

    stream_in_flight: Annotated[int, Field(ge=1, le=1_000)] = 16
    """Documents of one stream that are read but not yet answered: what a slow reader can hold in
    memory, and how much of the queue one stream can fill."""

    new_names: Annotated[int, Field(ge=0, le=1_000_000)] = 10_000
    """Groups of new names that are kept for curators to see; about 1 kB each. 0: none are kept."""

    max_connection_age: Annotated[float, Field(ge=10, le=86_400, allow_inf_nan=False)] = 1_800.0
    """Seconds until a connection is closed, kindly, so that clients find new replicas. Calls on it
    get `grace` to end: a stream must be renewed more often than this."""
