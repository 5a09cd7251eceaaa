"""What an edit would change, and which names the gazetteer lacks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import grpc
import pytest

from nisba.v1 import entity_pb2 as entity
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1 import linking_service_pb2 as linking
from nisba_service.gazetteer.store.store import Store
from nisba_service.names.types import EntityType, Language
from nisba_service.server import limits
from nisba_service.tagging.model import TaggedSpan
from tests.support.serving import RichError, Served, rich_error

ENGLISH = "Abu al-Walid and Rami Hamdallah met in Gaza."
ARABIC = "التقى أبو الوليد ورامي الحمد الله في غزة."
ALIAS = entity.Entity(id="per:saleh-al-arouri")
for _name in ("Abu al-Walid", "أبو الوليد"):
    ALIAS.names.add(name=_name)


async def failure(call: Any) -> RichError:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await call
    return rich_error(failed.value)


async def preview(served: Served, *edits: pb.Edit, texts: Sequence[str] = (ENGLISH, ARABIC)) -> Any:
    documents = [linking.Document(text=text, id=f"d{i}") for i, text in enumerate(texts)]
    request = pb.PreviewChangeRequest(edits=edits, documents=documents)
    return await served.gazetteer.PreviewChange(request)


class TestPreviewChange:
    async def test_a_new_alias_shows_mention_by_mention(self, stored: Served, store: Store) -> None:
        response = await preview(stored, pb.Edit(update=pb.EntityUpdate(entity=ALIAS)))
        for document, text in zip(response.documents, (ENGLISH, ARABIC), strict=True):
            [change] = document.changes
            assert not change.HasField("before")
            assert change.after.entity_id == "per:saleh-al-arouri"
            assert text[change.after.start : change.after.end] in {"Abu al-Walid", "أبو الوليد"}
            assert document.unchanged_count == 2
        assert [change.entity_id for change in response.changes] == ["per:saleh-al-arouri"]
        assert response.provenance.gazetteer_revision == 1
        assert store.head().number == 1

    async def test_what_an_entity_loses_shows_too(self, stored: Served) -> None:
        response = await preview(stored, pb.Edit(delete_id="per:rami-hamdallah"))
        for document in response.documents:
            lost = [c for c in document.changes if c.before.entity_id == "per:rami-hamdallah"]
            assert [change.HasField("after") for change in lost] == [False]
            assert document.unchanged_count

    async def test_edits_are_made_together(self, stored: Served) -> None:
        twin = entity.Entity(id="per:twin", type=entity.ENTITY_TYPE_PERSON)
        twin.names.add(name="أبو الوليد")
        merge = pb.EntityMerge(source_ids=["per:twin"], target_id="per:rami-hamdallah")
        response = await preview(stored, pb.Edit(create=twin), pb.Edit(merge=merge), texts=[ARABIC])
        [document] = response.documents
        [change] = document.changes
        assert change.after.entity_id == "per:rami-hamdallah"

    async def test_edits_that_change_too_much_are_refused(
        self, stored: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "PREVIEWED_CHANGES", 1)
        one, other = pb.Edit(delete_id="loc:gaza"), pb.Edit(update=pb.EntityUpdate(entity=ALIAS))
        assert len((await preview(stored, one, texts=["في غزة"])).changes) == 1
        error = await failure(preview(stored, one, other, texts=["في غزة"]))
        assert (error.reason, error.fields) == ("TOO_MANY_ITEMS", ["edits"])

    async def test_a_document_that_cannot_be_linked_fails_alone(self, stored: Served) -> None:
        edit = pb.Edit(delete_id="loc:gaza")
        response = await preview(stored, edit, texts=["哈马斯在加沙", "في غزة"])
        bad, good = response.documents
        assert bad.error.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
        assert (good.id, len(good.changes)) == ("d1", 1)

    @pytest.mark.parametrize(
        ("edit", "field"),
        [
            (pb.Edit(), "edits[0]"),
            (pb.Edit(create=entity.Entity(id="x")), "edits[0].create.type"),
            (pb.Edit(delete_id="غزة"), "edits[0].delete_id"),
            (pb.Edit(merge=pb.EntityMerge(target_id="org:hamas")), "edits[0].merge.source_ids"),
            (pb.Edit(update=pb.EntityUpdate()), "edits[0].update.entity"),
        ],
    )
    async def test_an_edit_that_could_not_be_made_is_named(
        self, stored: Served, edit: pb.Edit, field: str
    ) -> None:
        error = await failure(preview(stored, edit))
        assert field in error.fields

    async def test_a_preview_has_edits_and_documents(self, stored: Served) -> None:
        assert (await failure(preview(stored))).fields == ["edits"]
        edit = pb.Edit(delete_id="loc:gaza")
        assert (await failure(preview(stored, edit, texts=[]))).fields == ["documents"]

    async def test_linking_goes_on_meanwhile(self, stored: Served) -> None:
        request = linking.LinkTextRequest(document=linking.Document(text=ARABIC))
        edit = pb.Edit(update=pb.EntityUpdate(entity=ALIAS))
        _, answer = await asyncio.gather(preview(stored, edit), stored.linking.LinkText(request))
        assert [m.entity_id for m in answer.document.mentions] == ["per:rami-hamdallah", "loc:gaza"]


def tag(served: Served, *names: str) -> None:
    """Let the stand-in tagger find these names as those of people."""

    def find(texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        return [
            [
                TaggedSpan(text.index(name), text.index(name) + len(name), EntityType.PERSON)
                for name in names
                if name in text
            ]
            for text in texts
        ]

    served.tagger.find = find


class TestListNewNames:
    async def link(self, served: Served, text: str) -> None:
        request = linking.LinkTextRequest(document=linking.Document(text=text))
        await served.linking.LinkText(request)

    async def listed(self, served: Served, **request: Any) -> list[pb.NewName]:
        answer = await served.gazetteer.ListNewNames(pb.ListNewNamesRequest(**request))
        return list(answer.new_names)

    async def test_spellings_of_both_scripts_are_one_group(self, stored: Served) -> None:
        tag(stored, "Tarek Mansour", "Tareq Mansur", "طارق منصور", "Zaydan Marwani")
        for text in (
            "Tarek Mansour spoke.",
            "Tareq Mansur spoke.",
            "تحدث طارق منصور.",
            "حضر طارق منصور.",
            "Zaydan Marwani spoke.",
        ):
            await self.link(stored, text)
        tarek, zaydan = await self.listed(stored)
        most = tarek.spellings[0]
        assert (most.name, most.mention_count) == ("طارق منصور", 2)
        assert {s.name for s in tarek.spellings} >= {"Tarek Mansour", "Tareq Mansur"}
        assert (tarek.mention_count, tarek.document_count) == (4, 4)
        assert tarek.type == entity.ENTITY_TYPE_PERSON
        assert tarek.first_seen_time.ToDatetime() <= tarek.last_seen_time.ToDatetime()
        assert zaydan.mention_count == 1

    async def test_they_come_page_by_page_and_by_type(self, stored: Served) -> None:
        tag(stored, "Tarek Mansour", "Zaydan Marwani")
        await self.link(stored, "Tarek Mansour met Zaydan Marwani.")
        await self.link(stored, "Tarek Mansour spoke.")
        first = await stored.gazetteer.ListNewNames(pb.ListNewNamesRequest(page_size=1))
        assert first.new_names[0].mention_count == 2
        rest = await self.listed(stored, page_size=1, page_token=first.next_page_token)
        assert [name.mention_count for name in rest] == [1]
        assert await self.listed(stored, type=entity.ENTITY_TYPE_LOCATION) == []

    async def test_a_name_that_the_gazetteer_has_by_now_is_gone(self, stored: Served) -> None:
        tag(stored, "طارق منصور")
        await self.link(stored, "تحدث طارق منصور.")
        assert len(await self.listed(stored)) == 1
        made = entity.Entity(id="per:tarek", type=entity.ENTITY_TYPE_PERSON)
        made.names.add(name="Tarek Mansour")
        await stored.gazetteer.CreateEntity(pb.CreateEntityRequest(entity=made))
        assert await self.listed(stored) == []
