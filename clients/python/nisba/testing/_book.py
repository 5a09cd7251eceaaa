"""What a fake knows and how it answers: pure, on the client's own values.

The rules of requests that it enforces are the contract's plainest; the service has more.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nisba._enums import EntityType, EntityView, MentionSource, NameKind, Outcome
from nisba._errors import ErrorReason, InvalidRequest, NisbaError, NotFound
from nisba._model import (
    Candidate,
    Document,
    Entity,
    Gazetteer,
    LinkedDocument,
    Mention,
    Provenance,
    ResolvedName,
    SearchResult,
    TaggedDocument,
    TaggedSpan,
)

PROVENANCE = Provenance("fake", "fake", "fake")
TAGGING = Provenance(model_version="fake")
DEFAULT_CANDIDATES = 5
MAX_TEXT = 100_000
LANGUAGES = ("", "en", "ar")

_ARABIC = re.compile(r"[\u0620-\u064a]")
_LATIN = re.compile(r"[A-Za-z]")
_PARTICLES = "(?P<prefix>[وفبلكس]{0,2})"


@dataclass(frozen=True, slots=True)
class State:
    """One state of a gazetteer: its entities by ID, and what merged IDs lead to."""

    entities: Mapping[str, Entity]
    redirects: Mapping[str, str]


def etag_of(entity: Entity) -> str:
    """Return what names the content of an entity."""
    content = repr((entity.type, entity.names, entity.description, entity.wikidata_id))
    more = repr((sorted(entity.other_ids.items()), entity.relations, entity.not_names))
    rest = repr((entity.notes, entity.wikidata_source, entity.wikidata_confidence))
    return hashlib.sha256((content + more + rest).encode()).hexdigest()[:16]


class Book:
    """Entities, the names they go by, and answers to whole texts."""

    def __init__(self) -> None:
        self._entities: dict[str, Entity] = {}
        self._owners: dict[str, dict[str, None]] = {}  # folded name -> entity IDs, in order
        self._texts: dict[str, LinkedDocument | NisbaError] = {}
        self._redirects: dict[str, str] = {}

    @property
    def state(self) -> State:
        """What it holds, but for names and texts that were ordered."""
        return State(dict(self._entities), dict(self._redirects))

    def turn_to(self, state: State) -> None:
        """Hold this from now on; names that were ordered stay with their entities."""
        ordered = [(n, i) for n, owners in self._owners.items() for i in owners]
        own = {(n.name.casefold(), e.id) for e in self._entities.values() for n in e.names}
        self._entities, self._redirects, self._owners = {}, dict(state.redirects), {}
        for entity in state.entities.values():
            self.add_entity(entity)
        for name, entity_id in ordered:
            now = state.redirects.get(entity_id, entity_id)
            if (name, entity_id) not in own and now in self._entities:
                self.add_name(name, now)

    def copy(self) -> Book:
        """Return another that holds the same."""
        other = Book()
        other._texts, other._redirects = dict(self._texts), dict(self._redirects)
        other._entities = dict(self._entities)
        other._owners = {name: dict(owners) for name, owners in self._owners.items()}
        return other

    def add_entity(self, entity: Entity) -> None:
        """Add an entity under all its names."""
        kept = replace(entity, provenance=PROVENANCE, etag="")
        self._entities[entity.id] = replace(kept, etag=etag_of(kept))
        for name in entity.names:
            self.add_name(name.name, entity.id)

    def add_name(self, name: str, entity_id: str) -> None:
        """Let a name denote an entity; if it denotes others too, it is ambiguous."""
        if entity_id not in self._entities:
            raise ValueError(f"add the entity {entity_id} first")
        self._owners.setdefault(name.casefold(), {})[entity_id] = None

    def add_text(self, text: str, answer: LinkedDocument | NisbaError) -> None:
        """Answer this text in this way."""
        self._texts[text] = answer

    def link(self, document: Document, max_candidates: int) -> LinkedDocument:
        """Link a document, or raise the error that was ordered for it."""
        _check(document)
        answer = self._texts.get(document.text)
        if isinstance(answer, NisbaError):
            raise answer
        if answer is not None:
            return replace(answer, id=document.id)
        return LinkedDocument(
            id=document.id,
            language=document.language or _language(document.text),
            mentions=tuple(self._mentions(document.text, max_candidates)),
            provenance=PROVENANCE,
        )

    def tag(self, document: Document) -> TaggedDocument:
        """Tag what `link` would find, with the particles that a tagger leaves on."""
        linked = self.link(document, 0)
        return TaggedDocument(
            id=linked.id,
            language=linked.language,
            spans=tuple(
                TaggedSpan(m.start - len(m.prefix), m.end, m.type) for m in linked.mentions
            ),
            provenance=Provenance(model_version=linked.provenance.model_version),
        )

    def resolve(self, name: str, kind: EntityType | None, max_candidates: int) -> ResolvedName:
        """Resolve a name that stands alone."""
        if not name:
            raise _required("names[0].name")
        candidates = self._candidates(name, kind)
        outcome, entity_id, confidence = _decision(candidates)
        shown = candidates[:max_candidates]
        return ResolvedName(name, outcome, entity_id, confidence, shown, PROVENANCE)

    def get(self, entity_ids: Sequence[str]) -> list[Entity]:
        """Return entities, all or none."""
        found = [self._redirects.get(i, i) for i in entity_ids]
        missing = tuple(i for i in found if i not in self._entities)
        if missing:
            raise NotFound(
                f"the gazetteer has no entity {', '.join(missing[:10])}", entity_ids=missing[:10]
            )
        return [self._entities[i] for i in found]

    def list(self, kind: EntityType | None) -> list[Entity]:
        """Return the entities of a type, or all, in order of ID."""
        return [e for _, e in sorted(self._entities.items()) if kind in (None, e.type)]

    def search(self, query: str, kind: EntityType | None) -> Iterable[SearchResult]:
        """Find entities that have a name beginning with the query; equal names first."""
        if not query:
            raise _required("query")
        found = []
        for entity in self.list(kind):
            names = [n.name for n in entity.names if n.name.casefold().startswith(query.casefold())]
            if names:
                best = min(names, key=len)
                found.append(SearchResult(entity, min(1.0, len(query) / len(best)), best))
        return sorted(found, key=lambda result: -result.score)

    def gazetteer(self) -> Gazetteer:
        """Count the entities."""
        return Gazetteer(
            version=PROVENANCE.gazetteer_version,
            entity_count=len(self._entities),
            name_count=sum(len(e.names) for e in self._entities.values()),
            type_counts=Counter(e.type for e in self._entities.values()),
        )

    def _mentions(self, text: str, max_candidates: int) -> Iterable[Mention]:
        if not self._owners:
            return
        for found in self._pattern().finditer(text):
            candidates = self._candidates(found["name"], None)
            outcome, entity_id, confidence = _decision(candidates)
            yield Mention(
                start=found.start("name"),
                end=found.end("name"),
                text=found["name"],
                name=found["name"],
                type=candidates[0].type,
                outcome=outcome,
                entity_id=entity_id,
                confidence=confidence,
                prefix=found["prefix"],
                source=MentionSource.DICTIONARY,
                candidates=candidates[:max_candidates],
            )

    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._owners, key=len, reverse=True)
        return re.compile(
            rf"(?<!\w){_PARTICLES}(?P<name>{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE
        )

    def _candidates(self, name: str, kind: EntityType | None) -> tuple[Candidate, ...]:
        owners = [self._entities[i] for i in self._owners.get(name.casefold(), ())]
        language = "ar" if _ARABIC.search(name) else "en"
        return tuple(
            Candidate(e.id, e.primary_name(language), e.type, 1.0, name)
            for e in owners
            if kind in (None, e.type)
        )


def in_view(entity: Entity, view: EntityView) -> Entity:
    """Leave out what the view leaves out."""
    if view is EntityView.RECORD:
        return entity
    names = tuple(replace(name, evidence="", source="") for name in entity.names)
    full = replace(
        entity, names=names, notes="", wikidata_source="", wikidata_confidence="", etag=""
    )
    if view is EntityView.FULL:
        return full
    primary = tuple(n for n in names if n.kind is NameKind.PRIMARY)
    return replace(full, names=primary, other_ids={}, relations=(), not_names=())


def _decision(candidates: Sequence[Candidate]) -> tuple[Outcome, str | None, float]:
    match candidates:
        case []:
            return Outcome.NIL, None, 0.0
        case [only]:
            return Outcome.LINKED, only.entity_id, 1.0
        case _:
            return Outcome.AMBIGUOUS, None, 1 / len(candidates)


def _check(document: Document) -> None:
    if not document.text:
        raise _required("document.text")
    if len(document.text) > MAX_TEXT:
        raise InvalidRequest(
            f"document.text: must be 1 to {MAX_TEXT} code points (got {len(document.text)})",
            reason=ErrorReason.TEXT_TOO_LONG,
            field="document.text",
            limit=str(MAX_TEXT),
            actual=str(len(document.text)),
        )
    if document.language not in LANGUAGES:
        raise InvalidRequest(
            'document.language: must be "en", "ar" or empty',
            reason=ErrorReason.LANGUAGE_UNSUPPORTED,
            field="document.language",
        )
    if document.date and not _is_day(document.date):
        raise InvalidRequest(
            "document.date: must be a day of the calendar as YYYY-MM-DD, or empty",
            reason=ErrorReason.FIELD_INVALID,
            field="document.date",
        )


def _is_day(written: str) -> bool:
    try:
        return str(datetime.date.fromisoformat(written)) == written
    except ValueError:
        return False


def _required(field: str) -> InvalidRequest:
    return InvalidRequest(
        f"{field}: must not be empty", reason=ErrorReason.FIELD_REQUIRED, field=field
    )


def _language(text: str) -> str:
    match _LATIN.search(text) is not None, _ARABIC.search(text) is not None:
        case True, True:
            return "mul"
        case True, False:
            return "en"
        case False, True:
            return "ar"
        case _:
            return "und"
