"""The mentions of an entity, under all its IDs, and what of the files is read for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pyarrow.parquet as pq
import pytest

from nisba_service.archive.mentions import Asked, EntityMention, ids_of, is_linked, mentions
from nisba_service.archive.reading import Reader
from nisba_service.archive.texts import Texts
from nisba_service.errors import ArchiveDamaged
from nisba_service.gazetteer.model import Gazetteer
from tests.support.archives import Article, SmallArchive

AROURI, OLD_ID, HAMDALLAH = "per:saleh-al-arouri", "per:abu-muhammad", "per:rami-hamdallah"
EN = Article("en-1", "Saleh al-Arouri met Hamdallah.", date(2023, 5, 2))
AR = Article("ar-1", "قال أبو محمد العاروري إن الحمد الله وصل.", date(2024, 1, 2))
UNDATED = Article("en-2", "Arouri was killed in Beirut.")
OTHER = Article("en-3", "Hamdallah resigned.", date(2019, 1, 29))


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    made = SmallArchive.of(tmp_path / "archive", [EN, AR], [UNDATED], [OTHER])
    made.link(
        "r000001",
        [
            EN.link("Saleh al-Arouri", AROURI, confidence=0.99),
            EN.link("Hamdallah", HAMDALLAH),
            AR.link("أبو محمد العاروري", OLD_ID, name="صالح العاروري"),
            AR.ambiguous("الحمد الله", HAMDALLAH, AROURI),
        ],
        [UNDATED.link("Arouri", AROURI)],
        [OTHER.link("Hamdallah", HAMDALLAH)],
    )
    return made


def found(archive: SmallArchive, asked: Asked) -> list[EntityMention]:
    state = Reader.open(archive.layout.root).state("1")
    return list(mentions(state, Texts(archive.layout.documents), asked))


def test_all_mentions_in_both_languages_with_the_text_around_them(archive: SmallArchive) -> None:
    first, second, third = found(archive, Asked([AROURI, OLD_ID]))
    assert (first.document_id, first.date, first.confidence) == ("en-1", date(2023, 5, 2), 0.99)
    assert (first.context.mention, first.context.after) == ("Saleh al-Arouri", " met Hamdallah.")
    assert (second.entity_id, second.entity_name) == (OLD_ID, "صالح العاروري")
    assert (second.context.before, second.context.mention) == ("قال ", "أبو محمد العاروري")
    assert (third.document_id, third.date) == ("en-2", None)


def test_names_that_may_be_the_entity_are_not_its_mentions(archive: SmallArchive) -> None:
    assert [m.document_id for m in found(archive, Asked([HAMDALLAH]))] == ["en-1", "en-3"]


@pytest.mark.parametrize(
    ("first", "last", "documents"),
    [
        (date(2023, 5, 2), None, ["en-1", "ar-1"]),
        (date(2023, 5, 3), None, ["ar-1"]),
        (None, date(2023, 5, 2), ["en-1"]),
        (date(2023, 5, 2), date(2024, 1, 2), ["en-1", "ar-1"]),
        (date(2024, 1, 3), date(2025, 1, 1), []),
        (None, None, ["en-1", "ar-1", "en-2"]),
    ],
)
def test_days_have_both_ends_in_them_and_leave_out_the_undated(
    archive: SmallArchive, first: date | None, last: date | None, documents: list[str]
) -> None:
    asked = Asked([AROURI, OLD_ID], first, last)
    assert [mention.document_id for mention in found(archive, asked)] == documents


def test_shards_without_the_entity_are_read_no_further(archive: SmallArchive) -> None:
    path = archive.layout.links("r000001") / "part-00002.parquet"
    _spoil(path, column="confidence")
    assert len(found(archive, Asked([AROURI]))) == 2
    with pytest.raises(ArchiveDamaged):
        found(archive, Asked([HAMDALLAH]))


def test_shards_of_other_years_are_not_read_at_all(archive: SmallArchive) -> None:
    path = archive.layout.links("r000001") / "part-00002.parquet"
    _spoil(path, column="entity_id")
    assert len(found(archive, Asked([HAMDALLAH], first=date(2020, 1, 1)))) == 1
    with pytest.raises(ArchiveDamaged):
        found(archive, Asked([HAMDALLAH], first=date(2019, 1, 1)))


def test_whether_an_entity_is_linked_at_all(archive: SmallArchive) -> None:
    state = Reader.open(archive.layout.root).state("1")
    assert is_linked(state, [OLD_ID])
    assert not is_linked(state, ["per:nobody"])


def test_merged_ids_lead_to_one_another() -> None:
    redirects = {OLD_ID: AROURI, "per:arouri-2": AROURI, "per:h": HAMDALLAH}
    gazetteer = Gazetteer(MappingProxyType({}), "", MappingProxyType(redirects))
    for asked in (AROURI, OLD_ID, "per:arouri-2"):
        assert ids_of(asked, gazetteer) == {AROURI, OLD_ID, "per:arouri-2"}
    assert ids_of("per:nobody", gazetteer) == {"per:nobody"}


def _spoil(path: Path, column: str) -> None:
    """Overwrite the pages of a column: whoever reads them fails."""
    group = pq.read_metadata(path).row_group(0)
    columns = (group.column(n) for n in range(group.num_columns))
    spoilt = next(c for c in columns if c.path_in_schema == column)
    content = bytearray(path.read_bytes())
    begin = spoilt.dictionary_page_offset or spoilt.data_page_offset
    content[begin : begin + spoilt.total_compressed_size] = bytes(spoilt.total_compressed_size)
    path.write_bytes(content)
