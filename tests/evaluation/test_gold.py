from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nisba_service.errors import InvalidInput
from nisba_service.evaluation.gold import NIL, GoldMention, entity_ids, read
from nisba_service.names.types import EntityType, Language

MENTION = {"start": 0, "end": 4, "type": "LOCATION", "gold": "loc:gaza-strip"}
RECORD: dict[str, Any] = {"id": "d", "lang": "en", "text": "Gaza waits.", "mentions": [MENTION]}


def write(folder: Path, *lines: Any) -> Path:
    path = folder / "gold.jsonl"
    path.write_text(
        "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines),
        "utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("language", "text", "end"), [("en", "Gaza waits.", 4), ("ar", "غزة تنتظر.", 3)]
)
def test_a_line_is_a_document(tmp_path: Path, language: str, text: str, end: int) -> None:
    mention = MENTION | {"end": end, "also_ok": ["loc:gaza-city"], "tags": ["ambiguous"]}
    path = write(tmp_path, {"id": "d", "lang": language, "text": text, "mentions": [mention]})
    (document,) = read([path])
    assert (document.id, document.language, document.token_count) == ("d", Language(language), 2)
    (gold,) = document.mentions
    assert text[gold.start : gold.end] in {"Gaza", "غزة"}
    assert gold == GoldMention(
        0,
        end,
        EntityType.LOCATION,
        "loc:gaza-strip",
        frozenset({"loc:gaza-city"}),
        frozenset({"ambiguous"}),
    )


def test_a_document_may_have_a_date(tmp_path: Path) -> None:
    dated, undated = read([write(tmp_path, RECORD | {"date": "2011-02-11"}, RECORD)])
    assert (dated.date, undated.date) == (date(2011, 2, 11), None)


def test_empty_lines_are_skipped_and_files_follow_each_other(tmp_path: Path) -> None:
    path = write(tmp_path, RECORD, "", RECORD | {"id": "e"})
    assert [document.id for document in read([path, path])] == ["d", "e", "d", "e"]


def test_a_line_separator_in_a_text_does_not_end_the_line(tmp_path: Path) -> None:
    (document,) = read([write(tmp_path, RECORD | {"text": "Gaza\u2028waits."})])
    assert document.text == "Gaza\u2028waits."


def test_mentions_come_in_order_of_their_place(tmp_path: Path) -> None:
    mentions = [MENTION | {"start": 5, "end": 10}, MENTION]
    (document,) = read([write(tmp_path, RECORD | {"mentions": mentions})])
    assert [mention.start for mention in document.mentions] == [0, 5]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{", "must be one JSON object"),
        ("[]", "must be one JSON object"),
        (RECORD | {"id": 7}, 'must have "id"'),
        (RECORD | {"date": "11 February"}, '"date" must be a day as YYYY-MM-DD'),
        (RECORD | {"date": 2011}, '"date" must be a day as YYYY-MM-DD'),
        (RECORD | {"text": ""}, 'must have "text"'),
        (RECORD | {"lang": "fr"}, '"lang" must be one of en, ar'),
        (RECORD | {"lang": ["en"]}, '"lang" must be one of en, ar'),
        (RECORD | {"mentions": None}, 'must have "mentions"'),
        (RECORD | {"mentions": [3]}, "mentions[0]: must be an object"),
        (RECORD | {"mentions": [MENTION | {"end": 12}]}, "mentions[0]: must have 0 <= start < end"),
        (RECORD | {"mentions": [MENTION | {"end": 0}]}, "mentions[0]: must have 0 <= start < end"),
        (RECORD | {"mentions": [MENTION | {"start": True}]}, 'must have "start", a whole number'),
        (RECORD | {"mentions": [MENTION | {"type": "MISC"}]}, '"type" must be one of PERSON'),
        (RECORD | {"mentions": [MENTION | {"gold": ""}]}, 'must have "gold"'),
        (RECORD | {"mentions": [MENTION | {"tags": "nil"}]}, '"tags" must be a list of strings'),
        (RECORD | {"mentions": [MENTION, MENTION]}, "mentions[1]: repeats the span 0-4"),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_rule(
    tmp_path: Path, record: Any, said: str
) -> None:
    path = write(tmp_path, RECORD, record)
    with pytest.raises(InvalidInput) as raised:
        read([path])
    assert str(raised.value).startswith(f"{path}:2: ")
    assert said in str(raised.value)
    assert "Gaza waits" not in str(raised.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"no\.jsonl: cannot be read"):
        read([tmp_path / "no.jsonl"])
    path = tmp_path / "latin-1.jsonl"
    path.write_bytes(b'{"id":"\xe9"}')
    with pytest.raises(InvalidInput, match="must be UTF-8; it is not at byte 7"):
        read([path])


def test_who_is_accepted() -> None:
    gaza = GoldMention(0, 4, EntityType.LOCATION, "loc:gaza-strip", frozenset({"loc:gaza-city"}))
    assert gaza.accepts("loc:gaza-strip")
    assert gaza.accepts("loc:gaza-city")
    assert not gaza.accepts("loc:gaza-governorate")
    assert not gaza.accepts(NIL)
    assert GoldMention(0, 4, EntityType.PERSON, NIL).is_nil


def test_the_entities_that_gold_names(tmp_path: Path) -> None:
    mentions = [MENTION | {"also_ok": ["loc:gaza-city"]}, MENTION | {"end": 3, "gold": NIL}]
    documents = read([write(tmp_path, RECORD | {"mentions": mentions})])
    assert entity_ids(documents) == {"loc:gaza-strip", "loc:gaza-city"}
    assert entity_ids([]) == frozenset()
