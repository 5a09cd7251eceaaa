"""A small gazetteer full of namesakes, and texts with their names in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from nisba_service.gazetteer.model import Entity, Gazetteer, Name, NameKind, NameUse, Relation
from nisba_service.linking.linker import Linker
from nisba_service.linking.model import Link
from nisba_service.linking.parts import Parts
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, TaggedSpan

PERSON, PLACE = EntityType.PERSON, EntityType.LOCATION
ORGANIZATION = EntityType.ORGANIZATION
_TYPES = {"P": PERSON, "L": PLACE, "O": ORGANIZATION}
_KINDS = {
    "=": NameKind.PRIMARY,
    "~": NameKind.SHORT,
    "&": NameKind.KUNYA,
    "^": NameKind.ACRONYM,
}
_MARKED = re.compile(r"\[([PLO]):(.*?)\]")


class NoTagger:
    """A tagger that finds nothing: the names of these tests are given."""

    @property
    def model_version(self) -> str:
        """Return what stands for a model."""
        return "none"

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Return no spans."""
        return [[] for _ in texts]


def name(written: str, **limits: NameUse | date) -> Name:
    """Return a name: "=Fatah" primary, "~Abbas" short, "&Abu Mazen" kunya, "^PLO" acronym."""
    kind = _KINDS.get(written[0], NameKind.VARIANT)
    text = written.lstrip("".join(_KINDS))
    language = Language.AR if script_of(text) is Script.ARABIC else Language.EN
    return Name(text, language, kind, **limits)  # type: ignore[arg-type]  # use or a date


def entity(
    id: str, *names: str | Name, description: str = "", to: Sequence[str] = (), **rest: object
) -> Entity:
    """Return an entity; its type follows from its ID, and `to` is what it is located in or of."""
    type = {"per": PERSON, "loc": PLACE, "org": ORGANIZATION}[id[:3]]
    rel = "located_in" if type is PLACE else "member_of"
    return Entity(
        id=id,
        type=type,
        names=tuple(n if isinstance(n, Name) else name(n) for n in names),
        description=description,
        relations=tuple(Relation(rel, target) for target in to),
        **rest,  # type: ignore[arg-type]  # not_names
    )


def gazetteer(*entities: Entity) -> Gazetteer:
    """Return a gazetteer of these."""
    ordered = sorted(entities, key=lambda e: e.id)
    return Gazetteer(MappingProxyType({e.id: e for e in ordered}), "test")


WORLD = gazetteer(
    entity("loc:lebanon", "=Lebanon", "=لبنان"),
    entity("loc:libya", "=Libya", "=ليبيا"),
    entity("loc:jordan", "=Jordan", "=الأردن"),
    entity("loc:saudi-arabia", "=Saudi Arabia", "=السعودية"),
    entity("loc:tripoli-lebanon", "=Tripoli", "=طرابلس", to=["loc:lebanon"]),
    entity("loc:tripoli-libya", "=Tripoli", "=طرابلس", to=["loc:libya"]),
    entity("loc:tunisia", "=Tunisia", "=تونس"),
    entity("loc:tunis", "=Tunis", "=تونس العاصمة", "تونس", to=["loc:tunisia"]),
    entity("org:fatah", "=Fatah", "=فتح"),
    entity("org:lebanese-army", "=Lebanese Army", "=الجيش اللبناني"),
    entity("org:plo", "=Palestine Liberation Organization", "^PLO", "=منظمة التحرير الفلسطينية"),
    entity(
        "per:mahmoud-abbas",
        *("=Mahmoud Abbas", "~Abbas", "&Abu Mazen", "=محمود عباس", "~عباس", "&أبو مازن"),
        to=["org:fatah"],
    ),
    entity("per:mansour-abbas", "=Mansour Abbas", "~Abbas", "=منصور عباس", "~عباس"),
    entity("per:abbas-zaki", "=Abbas Zaki", "=عباس زكي", to=["org:fatah"]),
    entity(
        "per:abdullah-of-jordan",
        *("=Abdullah II", "King Abdullah", "=عبد الله الثاني", "الملك عبد الله"),
        description="King of Jordan since 1999",
    ),
    entity(
        "per:abdullah-of-saudi-arabia",
        "=Abdullah bin Abdulaziz",
        name("King Abdullah", valid_from=date(2005, 8, 1), valid_to=date(2015, 1, 23)),
        "=عبد الله بن عبد العزيز",
        name("الملك عبد الله", valid_from=date(2005, 8, 1), valid_to=date(2015, 1, 23)),
        description="King of Saudi Arabia 2005-2015",
    ),
    entity(
        "per:michel-aoun",
        *("=Michel Aoun", "~Aoun", "=ميشال عون", "~عون"),
        description="Lebanese president 2016-2022",
    ),
    entity(
        "per:joseph-aoun",
        *("=Joseph Aoun", "~Aoun", "=جوزيف عون", "~عون"),
        description="Lebanese army commander",
        to=["org:lebanese-army"],
    ),
    entity("per:mushir-al-masri", "=Mushir al-Masri", "~al-Masri", "=مشير المصري", "~المصري"),
    entity("per:rami-hamdallah", "=Rami Hamdallah", "~Hamdallah", "=رامي الحمد الله"),
)


def linker(known: Gazetteer = WORLD) -> Linker:
    """Return a linker to a gazetteer."""
    parts = Parts.of(known)
    return Linker(parts, MentionFinder(NoTagger(), parts.spotter))


def read(marked: str) -> tuple[str, list[TaggedSpan]]:
    """Return a text and the spans that are marked in it as [P:…], [L:…] or [O:…]."""
    text, spans, end = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        spans.append(TaggedSpan(len(text), len(text) + len(match[2]), _TYPES[match[1]]))
        text += match[2]
        end = match.end()
    return text + marked[end:], spans


def linked(by: Linker, marked: str, day: date | None = None) -> tuple[Link, ...]:
    """Return the links of a marked text."""
    text, spans = read(marked)
    return by.link_spans(Document(text, date=day), spans).links


def answers(by: Linker, marked: str, day: date | None = None) -> list[str]:
    """Return what each name of a marked text denotes: an ID, or the outcome if there is none."""
    links = linked(by, marked, day)
    return [link.decision.entity_id or link.decision.outcome.value for link in links]
