"""Any record that the curators' rules allow, for properties that must hold of all of them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from nisba_service.gazetteer.model import NameKind, NameUse
from nisba_service.gazetteer.rules import names_findings, names_of
from nisba_service.gazetteer.schema import NameRecord, Record, RedirectRecord, RelationRecord
from nisba_service.gazetteer.source import Place, SourceRecord
from nisba_service.names.types import EntityType, Language

# A gazetteer takes long to draw where other programs want the processor too: no reason to fail.
patient = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What YAML takes for something else than text, signs that mean something to one format or another,
# and letters that nobody sees.
TEXTS = (
    *(
        "No",
        "null",
        "yes",
        "1e3",
        "2017",
        "~",
        "- a",
        "a: b",
        "a #b",
        "'a'",
        "{a",
        "a,b",
        "<<",
        "a|b",
    ),
    *(
        "a=b",
        '"',
        "\\",
        "a\nb",
        "\t",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u200f",
        "\x00",
        "😀",
        "é",
        "e\u0301",
    ),
    *("نعم", "لا: نعم", "جريدة الأيام، ص ٧", "مُحمّد", "م.ت.ف.", "Хамас"),
)
TEXT = st.sampled_from(TEXTS)
NAMES = (
    *(
        "Hamas",
        "al-Aruri",
        "No",
        "M.T.F.",
        "O'Neill: a, b",
        "{A}",
        "ʿArura",
        "A|B",
        "d'Été",
        '"Abu" #1',
    ),
    *("حماس", "العاروري", "م.ت.ف.", "مُحمّد", "حماس: غزة", "فتح|حماس", "كتائب ١٧"),
)
IDS = ("per:saleh-al-arouri", "org:hamas", "Q34211", "NK-a.b_c", "0")
DAYS = st.sampled_from([None, "1999", "2017-10-12"])

name_records = st.builds(
    NameRecord,
    name=st.sampled_from(NAMES),
    kind=st.sampled_from([None, *(kind.value for kind in NameKind)]),
    use=st.sampled_from([None, *(use.value for use in NameUse)]),
    lang=st.none(),
    valid_from=DAYS,
    valid_to=DAYS,
    evidence=st.none() | TEXT,
    source=st.none() | TEXT,
)
letterless_names = st.builds(
    NameRecord, name=st.sampled_from(["8200", "17"]), lang=st.sampled_from(Language)
)


def _is_sound(record: Record) -> bool:
    source = SourceRecord(Place("a", 1), None)
    return not list(names_findings(record, names_of(record), source))


def _relations(targets: tuple[str, ...]) -> st.SearchStrategy[list[RelationRecord] | None]:
    relation = st.builds(
        RelationRecord,
        rel=st.sampled_from(["member_of", "leader_of", "part_of", "relative_of", "owner_of"]),
        target=st.sampled_from(targets),
    )
    key = lambda relation: (relation.rel, relation.target)  # noqa: E731 (short, used once)
    return st.none() | st.lists(relation, min_size=1, max_size=3, unique_by=key)


def record(entity_id: str, targets: tuple[str, ...]) -> st.SearchStrategy[Record]:
    """Return records of this ID, related to `targets`."""
    return st.builds(
        Record,
        id=st.just(entity_id),
        type=st.sampled_from([EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION]),
        names=st.lists(name_records | letterless_names, min_size=1, max_size=3),
        description=st.none() | TEXT,
        wikidata=st.none() | st.sampled_from(["Q1", "Q34211"]),
        wikidata_source=st.none() | TEXT,
        wikidata_confidence=st.sampled_from([None, "high", "low"]),
        other_ids=st.none() | st.dictionaries(TEXT, TEXT, max_size=2),
        relations=_relations(targets),
        not_names=st.none() | st.lists(TEXT.filter(lambda t: bool(t.strip())), max_size=2),
        notes=st.none() | TEXT,
        in_seed_article=st.sampled_from([None, True, False]),
    ).filter(_is_sound)


@st.composite
def gazetteers(draw: st.DrawFn) -> list[Record | RedirectRecord]:
    """Return the records of a small gazetteer in order of ID, with IDs that were merged."""
    live = tuple(draw(st.sets(st.sampled_from(IDS[:3]), min_size=1)))
    records: list[Record | RedirectRecord] = [draw(record(entity_id, live)) for entity_id in live]
    for old in draw(st.sets(st.sampled_from(IDS[3:]))):
        records.append(RedirectRecord(id=old, merged_into=draw(st.sampled_from(live))))
    return sorted(records, key=lambda one: one.id)
