from nisba_service.gazetteer.index_build import build
from training.names.mining import mine_pairs, short_pairs
from training.names.tasks import Question, ask, entities

NAMES = ["صالح العاروري", "صالح العريض", "سالم العوضي"]


def question(query: str) -> Question:
    found = ask(build(entities(NAMES)), query, frozenset([0]))
    assert found is not None
    return found


def test_a_query_is_paired_with_the_right_candidate_and_near_misses() -> None:
    found = {pair.other: pair.is_match for pair in mine_pairs([question("Saleh al-Arouri")])}
    assert found.pop("صالح العاروري") is True
    assert found
    assert not any(found.values())


def test_a_candidate_that_sounds_like_the_right_one_may_be_right() -> None:
    found = ask(build(entities(["العاروري", "العارورى"])), "Arouri", frozenset([0]))
    assert found is not None
    assert [pair.other for pair in mine_pairs([found])] == ["العاروري"]


def test_a_question_without_right_candidates_gives_no_pairs() -> None:
    found = ask(build(entities(NAMES)), "Saleh al-Arouri", frozenset())
    assert found is not None
    assert mine_pairs([found]) == []
    assert short_pairs([found]) == []
