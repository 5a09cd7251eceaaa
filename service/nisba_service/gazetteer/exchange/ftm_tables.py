"""FollowTheMoney's words and ours.

FollowTheMoney is the data model of OpenSanctions, Aleph and others: an entity has a schema and
properties, each a list of texts; relations are entities of their own, with two ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from nisba_service.gazetteer.model import NameKind, NameUse
from nisba_service.names.types import EntityType

SCHEMA_TYPES = {
    "Person": EntityType.PERSON,
    "Organization": EntityType.ORGANIZATION,
    "Company": EntityType.ORGANIZATION,
    "PublicBody": EntityType.ORGANIZATION,
    # "Raw data does not say whether person or company": nearly always a company.
    "LegalEntity": EntityType.ORGANIZATION,
    "Territory": EntityType.LOCATION,
}
"""What can be linked. Vessels, securities, addresses, sanctions and positions are no entities of a
gazetteer: they are passed over."""

TYPE_SCHEMATA = {
    EntityType.PERSON: "Person",
    EntityType.ORGANIZATION: "Organization",
    EntityType.LOCATION: "Territory",
}
"""What an entity is written as."""

COMPANY = "Company"

NAME_PROPERTIES: dict[str, tuple[NameKind, NameUse]] = {
    "name": (NameKind.PRIMARY, NameUse.FREE),
    "alias": (NameKind.VARIANT, NameUse.FREE),
    "abbreviation": (NameKind.ACRONYM, NameUse.FREE),
    "previousName": (NameKind.FORMER, NameUse.FREE),
    # "Broad or generic, not to be used for matching; useful in confirming a match": أبو علي.
    "weakAlias": (NameKind.VARIANT, NameUse.NEVER_ALONE),
}
"""Properties that hold names, the ones to show first."""

KIND_PROPERTIES = {
    NameKind.PRIMARY: "name",
    NameKind.VARIANT: "alias",
    NameKind.ACRONYM: "abbreviation",
    NameKind.FORMER: "previousName",
    NameKind.KUNYA: "alias",
    NameKind.SHORT: "alias",
}
"""What a name of free use is written as; any other is a weakAlias."""

# Identifiers, under which an entity is found elsewhere; those of papers (passports) are not kept.
_LEGAL_ENTITY_IDS = (
    *("registrationNumber", "taxNumber", "vatCode", "licenseNumber", "leiCode", "dunsCode"),
    *("uniqueEntityId", "npiCode", "swiftBic", "innCode", "ogrnCode", "okpoCode", "uscCode"),
    *("bvdId", "icijId", "opencorporatesUrl", "wikipediaUrl"),
)
_ORGANIZATION_IDS = ("cageCode", "permId", "imoNumber", "giiNumber")
COMPANY_IDS = frozenset({"cikCode", "isinCode", "ticker", "ricCode", "irsCode", "voenCode"})
_TERRITORY_IDS = ("territoryCode", "fipsCode", "nutsCode", "wikipediaUrl")

ID_PROPERTIES: dict[EntityType, frozenset[str]] = {
    EntityType.PERSON: frozenset(_LEGAL_ENTITY_IDS),
    EntityType.ORGANIZATION: frozenset((*_LEGAL_ENTITY_IDS, *_ORGANIZATION_IDS, *COMPANY_IDS)),
    EntityType.LOCATION: frozenset(_TERRITORY_IDS),
}
"""Properties that are other_ids, under their own name."""


@dataclass(frozen=True, slots=True)
class EdgeSchema:
    """An entity that is a relation: the properties at its ends, and our word for it."""

    source: str
    target: str
    rel: str


EDGES = {
    "Ownership": EdgeSchema("owner", "asset", "owner_of"),
    "Control": EdgeSchema("controller", "controlled", "controller_of"),
    "Directorship": EdgeSchema("director", "organization", "director_of"),
    "Membership": EdgeSchema("member", "organization", "member_of"),
    "Employment": EdgeSchema("employee", "employer", "employee_of"),
    "Family": EdgeSchema("person", "relative", "relative_of"),
    "Associate": EdgeSchema("person", "associate", "associate_of"),
    "Representation": EdgeSchema("agent", "client", "representative_of"),
    "Succession": EdgeSchema("predecessor", "successor", "predecessor_of"),
    "UnknownLink": EdgeSchema("subject", "object", "linked_to"),
}
UNKNOWN_LINK = "UnknownLink"
"""Any relation that has no schema of its own; its `role` is then our word: leader_of."""

REL_SCHEMATA = {edge.rel: schema for schema, edge in EDGES.items()}

ENTITY_PROPERTIES = {
    "parent": "subsidiary_of",
    "partOf": "part_of",
}
"""Properties that name another entity, and our word for it."""

PERSON_ONLY = frozenset({"Family", "Associate"})
"""Relations that no organisation has."""
