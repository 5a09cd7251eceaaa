from __future__ import annotations

import threading

import pytest

import nisba
from nisba import (
    Client,
    ClientConfig,
    Document,
    Entity,
    EntityType,
    LinkedDocument,
    Mention,
    Name,
    Outcome,
    Provenance,
    RetryConfig,
    TaggedDocument,
    TaggedSpan,
)
from nisba.testing import Call, FakeNisba

ONCE = ClientConfig(retry=RetryConfig(max_attempts=1))
CAIRO = Entity("loc:cairo", EntityType.LOCATION, (Name("Cairo", "en"), Name("القاهرة", "ar")))


def _found(target: str, text: str) -> list[str]:
    with Client(target) as client:
        return [m.text for m in client.link(text).mentions]


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("CAIRO and Cairo's", ["CAIRO", "Cairo"]),
            ("Cairene Cairoans", []),
            ("في القاهرة والقاهرة وبالقاهرة", ["القاهرة"] * 3),
            ("القاهرةي ابالقاهرة", []),
            ("!", []),
        ],
    )
    def test_names_are_whole_words_but_for_arabic_particles(
        self, text: str, found: list[str]
    ) -> None:
        with FakeNisba([CAIRO]) as fake:
            assert _found(fake.target, text) == found

    def test_the_longest_name_wins(self, fake: FakeNisba) -> None:
        assert _found(fake.target, "Rami Hamdallah") == ["Rami Hamdallah"]
        assert _found(fake.target, "رامي الحمد الله") == ["رامي الحمد الله"]

    def test_a_fake_without_entities_finds_nothing(self) -> None:
        with FakeNisba() as fake:
            assert _found(fake.target, "Cairo القاهرة") == []

    @pytest.mark.parametrize(
        ("text", "language"), [("a", "en"), ("ع", "ar"), ("a ع", "mul"), ("3!", "und")]
    )
    def test_the_language_follows_the_letters(self, text: str, language: str) -> None:
        with FakeNisba() as fake, Client(fake.target) as client:
            assert client.link(text).language == language


class TestTagging:
    @pytest.mark.parametrize(
        ("text", "language", "tagged"),
        [
            ("Cairo and Cairo's", "en", ["Cairo", "Cairo"]),
            ("في القاهرة وبالقاهرة", "ar", ["القاهرة", "وبالقاهرة"]),
            ("Xyzz", "en", []),
        ],
    )
    def test_names_are_tagged_with_their_particles(
        self, text: str, language: str, tagged: list[str]
    ) -> None:
        with FakeNisba([CAIRO]) as fake, Client(fake.target) as client:
            [(_, outcome)] = client.stream_tags([Document(text, id="مقال")])
        assert isinstance(outcome, TaggedDocument)
        assert (outcome.id, outcome.language) == ("مقال", language)
        assert [text[span.start : span.end] for span in outcome.spans] == tagged
        assert {span.type for span in outcome.spans} <= {EntityType.LOCATION}
        assert outcome.provenance == Provenance(model_version="fake")

    def test_an_ordered_answer_gives_its_spans(self) -> None:
        mention = Mention(2, 6, "Xyzz", "Xyzz", EntityType.MISC, Outcome.NIL)
        with FakeNisba() as fake, Client(fake.target) as client:
            made_by = Provenance("g1", "m1", "p1")
            fake.add_text("! Xyzz", LinkedDocument("", "en", (mention,), made_by))
            fake.add_text("سيئ", nisba.InternalError("oops"))
            outcomes = {d.text: outcome for d, outcome in client.stream_tags(["! Xyzz", "سيئ"])}
        tagged = outcomes["! Xyzz"]
        assert isinstance(tagged, TaggedDocument)
        assert tagged.spans == (TaggedSpan(2, 6, EntityType.MISC),)
        assert tagged.provenance == Provenance(model_version="m1")
        assert isinstance(outcomes["سيئ"], nisba.InternalError)


class TestOrders:
    def test_another_name(self) -> None:
        with FakeNisba([CAIRO]) as fake:
            fake.add_name("أم الدنيا", "loc:cairo")
            assert _found(fake.target, "زار أم الدنيا") == ["أم الدنيا"]

    def test_a_name_of_nobody_is_refused(self) -> None:
        with FakeNisba() as fake, pytest.raises(ValueError, match="loc:cairo"):
            fake.add_name("Cairo", "loc:cairo")

    def test_a_whole_answer(self) -> None:
        mention = Mention(0, 4, "Xyzz", "Xyzz", EntityType.PERSON, Outcome.NIL)
        with FakeNisba() as fake, Client(fake.target) as client:
            fake.add_text("Xyzz spoke.", LinkedDocument("", "en", (mention,)))
            assert client.link("Xyzz spoke.", id="d7") == LinkedDocument("d7", "en", (mention,))
            assert client.link("Xyzz spoke?").mentions == ()

    def test_one_text_fails_alone(self) -> None:
        with FakeNisba() as fake, Client(fake.target) as client:
            fake.add_text("سيئ", nisba.InternalError("oops", request_id="r-1"))
            bad, good = client.link_batch(["سيئ", "جيد"])
            with pytest.raises(nisba.InternalError) as caught:
                client.link("سيئ")
        assert isinstance(good, LinkedDocument)
        assert isinstance(bad, nisba.InternalError)
        assert bad.request_id == caught.value.request_id == "r-1"

    def test_failing_a_few_times(self) -> None:
        with FakeNisba() as fake, Client(fake.target, config=ONCE) as client:
            fake.fail(nisba.Unavailable("restarting"), times=2)
            for _ in range(2):
                with pytest.raises(nisba.Unavailable, match="restarting"):
                    client.link("Cairo")
            client.link("القاهرة")

    def test_failing_until_it_recovers(self) -> None:
        with FakeNisba() as fake, Client(fake.target, config=ONCE) as client:
            fake.fail(nisba.Unauthenticated("who are you?"))
            for _ in range(3):
                with pytest.raises(nisba.Unauthenticated):
                    client.gazetteer()
            fake.recover()
            client.gazetteer()

    def test_any_error_of_ones_own_invention(self) -> None:
        with FakeNisba() as fake, Client(fake.target) as client:
            fake.fail(nisba.NisbaError("strange"))
            with pytest.raises(nisba.InternalError, match="strange"):
                client.link("Cairo")


class TestCalls:
    def test_what_was_asked_is_kept(self) -> None:
        with FakeNisba([CAIRO]) as fake, Client(fake.target) as client:
            client.link("Cairo", id="a")
            list(client.stream(["القاهرة"]))
            list(client.stream_tags(["القاهرة"]))
            client.resolve(["Cairo"])
            client.get_entity("loc:cairo")
            client.search("القا")
            assert fake.calls == (
                Call("link", documents=(Document("Cairo", "a"),)),
                Call("stream", documents=(Document("القاهرة"),)),
                Call("stream_tags", documents=(Document("القاهرة"),)),
                Call("resolve", names=("Cairo",)),
                Call("get_entity", entity_ids=("loc:cairo",)),
                Call("search", query="القا"),
            )

    def test_retries_are_calls_too(self) -> None:
        with FakeNisba() as fake, Client(fake.target) as client:
            fake.fail(nisba.Overloaded("busy", retry_after=0.01), times=2)
            client.link("Cairo")
            assert len(fake.calls) == 3


class TestLifecycle:
    def test_two_fakes_do_not_share_a_port(self) -> None:
        with FakeNisba() as one, FakeNisba() as other:
            assert one.target != other.target
            with pytest.raises(RuntimeError):
                FakeNisba(port=int(one.target.rpartition(":")[2]))

    def test_nothing_is_left_behind(self) -> None:
        before = threading.active_count()
        with FakeNisba([CAIRO]) as fake:
            _found(fake.target, "Cairo")
        fake.close()
        ours = [t for t in threading.enumerate() if t.name.startswith("fake-nisba")]
        assert ours == []
        assert threading.active_count() <= before + 1  # gRPC keeps one of its own for a while

    async def test_it_serves_asyncio(self) -> None:
        async with FakeNisba([CAIRO]) as fake, nisba.AsyncClient(fake.target) as client:
            assert (await client.link("في القاهرة")).entity_ids == {"loc:cairo"}

    def test_a_channel_prints_nothing(self, capfd: pytest.CaptureFixture[str]) -> None:
        with FakeNisba() as fake:
            _found(fake.target, "Cairo")
        lines = capfd.readouterr().err.splitlines()
        assert [line for line in lines if line.startswith(("E", "W"))] == []
