"""What must hold for the golden documents of every language, whoever adds to them."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.names.types import EntityType, Language

GOLDEN = Path(__file__).parent
SEEDS = GOLDEN.parents[1] / "seeds"
FILES = sorted(GOLDEN.glob("*/*.jsonl"))

NIL = "NIL"
DOCUMENT_KEYS = {"id", "lang", "text", "mentions"}
MENTION_KEYS = {"start", "end", "type", "gold", "also_ok", "tags"}
TAGS = {
    "acronym",
    "ambiguous",
    "cross-script",
    "demonym-trap",
    "diacritics",
    "headline",
    "kunya",
    "nested",
    "nil",
    "nil-namesake",
    "ordinary-word",
    "orthographic",
    "proclitic",
    "quoted",
    "short-name",
    "title",
    "undecidable",
    "unseen",
}
# What the development set of each language must have enough of to be worth tuning on.
MIN_DOCUMENTS = 24
MIN_MENTIONS = 450
MIN_PER_TAG = {"short-name": 40, "ambiguous": 20, "unseen": 25, "nil": 40, "kunya": 5}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A span of a document and who is meant; `where` says which, for messages."""

    where: str
    start: int
    end: int
    text: str
    type: EntityType
    gold: str
    also_ok: tuple[str, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One line of a golden file."""

    id: str
    language: Language
    text: str
    mentions: tuple[GoldMention, ...]


def read(path: Path) -> list[GoldDocument]:
    return [document(line) for line in path.read_text(encoding="utf-8").splitlines()]


def document(line: str) -> GoldDocument:
    raw = json.loads(line)
    assert set(raw) == DOCUMENT_KEYS
    mentions = []
    for number, item in enumerate(raw["mentions"]):
        assert set(item) == MENTION_KEYS, f"{raw['id']}: mention {number}"
        mentions.append(
            GoldMention(
                where=f"{raw['id']}: mention {number}",
                start=item["start"],
                end=item["end"],
                text=raw["text"][item["start"] : item["end"]],
                type=EntityType(item["type"]),
                gold=item["gold"],
                also_ok=tuple(item["also_ok"]),
                tags=frozenset(item["tags"]),
            )
        )
    return GoldDocument(raw["id"], Language(raw["lang"]), raw["text"], tuple(mentions))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load(SEEDS / "gazetteer")


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def documents(request: pytest.FixtureRequest) -> list[GoldDocument]:
    return read(request.param)


@pytest.fixture
def mentions(documents: list[GoldDocument]) -> list[GoldMention]:
    return [mention for document in documents for mention in document.mentions]


def test_documents_have_ids_of_their_own_within_a_file(documents: list[GoldDocument]) -> None:
    repeated = [id for id, count in Counter(d.id for d in documents).items() if count > 1]
    assert repeated == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_documents_are_in_the_language_of_their_folder(path: Path) -> None:
    assert {d.language for d in read(path)} == {Language(path.parent.name)}


@pytest.mark.parametrize("language", Language)
def test_sample_articles_are_annotated_as_they_stand(language: Language) -> None:
    annotated = {d.id: d.text.rstrip("\n") for d in read(GOLDEN / language / "articles.jsonl")}
    suffix = f".{language}.txt"
    written = {
        path.name.removesuffix(suffix): path.read_text(encoding="utf-8").rstrip("\n")
        for path in (SEEDS / "articles").glob(f"*{suffix}")
    }
    assert annotated == written


def test_spans_are_in_range_in_order_and_apart(documents: list[GoldDocument]) -> None:
    for doc in documents:
        assert all(0 <= m.start < m.end <= len(doc.text) for m in doc.mentions), doc.id
        assert all(a.end <= b.start for a, b in pairwise(doc.mentions)), doc.id


def test_spans_begin_and_end_with_the_name(mentions: list[GoldMention]) -> None:
    assert [m.where for m in mentions if not is_tight(m.text)] == []


def test_spans_begin_and_end_where_a_word_does(documents: list[GoldDocument]) -> None:
    cut = [
        m.where
        for doc in documents
        for m in doc.mentions
        if "proclitic" not in m.tags and cuts_word(doc.text, m)
    ]
    assert cut == []


def test_gold_is_an_entity_of_the_same_type_or_nil(
    mentions: list[GoldMention], gazetteer: Gazetteer
) -> None:
    for mention in mentions:
        named = [*mention.also_ok, *([] if mention.gold == NIL else [mention.gold])]
        for entity_id in named:
            assert gazetteer.entities[entity_id].type is mention.type, mention.where
        assert mention.gold not in mention.also_ok, mention.where


def test_tags_are_known(mentions: list[GoldMention]) -> None:
    assert {tag for m in mentions for tag in m.tags} <= TAGS


def test_tags_agree_with_gold(mentions: list[GoldMention]) -> None:
    for mention in mentions:
        assert ("nil" in mention.tags) == (mention.gold == NIL), mention.where
        if "nil-namesake" in mention.tags:
            assert mention.gold == NIL, mention.where
        if "undecidable" in mention.tags:
            assert mention.also_ok, mention.where
            assert "ambiguous" in mention.tags, mention.where


@pytest.mark.parametrize("language", Language)
def test_development_set_is_large_and_hard_enough(language: Language) -> None:
    documents = read(GOLDEN / language / "dev.jsonl")
    mentions = [m for d in documents for m in d.mentions]
    tags = Counter(tag for m in mentions for tag in m.tags)
    assert len(documents) >= MIN_DOCUMENTS
    assert len(mentions) >= MIN_MENTIONS
    assert {tag: n for tag, n in MIN_PER_TAG.items() if tags[tag] < n} == {}


@pytest.mark.parametrize("text", ["Abbas", "U.S.", "B'Tselem", "Ze'evi", "حماس", "مُحَمَّد"])
def test_tight_spans(text: str) -> None:
    assert is_tight(text)


@pytest.mark.parametrize("text", [" Abbas", "Abbas.", "Abbas's", "“Abbas", "حماس،", "«حماس"])
def test_spans_that_are_not_tight(text: str) -> None:
    assert not is_tight(text)


def is_tight(text: str) -> bool:
    """Whether a span holds the name only: no space, punctuation or possessive at its edges."""
    if text.endswith(("'s", "’s")):
        return False
    initials = text.endswith(".") and text.count(".") == len(text) // 2  # "U.S."
    return is_letter(text[0]) and (is_letter(text[-1]) or initials)


def cuts_word(text: str, mention: GoldMention) -> bool:
    """Whether a letter stands directly before or after the span."""
    before, after = text[: mention.start][-1:], text[mention.end :][:1]
    return any(is_letter(character) for character in before + after)


def is_letter(character: str) -> bool:
    """Whether a word may begin or end with it: letters, marks on letters and digits."""
    return unicodedata.category(character)[0] in "LMN"
