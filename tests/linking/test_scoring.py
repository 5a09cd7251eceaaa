"""Candidates of a name, with their features: what is measured, in both languages."""

from __future__ import annotations

import datetime

import pytest

from nisba_service.linking.antecedents import Bond
from nisba_service.linking.features import NO_CONTEXT, OF_TEXT, Antecedent, Context
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.knowledge import GazetteerKnowledge
from nisba_service.linking.model import Candidate
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY
from nisba_service.linking.scoring import Scorer
from nisba_service.names.types import EntityType
from tests.linking.world import ORGANIZATION, PERSON, PLACE, WORLD

MAHMOUD, MANSOUR, ZAKI = "per:mahmoud-abbas", "per:mansour-abbas", "per:abbas-zaki"


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(GazetteerKnowledge(Parts.of(WORLD), POLICY), POLICY)


def scored(
    scorer: Scorer, name: str, context: Context = NO_CONTEXT, type: EntityType | None = PERSON
) -> dict[str, Candidate]:
    """Return the candidates of a name that a tagger has found, by ID, best first."""
    group = NameGroup(name, type, NameGroup.alone(name, type).language, (0,))
    found = scorer.score(group, scorer.retrieve(group), context)
    return {candidate.entity_id: candidate for candidate in found}


def features(candidate: Candidate) -> dict[str, float]:
    return {feature.name: feature.value for feature in candidate.features}


def known(entity_id: str | None, bond: Bond = Bond.FAMILY) -> Antecedent:
    return Antecedent(entity_id, bond)


@pytest.mark.parametrize("name", ["Rami Hamdallah", "رامي الحمد الله"])
def test_a_name_as_it_is_stored(scorer: Scorer, name: str) -> None:
    best = scored(scorer, name)["per:rami-hamdallah"]
    assert features(best) == {"base": 1.0, "name": 6.0, "exact": 1.0}
    assert best.score > 0.95


def test_the_score_is_the_sum_of_its_features(scorer: Scorer) -> None:
    for candidate in scored(scorer, "Abbas").values():
        total = sum(feature.value * feature.weight for feature in candidate.features)
        assert candidate.score == pytest.approx(1 / (1 + 2.718281828459045**-total))


@pytest.mark.parametrize("name", ["Abbas", "عباس"])
def test_part_of_a_name_is_less_than_all_of_it(scorer: Scorer, name: str) -> None:
    one = features(scored(scorer, name)[MANSOUR])
    assert (one["one_part"], one["shared_part"]) == (1.0, 1.0)


@pytest.mark.parametrize("name", ["Rami Hamdallah al-Masri", "رامي الحمد الله المصري"])
def test_another_family_name_counts_against(scorer: Scorer, name: str) -> None:
    assert features(scored(scorer, name)["per:rami-hamdallah"])["last_differs"] == 1.0
    longer = scored(scorer, "Mahmoud Rida Abbas")[MAHMOUD]
    assert "last_differs" not in features(longer)


@pytest.mark.parametrize(
    ("name", "id"), [("East Libya", "loc:libya"), ("لبنان الشمالي", "loc:lebanon")]
)
def test_another_word_counts_against_a_place(scorer: Scorer, name: str, id: str) -> None:
    assert features(scored(scorer, name, type=PLACE)[id])["extra_part"] == 1.0
    assert "extra_part" not in features(scored(scorer, "Lebanon", type=PLACE)["loc:lebanon"])


def test_a_place_that_is_spelt_otherwise_is_most_often_another(scorer: Scorer) -> None:
    near = scored(scorer, "Jordana", type=PLACE)["loc:jordan"]
    assert (features(near)["inexact_part"], features(near)["inexact_place"]) == (1.0, 1.0)
    exact = features(scored(scorer, "Jordan", type=PLACE)["loc:jordan"])
    assert "inexact_part" not in exact


def test_another_type_counts_against_if_the_tagger_says_so(scorer: Scorer) -> None:
    assert features(scored(scorer, "Fatah")["org:fatah"])["type_differs"] == 1.0
    for type in (ORGANIZATION, None):
        assert "type_differs" not in features(scored(scorer, "فتح", type=type)["org:fatah"])


def test_an_antecedent_has_the_name_of_its_longer_form(scorer: Scorer) -> None:
    context = Context({}, (known(MANSOUR),))
    found = scored(scorer, "Abbas", context)
    his = features(found[MANSOUR])
    assert (his["name"], his["exact"]) == (6.0, 1.0)
    assert "shared_part" not in his
    assert features(found[MAHMOUD])["rival_antecedent"] == 1.0


def test_a_given_name_says_less(scorer: Scorer) -> None:
    context = Context({}, (known(ZAKI, Bond.GIVEN),))
    found = scored(scorer, "عباس", context)
    assert features(found[MAHMOUD])["rival_given"] == 1.0
    assert "rival_antecedent" not in features(found[MAHMOUD])


def test_another_name_of_the_same_entity_speaks_against_namesakes(scorer: Scorer) -> None:
    found = scored(scorer, "Abbas", Context({}, (known(MAHMOUD, Bond.SAME),)))
    assert features(found[MANSOUR])["rival_same"] == 1.0
    assert "rival_same" not in features(found[MAHMOUD])


def test_a_strangers_longer_name_speaks_against_all(scorer: Scorer) -> None:
    found = scored(scorer, "المصري", Context({}, (known(None),)))
    assert features(found["per:mushir-al-masri"])["unknown_antecedent"] == 1.0
    nearer = Context({}, (known(None), known(MANSOUR)))
    assert features(scored(scorer, "Abbas", nearer)[MANSOUR])["unknown_nearer"] == 1.0
    farther = Context({}, (known(MANSOUR), known(None)))
    assert "unknown_nearer" not in features(scored(scorer, "Abbas", farther)[MANSOUR])


def test_of_several_antecedents_the_nearest_the_established_and_the_commonest(
    scorer: Scorer,
) -> None:
    context = Context(
        {},
        (known(MANSOUR), known(MAHMOUD)),
        established=MAHMOUD,
        salience={MAHMOUD: 1.0, MANSOUR: 0.5},
    )
    found = scored(scorer, "Abbas", context)
    assert features(found[MANSOUR])["nearest_antecedent"] == 1.0
    assert features(found[MANSOUR])["salience"] == pytest.approx(-0.693, abs=1e-3)
    assert features(found[MAHMOUD])["established"] == 1.0


@pytest.mark.parametrize("name", ["Tripoli", "طرابلس"])
def test_countries_beside_and_around(scorer: Scorer, name: str) -> None:
    libya = frozenset({"loc:libya"})
    context = Context({}, beside=libya, around=libya, of_others={"loc:libya": 0.5})
    found = scored(scorer, name, context, PLACE)
    its = features(found["loc:tripoli-libya"])
    assert (its["country_beside"], its["country_named"], its["country_of_others"]) == (1, 1, 0.5)
    other = features(found["loc:tripoli-lebanon"])
    assert not {"country_beside", "country_named", "country_of_others"} & other.keys()


def test_an_office_beside(scorer: Scorer) -> None:
    context = Context({}, beside=frozenset({"president"}))
    found = scored(scorer, "Aoun", context)
    assert features(found["per:michel-aoun"])["office_beside"] == 1.0
    assert "office_beside" not in features(found["per:joseph-aoun"])


def test_the_years_that_a_text_tells(scorer: Scorer) -> None:
    saudi, jordan = "per:abdullah-of-saudi-arabia", "per:abdullah-of-jordan"
    found = scored(scorer, "King Abdullah", Context({}, latest_year=2020))
    assert features(found[saudi])["other_years"] == 0.5
    assert "other_years" not in features(found[jordan])
    within = scored(scorer, "الملك عبد الله", Context({}, latest_year=2016))
    assert "other_years" not in features(within[saudi])


def test_relations_count_as_far_as_the_name_agrees(scorer: Scorer) -> None:
    found = scored(scorer, "Abbas", Context({MAHMOUD: 2.0}))
    assert features(found[MAHMOUD])["related"] == pytest.approx(2.0, abs=0.01)
    assert "related" not in features(found[MANSOUR])


def test_a_whole_counts_more_than_its_part(scorer: Scorer) -> None:
    found = scored(scorer, "تونس", type=PLACE)
    assert features(found["loc:tunisia"])["holds_namesake"] == 1.0
    assert "holds_namesake" not in features(found["loc:tunis"])


def test_a_certain_type_leaves_no_other(scorer: Scorer) -> None:
    assert scorer.retrieve(NameGroup.alone("Fatah", PERSON)) == ()
    (match,) = scorer.retrieve(NameGroup.alone("Fatah", ORGANIZATION))[:1]
    assert match.entity_id == "org:fatah"


def test_what_tells_namesakes_apart(scorer: Scorer) -> None:
    def countries(name: str) -> frozenset[str]:
        return scorer.countries_apart(scorer.retrieve(NameGroup.alone(name, None)))

    assert countries("طرابلس") == {"loc:lebanon", "loc:libya"}
    assert countries("Lebanon") == frozenset()
    assert countries("تونس") == frozenset()


def test_what_agrees_hardly_at_all_is_no_candidate(scorer: Scorer) -> None:
    for name in ("Rami Hamdallah", "رامي الحمد الله", "Hamdallah", "المصري"):
        found = scorer.retrieve(NameGroup.alone(name, None))
        assert found[0].probability > 0.9
        assert all(match.probability >= POLICY.retrieved_at for match in found)
    assert scorer.retrieve(NameGroup.alone("Hamdan", None)) == ()
    assert scorer.retrieve(NameGroup.alone("حمدان", None)) == ()


CONTEXTS = (
    NO_CONTEXT,
    Context({MANSOUR: 2.0}),
    Context({MAHMOUD: 1.0}, established=MAHMOUD, beside=frozenset({"loc:israel", "president"})),
    Context({}, around=frozenset({"loc:israel"}), of_others={"loc:israel": 0.5}),
    Context({}, date=datetime.date(1950, 1, 1), latest_year=1950),
)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("name", ["Abbas", "عباس", "Rami Hamdallah", "رامي الحمد الله"])
def test_what_is_kept_of_a_name_scores_in_a_text_as_if_measured_anew(
    scorer: Scorer, name: str, context: Context
) -> None:
    group = NameGroup(name, PERSON, NameGroup.alone(name, PERSON).language, (0,))
    matches = scorer.retrieve(group)
    kept = scorer.bearers(group, matches)
    assert scorer.score_bearers(kept, context) == scorer.score(group, matches, context)


def test_what_is_kept_of_a_name_is_of_no_use_where_another_name_says_whom_it_denotes(
    scorer: Scorer,
) -> None:
    group = NameGroup.alone("Abbas", PERSON)
    kept = scorer.bearers(group, scorer.retrieve(group))
    with pytest.raises(AssertionError):
        scorer.score_bearers(kept, Context({}, antecedents=(known(MAHMOUD),)))


def test_features_of_a_text_are_nothing_without_one(scorer: Scorer) -> None:
    for name in ("Abbas", "عباس"):
        for candidate in scored(scorer, name).values():
            assert OF_TEXT.isdisjoint(features(candidate))
