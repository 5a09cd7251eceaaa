"""Each closed set beside its numbers on the wire. Values without a word here read as UNKNOWN."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from nisba._enums import (
    EntityType,
    EntityView,
    FollowState,
    MentionSource,
    NameKind,
    NameUse,
    Outcome,
)
from nisba.v1 import entity_pb2, gazetteer_service_pb2, linking_service_pb2

Member = TypeVar("Member", bound=StrEnum)

ENTITY_TYPES: Mapping[EntityType, entity_pb2.EntityType] = {
    EntityType.PERSON: entity_pb2.ENTITY_TYPE_PERSON,
    EntityType.ORGANIZATION: entity_pb2.ENTITY_TYPE_ORGANIZATION,
    EntityType.LOCATION: entity_pb2.ENTITY_TYPE_LOCATION,
    EntityType.MISC: entity_pb2.ENTITY_TYPE_MISC,
}

NAME_KINDS: Mapping[NameKind, entity_pb2.NameKind] = {
    NameKind.PRIMARY: entity_pb2.NAME_KIND_PRIMARY,
    NameKind.VARIANT: entity_pb2.NAME_KIND_VARIANT,
    NameKind.ACRONYM: entity_pb2.NAME_KIND_ACRONYM,
    NameKind.KUNYA: entity_pb2.NAME_KIND_KUNYA,
    NameKind.SHORT: entity_pb2.NAME_KIND_SHORT,
    NameKind.FORMER: entity_pb2.NAME_KIND_FORMER,
}

NAME_USES: Mapping[NameUse, entity_pb2.NameUse] = {
    NameUse.FREE: entity_pb2.NAME_USE_FREE,
    NameUse.NEEDS_CONTEXT: entity_pb2.NAME_USE_NEEDS_CONTEXT,
    NameUse.NEVER_ALONE: entity_pb2.NAME_USE_NEVER_ALONE,
}

FOLLOW_STATES: Mapping[FollowState, gazetteer_service_pb2.FollowState] = {
    FollowState.CURRENT: gazetteer_service_pb2.FOLLOW_STATE_CURRENT,
    FollowState.STORE_UNAVAILABLE: gazetteer_service_pb2.FOLLOW_STATE_STORE_UNAVAILABLE,
    FollowState.LOAD_FAILED: gazetteer_service_pb2.FOLLOW_STATE_LOAD_FAILED,
}

ENTITY_VIEWS: Mapping[EntityView, entity_pb2.EntityView] = {
    EntityView.BASIC: entity_pb2.ENTITY_VIEW_BASIC,
    EntityView.FULL: entity_pb2.ENTITY_VIEW_FULL,
    EntityView.RECORD: entity_pb2.ENTITY_VIEW_RECORD,
}

OUTCOMES: Mapping[Outcome, linking_service_pb2.Outcome] = {
    Outcome.LINKED: linking_service_pb2.OUTCOME_LINKED,
    Outcome.AMBIGUOUS: linking_service_pb2.OUTCOME_AMBIGUOUS,
    Outcome.NIL: linking_service_pb2.OUTCOME_NIL,
}

MENTION_SOURCES: Mapping[MentionSource, linking_service_pb2.MentionSource] = {
    MentionSource.TAGGER: linking_service_pb2.MENTION_SOURCE_TAGGER,
    MentionSource.DICTIONARY: linking_service_pb2.MENTION_SOURCE_DICTIONARY,
    MentionSource.BOTH: linking_service_pb2.MENTION_SOURCE_BOTH,
}


def by_number(table: Mapping[Member, int]) -> dict[int, Member]:
    """Return the table read from the wire's side."""
    return {number: member for member, number in table.items()}
