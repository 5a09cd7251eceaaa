from __future__ import annotations

from nisba_service.tagging.cutting import MAX_TOKEN, RuleCutter, Sentence
from nisba_service.tagging.particles import Particles

PARTICLES = Particles(["قال", "السلطة", "القاهرة", "في"])


def test_each_text_has_its_sentences_with_their_own_offsets() -> None:
    (first, second), (other,) = RuleCutter(None).sentences(["He left. She did.", "No, said Abbas."])
    assert first == Sentence(["He", "left", "."], ((0, 2), (3, 7), (7, 8)))
    assert second == Sentence(["She", "did", "."], ((9, 12), (13, 16), (16, 17)))
    assert other.words == ["No", ",", "said", "Abbas", "."]
    assert other.spans[0] == (0, 2)


def test_particles_are_seen_apart_where_the_models_want_it() -> None:
    text = "وقال للسلطة."
    ((whole,),) = RuleCutter(None).sentences([text])
    assert whole.words == ["وقال", "للسلطة", "."]
    ((apart,),) = RuleCutter(PARTICLES).sentences([text])
    assert apart.words == ["و", "قال", "ل", "السلطة", "."]
    assert apart.spans == ((0, 0), (0, 4), (5, 5), (5, 11), (11, 12))


def test_a_text_of_nothing_has_no_sentence() -> None:
    assert RuleCutter(None).sentences(["", " \n"]) == [[], []]


def test_words_keep_their_numbers() -> None:
    sentence = RuleCutter(PARTICLES).of_words(["وقال", "عباس"])
    assert sentence == Sentence(["و", "قال", "عباس"], ((0, 0), (0, 1), (1, 2)))


def test_of_a_long_token_the_tagger_sees_the_start_and_the_span_is_all_of_it() -> None:
    ((sentence,),) = RuleCutter(None).sentences(["a" * 100 + " ا"])
    assert sentence == Sentence(["a" * MAX_TOKEN, "ا"], ((0, 100), (101, 102)))
