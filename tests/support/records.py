"""A small gazetteer in a store: the records that the stand-in engine knows, and more of each."""

from __future__ import annotations

from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Note, Put, Revision
from nisba_service.gazetteer.store.store import Store

ARURI = {
    "id": "per:saleh-al-arouri",
    "type": "PERSON",
    "names": [
        {"name": "Saleh al-Arouri", "lang": "en", "kind": "primary", "evidence": "official"},
        {"name": "صالح العاروري", "lang": "ar", "kind": "primary", "source": "وكالة"},
        {"name": "Al-Aruri", "lang": "en"},
    ],
    "description": "Deputy head of the political bureau of Hamas",
    "wikidata": "Q2215434",
    "other_ids": {"viaf": "1", "viaf_source": "read in 2020"},
    "relations": [{"rel": "member_of", "target": "org:hamas"}],
    "notes": "راجع الاسم",
}
HAMDALLAH = {
    "id": "per:rami-hamdallah",
    "type": "PERSON",
    "names": [
        {"name": "Rami Hamdallah", "lang": "en", "kind": "primary"},
        {"name": "رامي الحمد الله", "lang": "ar", "kind": "primary"},
    ],
}
HAMAS = {
    "id": "org:hamas",
    "type": "ORGANIZATION",
    "names": [
        {"name": "Hamas", "lang": "en", "kind": "primary"},
        {"name": "حماس", "lang": "ar", "kind": "primary"},
    ],
}
GAZA = {
    "id": "loc:gaza",
    "type": "LOCATION",
    "names": [
        {"name": "Gaza", "lang": "en", "kind": "primary"},
        {"name": "غزة", "lang": "ar", "kind": "primary"},
    ],
}
RECORDS = (ARURI, HAMDALLAH, HAMAS, GAZA)


def record(content: object) -> Record:
    """Return a record of the right form."""
    return Record.model_validate(content)


def seeded(store: Store) -> Revision:
    """Commit RECORDS as the first revision."""
    edits = [Put(record(content)) for content in RECORDS]
    return store.commit(edits, Note("seeds", "to begin with"))
