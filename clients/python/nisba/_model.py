"""What goes into the service and what comes out: plain, immutable values.

Offsets are Unicode code points, half-open, so `text[mention.start : mention.end]` is the mention.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nisba._enums import EntityType, FollowState, MentionSource, NameKind, NameUse, Outcome


@dataclass(frozen=True, slots=True)
class Document:
    """One text to link."""

    text: str
    """1 to 100 000 code points."""
    id: str = ""
    """Yours; it comes back unchanged. At most 128 code points."""
    language: str = ""
    """Either "en" or "ar". Empty: detected sentence by sentence, so a mixed text is fine."""
    date: str = ""
    """The day of publication as YYYY-MM-DD; empty: unknown. It rules out names of other times."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made an answer. Equal provenance and equal input give an equal answer."""

    gazetteer_version: str = ""
    """Content hash of the gazetteer; empty where none was asked."""
    model_version: str = ""
    """Content hash of the tagging models; empty where no text was tagged."""
    policy_version: str = ""
    """Version of the linking rules; empty where nothing was linked."""
    gazetteer_revision: int = 0
    """Number of the gazetteer's revision in its store; 0: served from files, or none was asked."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One measured agreement between a mention and a candidate, most often in [0, 1]."""

    name: str
    value: float
    weight: float = 0.0
    """What one unit of it adds to the candidate's log-odds."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that might be meant."""

    entity_id: str
    name: str
    """Its primary name in the language of the mention, else in the other: for showing."""
    type: EntityType
    score: float
    """How well it fits, in [0, 1]; comparable within a mention."""
    matched_name: str = ""
    """The stored spelling that agreed best."""
    features: tuple[Feature, ...] = ()
    """What the score is made of."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a document that names something, and the decision for it."""

    start: int
    """First code point of the name; attached particles (و ف ب ل ك س) are before it."""
    end: int
    """One past the last code point; a possessive 's is after it."""
    text: str
    """The text's [start:end], exactly as sent."""
    name: str
    """The name as it is looked up: marks and stretching removed, the article restored."""
    type: EntityType
    outcome: Outcome
    entity_id: str | None = None
    """The entity it denotes; None unless LINKED."""
    confidence: float = 0.0
    """Probability that `entity_id` is right; else that of the best candidate (0: none)."""
    prefix: str = ""
    """The attached particles directly before `start`, as written: "و", "وب", "ل"."""
    source: MentionSource = MentionSource.TAGGER
    candidates: tuple[Candidate, ...] = ()
    """The best candidates, best first."""
    antecedent: int | None = None
    """Index in `LinkedDocument.mentions` of the longer mention that settled this short one."""
    new_name_key: str = ""
    """For NIL: a key that spellings of one new name share, in either script; else empty."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Where the time of a call went, in milliseconds, as the service tells."""

    total: float
    """From when the call began to when its answer was ready; the network comes on top."""
    queue: float = 0.0
    """Until its turn came; of several documents the longest wait."""
    batch: float = 0.0
    """Waiting for the texts that were read with it; of several documents the longest wait."""
    tag: float = 0.0
    """Finding names; of several documents together."""
    link: float = 0.0
    """Deciding what they denote; of several documents together."""
    request_id: str = ""
    """The call's ID in the log of the service."""


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document's mentions, in order of start; their spans do not overlap."""

    id: str
    language: str
    """One of "en", "ar", "mul" when both occur, "und" when the text has no letters."""
    mentions: tuple[Mention, ...]
    provenance: Provenance = Provenance()
    timing: Timing | None = field(default=None, compare=False)
    """Of the call that linked it, for a batch the call's as a whole; None: of a stream."""

    @property
    def entity_ids(self) -> frozenset[str]:
        """The distinct entities that the document's mentions denote."""
        return frozenset(m.entity_id for m in self.mentions if m.entity_id is not None)


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span that the tagger takes for a name, as the words stand: particles still attached."""

    start: int
    """First code point of it."""
    end: int
    """One past the last code point."""
    type: EntityType


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """A document's tagged spans, in order of start; they do not overlap."""

    id: str
    language: str
    """One of "en", "ar", "mul" when both occur, "und" when the text has no letters."""
    spans: tuple[TaggedSpan, ...]
    provenance: Provenance = Provenance()
    """It has a `model_version` alone: spans of two models do not mix."""


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """The decision for a name that stands alone."""

    name: str
    """The name as sent."""
    outcome: Outcome
    entity_id: str | None = None
    """The entity it denotes; None unless LINKED."""
    confidence: float = 0.0
    """Probability that `entity_id` is right; else that of the best candidate (0: none)."""
    candidates: tuple[Candidate, ...] = ()
    """The best candidates, best first."""
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of an entity."""

    name: str
    language: str
    """Either "en" or "ar". In an edit it may be empty: the language of its letters."""
    kind: NameKind = NameKind.VARIANT
    use: NameUse = NameUse.FREE
    """When the name may denote the entity."""
    valid_from: str = ""
    """First day on which it did, for example of an office: "2017" or "2017-10-12"; empty: open."""
    valid_to: str = ""
    """Last day on which it did."""
    evidence: str = ""
    """What shows that the name is used. `EntityView.RECORD` only."""
    source: str = ""
    """Where the name was found. `EntityView.RECORD` only."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed statement of one entity about another, for example leader_of org:fatah."""

    rel: str
    target_id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place of the gazetteer."""

    id: str
    """Stable and never reused."""
    type: EntityType
    names: tuple[Name, ...]
    """Primary names first. `EntityView.BASIC`: only those."""
    description: str = ""
    """One line in English for a person who must tell two entities apart."""
    wikidata_id: str = ""
    """For example "Q34211"; empty means not verified, not absent from Wikidata."""
    other_ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    """IDs in other knowledge bases. `EntityView.FULL` only."""
    relations: tuple[Relation, ...] = ()
    """Statements about other entities. `EntityView.FULL` only."""
    not_names: tuple[str, ...] = ()
    """Spellings that are never linked to it. `EntityView.FULL` only."""
    notes: str = ""
    """What curators should know. `EntityView.RECORD` only."""
    wikidata_source: str = ""
    """What shows that `wikidata_id` is this entity. `EntityView.RECORD` only."""
    wikidata_confidence: str = ""
    """One of "high", "medium", "low"; empty: not stated. `EntityView.RECORD` only."""
    etag: str = field(default="", compare=False)
    """Names the state of the record: an edit that carries it fails if somebody else was quicker.
    `EntityView.RECORD` only."""
    provenance: Provenance = field(default=Provenance(), compare=False, repr=False)
    """The gazetteer it was read from; the same entity of two gazetteers is equal."""

    def primary_name(self, language: str) -> str:
        """Return the name to show in `language`, else in the other; the ID if it has none."""
        primary = [n for n in self.names if n.kind is NameKind.PRIMARY] or list(self.names)
        fallback = primary[0].name if primary else self.id
        return next((n.name for n in primary if n.language == language), fallback)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An entity that a search found."""

    entity: Entity
    score: float
    """How well its name agrees with the query, in [0, 1]."""
    matched_name: str
    """The stored spelling that agreed best."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Which gazetteer is served, and how large it is."""

    version: str
    """Content hash, as in `Provenance.gazetteer_version`."""
    entity_count: int
    name_count: int
    type_counts: Mapping[EntityType, int] = field(default_factory=dict, hash=False)
    """Number of entities by type."""
    revision: int = 0
    """Number of the revision that is served; 0: files are served."""
    newest_revision: int = 0
    """Number of the newest revision that the service knows of."""
    follow_state: FollowState = FollowState.UNKNOWN
    """How the service stands to the store of its gazetteer."""
