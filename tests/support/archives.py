"""Small archives, written with the tables and manifests of real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from nisba_service.archive import durable, tables
from nisba_service.archive.description import create
from nisba_service.archive.layout import Layout, shard_name
from nisba_service.archive.manifest import Manifest, Origin, Shard, read_manifest, write_manifest
from nisba_service.linking.model import Outcome
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script

Row = Mapping[str, object]
_OTHERS = MappingProxyType({"mention": 0, "prefix": "", "source": "TAGGER", "antecedent": None})


@dataclass(frozen=True, slots=True)
class Article:
    """A document, of whose words mentions are made."""

    id: str
    text: str
    date: date | None = None

    def link(self, text: str, entity: str = "", *, name: str = "", **given: object) -> Row:
        """Return the row of a mention: linked to an entity, or NIL without one.

        Args:
            text: the mention, which must stand in the text.
            entity: the ID of the entity.
            name: the name that the entity is shown under; default: the mention.
            given: columns that differ from a plain mention.
        """
        start = self.text.index(text)
        linked = Outcome.LINKED if entity else Outcome.NIL
        return {
            **_OTHERS,
            **{"document_id": self.id, "date": self.date, "text": text, "name": text},
            **{"start": start, "end": start + len(text), "type": EntityType.PERSON.value},
            **{"language": "ar" if script_of(text) is Script.ARABIC else "en"},
            **{"outcome": linked.value, "entity_id": entity or None, "confidence": 0.9},
            **{"entity_name": (name or text) if entity else None},
            **{"matched_name": (name or text) if entity else None},
            **{"candidates": [candidate(entity, name or text)] if entity else []},
            **{"new_name_key": None if entity else f"person:{text}"},
            **given,
        }

    def ambiguous(self, text: str, *entities: str, **given: object) -> Row:
        """Return the row of a mention that may be any of several entities."""
        return {
            **self.link(text),
            "outcome": Outcome.AMBIGUOUS.value,
            "confidence": 0.5,
            "candidates": [candidate(entity, text) for entity in entities],
            "new_name_key": None,
            **given,
        }


def candidate(entity: str, name: str, score: float = 0.5) -> Row:
    """Return a candidate of a mention."""
    return {
        "entity_id": entity,
        "name": name,
        "type": EntityType.PERSON.value,
        "score": score,
        "matched_name": name,
    }


def links(*rows: Row) -> pa.Table:
    """Return rows as a table of links."""
    return pa.Table.from_pylist(list(rows), tables.LINKS)


@dataclass(frozen=True, slots=True)
class SmallArchive:
    """An archive in a folder, whose shards a test gives one by one."""

    layout: Layout

    @property
    def documents(self) -> Mapping[int, int]:
        """Return the number of documents of each shard; none before they are written."""
        manifest = read_manifest(self.layout.documents)
        return {} if manifest is None else {n: s.documents for n, s in manifest.shards.items()}

    @classmethod
    def of(cls, root: Path, *shards: Sequence[Article]) -> SmallArchive:
        """Write an archive that holds the documents."""
        made = cls(Layout(root))
        create(root)
        written = [
            pa.Table.from_pylist(
                [
                    {
                        **{"document_id": article.id, "text": article.text, "language": ""},
                        **{"date": article.date, "source": "news.jsonl", "row": row},
                    }
                    for row, article in enumerate(articles, 1)
                ],
                tables.DOCUMENTS,
            )
            for articles in shards
        ]
        made.write(made.layout.documents, written, tables.DOCUMENTS, Origin("documents"))
        return made

    def link(self, state: str, *shards: Sequence[Row], completed: str = "2026-01-01") -> None:
        """Write a state of links; `completed` empty: it is not complete."""
        origin = Origin("links", "model", "policy", _version(state), _revision(state))
        written = [links(*rows) for rows in shards]
        self.write(self.layout.links(state), written, tables.LINKS, origin, completed)

    def write(
        self,
        folder: Path,
        shards: Sequence[pa.Table],
        schema: pa.Schema,
        origin: Origin,
        completed: str = "2026-01-01",
    ) -> None:
        """Write a dataset; `completed` empty: it is not."""
        folder.mkdir(parents=True)
        made = {}
        for number, table in enumerate(shards):
            staged = tables.stage(folder / shard_name(number), table, schema)
            staged.path.rename(folder / shard_name(number))
            documents = self.documents.get(number, table.num_rows)
            made[number] = Shard(number, documents, staged.rows, staged.bytes, staged.sha256)
        manifest = Manifest(origin, made, bool(completed), "pyarrow", completed)
        write_manifest(folder, manifest)

    def delta(self, before: str, after: str, deltas: pa.Table) -> None:
        """Write down what a run that led from one state to another found."""
        path = self.layout.delta(before, after)
        path.parent.mkdir(exist_ok=True)
        durable.write(path, tables.encode(deltas, tables.DELTA))


def _revision(state: str) -> int:
    return int(state[1:]) if state.startswith("r") else 0


def _version(state: str) -> str:
    return state[1:] if state.startswith("v") else "0123456789abcdef"
