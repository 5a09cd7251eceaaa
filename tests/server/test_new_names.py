"""New names are counted in bounded memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nisba_service.linking.model import Decision, Link, LinkedDocument, Outcome, Provenance
from nisba_service.names.types import EntityType, Language
from nisba_service.server.new_names import NewNames
from nisba_service.tagging.model import Mention, Source

NIL = Decision(Outcome.NIL, "", 0.0, ())
START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def document(*names: tuple[str, str]) -> LinkedDocument:
    """Return a document whose new names are these (key, spelling)."""
    links = tuple(
        Link(
            Mention(
                start=0,
                end=1,
                text=spelling,
                name=spelling,
                prefix="",
                type=EntityType.PERSON,
                language=Language.AR,
                source=Source.TAGGER,
            ),
            NIL,
            new_name_key=key,
        )
        for key, spelling in names
    )
    return LinkedDocument("", "ar", links, Provenance("v"))


def test_mentions_and_documents_are_counted_apart() -> None:
    names = NewNames(10, Clock())
    names.note(document(("person:trk", "طارق"), ("person:trk", "Tarek"), ("person:x", "زيد")))
    names.note(document(("person:trk", "طارق")))
    [first, second] = names.page(None, None, 10)
    assert (first.key, first.mentions, first.documents) == ("person:trk", 3, 2)
    assert first.spellings.most_common() == [("طارق", 2), ("Tarek", 1)]
    assert first.first_seen < first.last_seen
    assert (second.key, second.mentions, second.documents) == ("person:x", 1, 1)


def test_the_rarest_are_forgotten_and_the_frequent_are_kept() -> None:
    names = NewNames(20, Clock())
    for _ in range(3):
        names.note(document(("person:often", "كثير")))
    for number in range(500):
        names.note(document((f"person:{number}", "نادر")))
        assert len(names) <= 20
    assert names.page(None, None, 1)[0].key == "person:often"
    assert "person:499" in {name.key for name in names.page(None, None, 20)}


def test_a_group_keeps_few_spellings() -> None:
    names = NewNames(10, Clock())
    for number in range(1_000):
        names.note(document(("person:x", "ثابت"), ("person:x", f"صيغة {number}")))
    [group] = names.page(None, None, 1)
    assert len(group.spellings) <= 40
    assert group.spellings.most_common(1) == [("ثابت", 1_000)]


def test_nothing_is_kept_where_none_is_wanted() -> None:
    names = NewNames(0)
    names.note(document(("person:x", "زيد")))
    assert len(names) == 0
