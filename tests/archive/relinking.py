"""A shard in memory that follows changes of its gazetteer, and some texts for it."""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.archive.impact import Impact
from nisba_service.archive.trace import Trace, TracedLinker
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.gazetteer.changes import changes_between
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.model import Link
from nisba_service.linking.parts import Parts
from nisba_service.tagging.model import Document, TaggedSpan
from tests.linking.world import read

Tagged = Sequence[tuple[Document, Sequence[TaggedSpan]]]

MARKED = (
    "[L:Tripoli], Lebanon. [P:Mahmoud Abbas] of [O:Fatah] met [P:Michel Aoun]; Abbas left.",
    "[P:Mansour Abbas] spoke. [P:Abbas] and [P:Joseph Aoun] of the [O:Lebanese Army] did not.",
    "[P:King Abdullah] came to [L:Jordan] in 2007; Saudi Arabia and Libya sent [P:al-Masri].",
    "The [O:PLO] said [P:Rami Hamdallah] would stay. [P:Hamdallah] met Abu Mazen in Tunis.",
    "[P:Nawaf Salam] and [P:Abbas Zaki] were in the Libyan capital Tripoli with Gaza's Sheikh.",
    "التقى [P:محمود عباس] في [L:طرابلس] اللبنانية [P:ميشال عون]، وقال عباس إن فتح ترفض ذلك.",
    "[P:منصور عباس] و[P:جوزيف عون] قائد [O:الجيش اللبناني]؛ أما [P:عون] فلم يحضر إلى تونس.",
    "وصل [P:الملك عبد الله] إلى [L:الأردن]، والسعودية أرسلت [P:المصري] إلى ليبيا في 2011.",
    "قالت [O:منظمة التحرير الفلسطينية] إن [P:رامي الحمد الله] باق. والتقى أبا مازن [P:الحمد الله].",
    "كان [P:نواف سلام] و[P:عباس زكي] في العاصمة الليبية طرابلس مع الشيخ أبو خالد.",
)
SPELLINGS = (
    *(
        "Abbas",
        "Tripoli",
        "Abu Mazen",
        "Sheikh",
        "Nawaf Salam",
        "Salam",
        "Lebanon",
        "Gaza",
        "Tunis",
    ),
    *("Michel Aoun", "Mahmud Abbas", "Hamdallah", "Masri", "Libya", "the Libyan capital", "Army"),
    *("عباس", "طرابلس", "أبو مازن", "الشيخ", "نواف سلام", "سلام", "لبنان", "غزة", "تونس", "عون"),
    *("ميشيل عون", "محمود عباس زكي", "الحمد الله", "المصري", "ليبيا", "العاصمة", "الجيش", "قائد"),
)


def marked(*texts: str) -> Tagged:
    """Return documents with the spans that are marked in their texts (see `read`)."""
    return [(Document(text), spans) for text, spans in map(read, texts)]


class Archive:
    """One shard of documents, linked in part after each change of the gazetteer."""

    def __init__(self, documents: Tagged, gazetteer: Gazetteer) -> None:
        self._documents = documents
        self.parts = Parts.of(gazetteer)
        found = anew(documents, self.parts)
        self.links = [links for links, _ in found]
        self.index = TraceIndex.of([trace for _, trace in found])

    def relink(self, gazetteer: Gazetteer) -> dict[int, tuple[str, ...]]:
        """Follow a change; return the documents that were linked again, each with the reasons."""
        impact = Impact.between(self.parts, changes_between(self.parts.gazetteer, gazetteer))
        touched = impact.touched(self.index, lambda n: self._documents[n][0].text)
        assert all(touched.values()), "each has a reason"
        linker = TracedLinker(impact.after)
        again = {number: linker.link(*self._documents[number]) for number in touched}
        for number, (linked, _) in again.items():
            self.links[number] = linked.links
        self.index = self.index.updated({number: trace for number, (_, trace) in again.items()})
        self.parts = impact.after
        return dict(touched)


def anew(documents: Tagged, parts: Parts) -> list[tuple[tuple[Link, ...], Trace]]:
    """Link and trace all documents."""
    linker = TracedLinker(parts)
    return [(linked.links, trace) for linked, trace in (linker.link(*d) for d in documents)]


def check(archive: Archive, documents: Tagged, gazetteer: Gazetteer, edits: Sequence[str]) -> None:
    full = anew(documents, Parts.of(gazetteer))
    assert archive.links == [links for links, _ in full], edits
    assert archive.index.table().equals(TraceIndex.of([trace for _, trace in full]).table()), edits
