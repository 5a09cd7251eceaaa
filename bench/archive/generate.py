"""`python -m bench.archive.generate FOLDER`: articles, the truth about them, and the gazetteer.

articles.jsonl    id, text, language, date
truth.jsonl       id, and of each name: start, end, type, entity
gazetteer.jsonl   the bundled gazetteer, and the invented entities that curators know
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from bench.archive.articles import Article, Articles
from bench.archive.cast import Cast
from bench.archive.curated import line, records


def main(folder: Path, documents: int, seed: int) -> None:
    """Write everything."""
    cast = Cast.of(seed)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gazetteer.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(map(line, records(cast, seed)))
    write_articles(folder / "articles.jsonl", Articles(cast, seed).made(0, documents))
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(_truth(article) for article in Articles(cast, seed).made(0, documents))


def write_articles(path: Path, articles: Iterable[Article]) -> None:
    """Write articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_line(article) for article in articles)


def _line(article: Article) -> str:
    document = article.document
    return _json(
        {
            "id": document.id,
            "text": document.text,
            "language": document.language,
            "date": None if document.date is None else document.date.isoformat(),
        }
    )


def _truth(article: Article) -> str:
    names = [
        {"start": span.start, "end": span.end, "type": span.type, "entity": span.entity_id}
        for span in article.spans
    ]
    return _json({"id": article.document.id, "names": names})


def _json(value: dict[str, object]) -> str:
    return f"{json.dumps(value, ensure_ascii=False)}\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.archive.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    main(given.folder, given.documents, given.seed)
