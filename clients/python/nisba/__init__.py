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
from nisba._curation_model import (
    CreateEntity,
    DeleteEntity,
    DocumentPreview,
    Edited,
    EntityChange,
    MentionChange,
    MergeEntities,
    NewName,
    Preview,
    Revision,
    UpdateEntity,
)
from nisba._enums import (
    EntityType,
    EntityView,
    FollowState,
    MentionSource,
    NameKind,
    NameUse,
    Outcome,
)
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
    TaggedDocument,
    TaggedSpan,
    Timing,
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
    "CreateEntity",
    "DeadlineExceeded",
    "DeleteEntity",
    "Document",
    "DocumentPreview",
    "Edited",
    "Entity",
    "EntityChange",
    "EntityType",
    "EntityView",
    "ErrorReason",
    "Feature",
    "FollowState",
    "Gazetteer",
    "InternalError",
    "InvalidRequest",
    "KeepaliveConfig",
    "LinkedDocument",
    "Mention",
    "MentionChange",
    "MentionSource",
    "MergeEntities",
    "Name",
    "NameKind",
    "NameUse",
    "NewName",
    "NisbaError",
    "NotFound",
    "Outcome",
    "Overloaded",
    "Preview",
    "Provenance",
    "Relation",
    "ResolvedName",
    "RetryConfig",
    "Revision",
    "SearchResult",
    "TaggedDocument",
    "TaggedSpan",
    "Timing",
    "TlsConfig",
    "Unauthenticated",
    "Unavailable",
    "Unsupported",
    "UpdateEntity",
    "__version__",
]
