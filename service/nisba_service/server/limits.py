"""The contract's limits, in one table.

The comments of the protos promise the same figures to every caller; a test compares the two.
Lengths are in Unicode code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageSize:
    """How many items a caller gets: `default` when it asks for 0, never more than `largest`."""

    default: int
    largest: int


TEXT: Final = 100_000
"""A document's text. The longest article of a newspaper has about 60 000."""

BATCH_DOCUMENTS: Final = 64
"""Documents of one BatchLinkTexts: enough to fill the tagger, few enough for one deadline."""

BATCH_TEXT: Final = 1_000_000
"""Text of one BatchLinkTexts together: at four bytes a code point it still fits RECEIVED_BYTES."""

CALLER_ID: Final = 128
"""Document.id and the key of a message in a stream, which come back unchanged."""

ENTITY_ID: Final = 128
"""An entity's ID."""

NAME: Final = 500
"""A name that stands alone, or the query of a search."""

NAMES: Final = 1_000
"""Names of one ResolveNames."""

IDS: Final = 1_000
"""IDs of one BatchGetEntities."""

CANDIDATES: Final = PageSize(default=5, largest=20)
"""Candidates of a mention. More than `largest` is refused: the caller would miss what it asked."""

REASON: Final = 2_000
"""Why an edit is made, in the curator's words."""

MERGED: Final = 100
"""Entities merged into another at once."""

IMPORT_BATCH: Final = 1_000
"""Entities of one message of an import."""

IMPORTED: Final = 5_000_000
"""Entities of one import: what is received waits in a file until the last has come."""

EDITS: Final = 100
"""Edits of one PreviewChange."""

PREVIEWED_CHANGES: Final = 10_000
"""Entities that the edits of a preview may change, a merge of one that many name, for example."""

DIFF_CHUNK: Final = 100
"""Changes of one message of DiffRevisions: records are large, and a message has its limit."""

SPELLINGS: Final = 20
"""Spellings of a new name that are kept: the most frequent of them tell a curator enough."""

REVISION_PAGE: Final = PageSize(default=100, largest=1_000)
"""Revisions of a page. More is taken as `largest`."""

NEW_NAME_PAGE: Final = PageSize(default=100, largest=1_000)
"""New names of a page. More is taken as `largest`."""

LIST_PAGE: Final = PageSize(default=100, largest=1_000)
"""Entities of a page of ListEntities. More is taken as `largest`, as AIP-158 wants."""

SEARCH_PAGE: Final = PageSize(default=20, largest=100)
"""Results of SearchEntities. More is taken as `largest`."""

RECEIVED_BYTES: Final = 8 * 1024 * 1024
"""A request's size. gRPC itself refuses a larger one, with RESOURCE_EXHAUSTED and no details."""

IDS_IN_ERROR: Final = 10
"""Missing IDs that an error names: an error travels in HTTP/2 headers, which are small."""

VIOLATIONS_IN_ERROR: Final = 10
"""Broken rules that an error names, for the same reason."""
