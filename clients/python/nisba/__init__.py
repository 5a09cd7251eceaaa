"""Python client of the Nisba entity-linking service: names in English and Arabic to canonical IDs.

    import nisba

    with nisba.Client("localhost:50051") as client:
        for mention in client.link("Aruri met Hamdallah.").mentions:
            print(mention.text, mention.outcome, mention.entity_id)

`AsyncClient` has the same methods for asyncio; `nisba.testing` has a fake service for your tests.
"""

from nisba._aclient import AsyncClient
from nisba._client import Client
from nisba._config import ClientConfig, Compression, KeepaliveConfig, RetryConfig, TlsConfig
from nisba._enums import EntityType, EntityView, MentionSource, NameKind, Outcome
from nisba._errors import (
    Cancelled,
    ClientClosed,
    Conflict,
    DeadlineExceeded,
    ErrorReason,
    InternalError,
    InvalidRequest,
    NisbaError,
    NotFound,
    Overloaded,
    Unauthenticated,
    Unavailable,
    Unsupported,
)
from nisba._model import (
    Candidate,
    Document,
    Entity,
    Feature,
    Gazetteer,
    LinkedDocument,
    Mention,
    Name,
    Provenance,
    Relation,
    ResolvedName,
    SearchResult,
)
from nisba._version import __version__

__all__ = [
    "AsyncClient",
    "Cancelled",
    "Candidate",
    "Client",
    "ClientClosed",
    "ClientConfig",
    "Compression",
    "Conflict",
    "DeadlineExceeded",
    "Document",
    "Entity",
    "EntityType",
    "EntityView",
    "ErrorReason",
    "Feature",
    "Gazetteer",
    "InternalError",
    "InvalidRequest",
    "KeepaliveConfig",
    "LinkedDocument",
    "Mention",
    "MentionSource",
    "Name",
    "NameKind",
    "NisbaError",
    "NotFound",
    "Outcome",
    "Overloaded",
    "Provenance",
    "Relation",
    "ResolvedName",
    "RetryConfig",
    "SearchResult",
    "TlsConfig",
    "Unauthenticated",
    "Unavailable",
    "Unsupported",
    "__version__",
]
