"""A small archive: two languages, a tagger that needs no models, a gazetteer of four entities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nisba_service.archive.description import Archive, at_work, create
from nisba_service.archive.engines.base import Engine
from nisba_service.archive.engines.inline import InlineEngine
from nisba_service.archive.gazetteers import GazetteerSource, located
from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.limit import RejectLimit
from nisba_service.archive.linking_run import link
from nisba_service.archive.progress import Observer, Unwatched
from nisba_service.archive.relinking_run import Relinked, relink
from nisba_service.archive.tag_worker import ModelTagger, TagWorker
from nisba_service.archive.tagging_run import Summary, TaggingSetup, TakeIn, tag
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan

SHARD = 4
_NAMES = {
    Language.EN: re.compile(r"[A-Z][a-z]+(?:[ -](?:al-)?[A-Z][a-z]+)*"),
    Language.AR: re.compile(r"صالح العاروري|العاروري|إسماعيل هنية|هنية|بيروت|حماس"),
}
ENGLISH = "Saleh al-Arouri of Hamas spoke in Beirut. Arouri then met Ismail Haniyeh."
ARABIC = "تحدث صالح العاروري في بيروت ثم التقى العاروري إسماعيل هنية من حماس."
ENTITIES: tuple[dict[str, object], ...] = (
    {
        "id": "per:saleh-al-arouri",
        "type": "PERSON",
        "names": [
            {"name": "Saleh al-Arouri", "lang": "en", "kind": "primary"},
            {"name": "صالح العاروري", "lang": "ar", "kind": "primary"},
        ],
        "relations": [{"rel": "member_of", "target": "org:hamas"}],
    },
    {
        "id": "per:ismail-haniyeh",
        "type": "PERSON",
        "names": [{"name": "إسماعيل هنية", "lang": "ar", "kind": "primary"}],
    },
    {
        "id": "org:hamas",
        "type": "ORGANIZATION",
        "names": [{"name": "Hamas", "lang": "en", "kind": "primary"}],
    },
    {
        "id": "loc:beirut",
        "type": "LOCATION",
        "names": [
            {"name": "Beirut", "lang": "en", "kind": "primary"},
            {"name": "بيروت", "lang": "ar", "kind": "primary"},
        ],
    },
)


class QuickTagger:
    """Takes capitalised words for people, and a few Arabic names."""

    model_version = "0123456789abcdef"

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        return [
            [TaggedSpan(*m.span(), EntityType.PERSON) for m in _NAMES[language].finditer(text)]
            for text in texts
        ]


@dataclass(frozen=True, slots=True)
class QuickSetup:
    """What makes workers that tag without models."""

    model_version: str = QuickTagger.model_version

    def worker(self) -> TagWorker:
        return TagWorker(ModelTagger(QuickTagger()))


def articles(count: int, first: int = 0) -> list[dict[str, object]]:
    """Return articles in turn English and Arabic, of which no two are equal."""
    return [
        {"id": f"خبر-{n}", "text": f"{ARABIC} {n}", "date": "2023-05-01", "language": "ar"}
        if n % 2
        else {"id": f"news-{n}", "text": f"{ENGLISH} {n}", "date": f"2023-05-{1 + n % 28:02}"}
        for n in range(first, first + count)
    ]


def write_jsonl(path: Path, records: Iterable[object]) -> Path:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def write_gazetteer(path: Path, entities: Iterable[Mapping[str, object]] = ENTITIES) -> Path:
    return write_jsonl(path, entities)


def new_archive(root: Path, shard_documents: int = SHARD) -> Archive:
    return create(root, shard_documents)


def taken_in(
    archive: Archive,
    *inputs: Path | str,
    columns: Columns | None = None,
    limit: str = "100%",
    setup: TaggingSetup | None = None,
    engine: Engine | None = None,
) -> Summary:
    """Take inputs in and tag them, with the lock held."""
    wanted = TakeIn([str(one) for one in inputs], columns or Columns(), RejectLimit.parse(limit))
    with at_work(archive, "test"):
        return tag(archive, wanted, setup or QuickSetup(), engine or InlineEngine(), Unwatched())


def linked(
    archive: Archive,
    gazetteer: Path,
    engine: Engine | None = None,
    model: str | None = None,
    observer: Observer | None = None,
) -> Summary:
    """Link an archive to a file, with the lock held."""
    with at_work(archive, "test"):
        source = located(gazetteer, None, archive.layout)
        return link(archive, source, model, engine or InlineEngine(), observer or Unwatched())


def relinked(
    archive: Archive,
    before: Path,
    after: Path,
    engine: Engine | None = None,
    observer: Observer | None = None,
) -> Relinked:
    """Link an archive again, from one file to another, with the lock held."""
    with at_work(archive, "test"):
        one, other = (source_of(archive, path) for path in (before, after))
        return relink(archive, one, other, engine or InlineEngine(), observer or Unwatched())


def source_of(archive: Archive, gazetteer: Path) -> GazetteerSource:
    return located(gazetteer, None, archive.layout)


def contents(archive: Archive) -> dict[str, bytes]:
    """Return the shards and rejects of an archive by path: all but what tells the time."""
    root = archive.layout.root
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix in {".parquet", ".arrow", ".jsonl"}
    }


def rejects(archive: Archive) -> list[dict[str, object]]:
    """Return all rejects, in order of file."""
    files = sorted(archive.layout.rejects.glob("*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
