"""What curators do, through both clients, against the fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

import nisba
from nisba import (
    ClientConfig,
    Entity,
    EntityType,
    EntityView,
    FollowState,
    Name,
    NameKind,
    NameUse,
    NewName,
    Relation,
    RetryConfig,
)
from nisba.testing import Call, FakeNisba

SINWAR = Entity(
    id="per:yahya-sinwar",
    type=EntityType.PERSON,
    names=(
        Name("Yahya Sinwar", "en", NameKind.PRIMARY, evidence="official"),
        Name("يحيى السنوار", "ar", NameKind.PRIMARY, source="وكالة"),
        Name("رئيس الحركة", "ar", use=NameUse.NEEDS_CONTEXT, valid_from="2017", valid_to="2024"),
    ),
    relations=(Relation("leader_of", "org:hamas"),),
    not_names=("السنوار الصغير",),
    notes="يراجع",
    wikidata_source="صفحة",
    wikidata_confidence="high",
)


class TestEdits:
    def test_a_new_entity_is_linked_in_both_scripts(self, client: Any) -> None:
        edited = client.create_entity(SINWAR, reason="جديد")
        assert edited.entity == SINWAR
        assert edited.entity.etag
        assert (edited.revision.number, edited.revision.reason) == (2, "جديد")
        assert edited.revision.created_count == 1
        for text in ("Yahya Sinwar spoke.", "تحدث يحيى السنوار."):
            assert client.link(text).entity_ids == {"per:yahya-sinwar"}

    def test_an_entity_comes_back_as_it_was_written(self, client: Any) -> None:
        client.create_entity(SINWAR)
        assert client.get_entity("per:yahya-sinwar", view=EntityView.RECORD) == SINWAR
        full = client.get_entity("per:yahya-sinwar")
        assert (full.notes, full.etag, full.names[0].evidence) == ("", "", "")
        assert full.names[2].use is NameUse.NEEDS_CONTEXT

    def test_an_id_is_used_once(self, client: Any) -> None:
        client.create_entity(SINWAR)
        with pytest.raises(nisba.Conflict) as caught:
            client.create_entity(SINWAR)
        assert caught.value.reason == nisba.ErrorReason.ENTITY_EXISTS
        assert caught.value.entity_ids == ("per:yahya-sinwar",)

    def test_some_fields_change_and_the_others_stay(self, client: Any) -> None:
        changed = Entity("org:hamas", EntityType.ORGANIZATION, (), description="حركة", notes="ن")
        edited = client.update_entity(changed, fields=["description"])
        assert (edited.entity.description, edited.entity.notes) == ("حركة", "")
        assert len(edited.entity.names) == 2

    def test_a_field_that_is_named_and_empty_is_cleared(self, client: Any) -> None:
        gone = Entity("per:saleh-al-arouri", EntityType.PERSON, ())
        assert client.update_entity(gone, fields=["relations"]).entity.relations == ()

    def test_of_two_curators_the_second_is_told(self, client: Any) -> None:
        read = client.get_entity("org:hamas", view=EntityView.RECORD)
        first = client.update_entity(replace(read, notes="الأولى"))
        with pytest.raises(nisba.Conflict) as caught:
            client.update_entity(replace(read, notes="الثانية"))
        assert caught.value.reason == nisba.ErrorReason.ETAG_CONFLICT
        assert caught.value.etag == first.entity.etag

    def test_what_is_unknown_is_not_found(self, client: Any) -> None:
        with pytest.raises(nisba.NotFound):
            client.update_entity(replace(SINWAR, id="per:nobody"))
        with pytest.raises(nisba.NotFound):
            client.roll_back(9)

    def test_a_deleted_entity_is_linked_no_longer(self, client: Any) -> None:
        with pytest.raises(nisba.Conflict) as caught:
            client.delete_entity("org:hamas")
        assert caught.value.entity_ids == ("per:saleh-al-arouri",)
        revision = client.delete_entity("org:hamas", cascade=True, reason="خطأ")
        assert (revision.number, revision.deleted_count, revision.updated_count) == (2, 1, 1)
        assert client.link("حماس").entity_ids == frozenset()

    def test_a_merged_id_leads_to_the_other(self, client: Any) -> None:
        twin = Entity("per:twin", EntityType.PERSON, (Name("أبو محمد", "ar"),))
        client.create_entity(twin)
        edited = client.merge_entities(["per:twin"], into="per:saleh-al-arouri")
        assert edited.entity.id == "per:saleh-al-arouri"
        assert client.get_entity("per:twin").id == "per:saleh-al-arouri"
        assert client.link("أبو محمد").entity_ids == {"per:saleh-al-arouri"}

    def test_an_edit_can_be_checked_without_being_made(self, client: Any) -> None:
        assert client.create_entity(SINWAR, validate_only=True).revision.number == 0
        assert client.gazetteer().revision == 1

    def test_an_edit_is_never_sent_twice(self, connect: Callable[..., Any]) -> None:
        with FakeNisba() as fake:
            fake.fail(nisba.Unavailable("away"), times=1)
            with pytest.raises(nisba.Unavailable):
                connect(fake.target).create_entity(SINWAR)
            assert [call.method for call in fake.calls] == ["create_entity"]

    def test_what_was_asked_is_noted(self, client: Any, fake: FakeNisba) -> None:
        client.create_entity(SINWAR, reason="جديد")
        assert fake.calls == (
            Call("create_entity", entity_ids=("per:yahya-sinwar",), reason="جديد"),
        )

    @pytest.mark.parametrize(
        "entity",
        [
            replace(SINWAR, type=EntityType.UNKNOWN),
            replace(SINWAR, names=(Name("x", "en", NameKind.UNKNOWN),)),
            replace(SINWAR, notes="\ud800"),
        ],
    )
    def test_what_cannot_be_sent_is_refused_here(
        self, client: Any, fake: FakeNisba, entity: Entity
    ) -> None:
        with pytest.raises(nisba.InvalidRequest):
            client.create_entity(entity)
        assert fake.calls == ()


def people(count: int) -> Iterator[Entity]:
    for number in range(count):
        yield Entity(f"per:n{number}", EntityType.PERSON, (Name(f"شخص {number}", "ar"),))


class TestImport:
    def test_any_number_is_one_revision(self, client: Any) -> None:
        revision = client.import_entities(people(2_500), reason="قائمة")
        assert (revision.number, revision.created_count) == (2, 2_500)

    def test_what_is_there_is_replaced_or_refused(self, client: Any) -> None:
        hamas = Entity("org:hamas", EntityType.ORGANIZATION, (Name("حركة حماس", "ar"),))
        assert client.import_entities([hamas]).updated_count == 1
        with pytest.raises(nisba.Conflict):
            client.import_entities([hamas], create_only=True)

    def test_an_error_of_the_callers_own_is_that_error(self, client: Any) -> None:
        def broken() -> Iterator[Entity]:
            yield SINWAR
            raise OSError("القرص")

        with pytest.raises(OSError, match="القرص"):
            client.import_entities(broken())
        bad = replace(SINWAR, notes="\ud800")
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.import_entities([SINWAR, bad])
        assert caught.value.field == "entities[1]"
        assert client.gazetteer().revision == 1

    async def test_entities_may_come_asynchronously(self, fake: FakeNisba) -> None:
        async def slowly() -> Any:
            for entity in people(3):
                yield entity

        async with nisba.AsyncClient(fake.target) as client:
            assert (await client.import_entities(slowly())).created_count == 3


class TestRevisions:
    def test_they_are_listed_newest_first(self, client: Any) -> None:
        client.create_entity(SINWAR, reason="أول")
        client.delete_entity("per:rami-hamdallah", reason="ثان")
        revisions = list(client.list_revisions(page_size=2))
        assert [(r.number, r.reason) for r in revisions] == [(3, "ثان"), (2, "أول"), (1, "")]
        assert all(r.created_at is not None and r.created_at.tzinfo is UTC for r in revisions)
        of_one = client.list_revisions(entity_id="per:yahya-sinwar")
        assert [r.number for r in of_one] == [2]

    def test_two_differ_by_their_entities(self, client: Any) -> None:
        client.create_entity(SINWAR)
        [change] = client.diff_revisions(1)
        assert (change.entity_id, change.before, change.after) == (SINWAR.id, None, SINWAR)
        [back] = client.diff_revisions(2, to_revision=1)
        assert (back.before, back.after) == (SINWAR, None)

    def test_an_old_state_can_be_read_and_returned_to(self, client: Any) -> None:
        client.delete_entity("per:rami-hamdallah")
        assert client.get_entity("per:rami-hamdallah", revision=1).id == "per:rami-hamdallah"
        revision = client.roll_back(1, reason="عودة")
        assert (revision.number, revision.restored) == (3, 1)
        assert client.link("رامي الحمد الله").entity_ids == {"per:rami-hamdallah"}

    def test_the_gazetteer_says_which_is_served(self, client: Any) -> None:
        client.create_entity(SINWAR)
        served = client.gazetteer()
        assert (served.revision, served.newest_revision) == (2, 2)
        assert served.follow_state is FollowState.CURRENT


class TestWatch:
    def test_every_revision_comes_in_order(self, client: Any) -> None:
        watch = client.watch()
        assert next(watch).number == 1
        client.create_entity(SINWAR)
        client.delete_entity("per:rami-hamdallah")
        assert [next(watch).number for _ in range(2)] == [2, 3]
        watch.close()

    def test_it_begins_where_it_is_told_to(self, client: Any) -> None:
        client.create_entity(SINWAR)
        client.delete_entity("per:rami-hamdallah")
        watch = client.watch(after_revision=1)
        assert [next(watch).number for _ in range(2)] == [2, 3]
        watch.close()

    def test_it_outlives_the_service(self, connect: Callable[..., Any]) -> None:
        retry = RetryConfig(max_attempts=5, initial_backoff=0.05, max_backoff=0.2)
        with FakeNisba([SINWAR]) as first:
            port = int(first.target.rpartition(":")[2])
            client = connect(first.target, config=ClientConfig(retry=retry))
            watch = client.watch(timeout=30)
            assert next(watch).number == 1
        with FakeNisba([SINWAR], port=port) as second:
            other = connect(second.target)
            other.gazetteer()  # A read is tried again until the connection stands; an edit is not.
            other.delete_entity("per:yahya-sinwar")
            assert next(watch).number == 2
            watch.close()

    def test_it_gives_up_in_the_end(self, connect: Callable[..., Any]) -> None:
        retry = RetryConfig(initial_backoff=0.05, max_backoff=0.1)
        with FakeNisba([SINWAR]) as fake:
            watch = connect(fake.target, config=ClientConfig(retry=retry)).watch(timeout=0.5)
            next(watch)
        with pytest.raises(nisba.Unavailable):
            next(watch)

    def test_what_is_not_allowed_is_not_tried_again(
        self, connect: Callable[..., Any], fake: FakeNisba
    ) -> None:
        fake.fail(nisba.Unauthenticated("who?", reason="UNAUTHENTICATED"))
        with pytest.raises(nisba.Unauthenticated):
            next(connect(fake.target).watch(timeout=30))
        assert len(fake.calls) == 1


class TestReview:
    def test_a_preview_says_what_would_differ(self, client: Any) -> None:
        documents = ("Yahya Sinwar met Aruri.", "التقى يحيى السنوار العاروري.")
        preview = client.preview([nisba.CreateEntity(SINWAR)], documents=documents)
        for document in preview.documents:
            [change] = document.changes
            assert change.before is None
            assert change.after is not None
            assert change.after.entity_id == "per:yahya-sinwar"
            assert document.unchanged_count == 1
        assert [change.entity_id for change in preview.changes] == ["per:yahya-sinwar"]
        assert client.gazetteer().revision == 1

    def test_all_kinds_of_edits_can_be_previewed(self, client: Any) -> None:
        renamed = Entity("org:hamas", EntityType.ORGANIZATION, (Name("الحركة", "ar"),))
        preview = client.preview(
            [
                nisba.UpdateEntity(renamed, ["names"]),
                nisba.DeleteEntity("per:rami-hamdallah"),
                nisba.CreateEntity(SINWAR),
                nisba.MergeEntities([SINWAR.id], "per:saleh-al-arouri"),
            ],
            documents=["الحركة وحماس ورامي الحمد الله ويحيى السنوار"],
        )
        [document] = preview.documents
        after = {c.after.text: c.after.entity_id for c in document.changes if c.after is not None}
        assert after == {"الحركة": "org:hamas", "يحيى السنوار": "per:saleh-al-arouri"}
        before = {c.before.text for c in document.changes if c.before is not None}
        assert before == {"حماس", "رامي الحمد الله"}

    def test_a_document_that_cannot_be_linked_has_its_error(self, client: Any) -> None:
        preview = client.preview([nisba.DeleteEntity("per:rami-hamdallah")], documents=["", "غزة"])
        bad, good = preview.documents
        assert isinstance(bad.error, nisba.InvalidRequest)
        assert good.error is None

    def test_new_names_are_listed_most_often_met_first(self, client: Any, fake: FakeNisba) -> None:
        first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
        names = [
            NewName(f"person:{n}", EntityType.PERSON, (("طارق", n),), n, 1, first, last)
            for n in (1, 3, 2)
        ]
        for name in names:
            fake.add_new_name(name)
        listed = list(client.list_new_names(page_size=2))
        assert listed == sorted(names, key=lambda name: -name.mention_count)
        assert list(client.list_new_names(type=EntityType.LOCATION)) == []


def test_a_service_that_is_older_says_so(
    connect: Callable[..., Any], serve: Callable[..., str]
) -> None:
    with pytest.raises(nisba.Unsupported):
        connect(serve()).create_entity(SINWAR)
