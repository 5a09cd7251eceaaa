"""The policy page: every feature has one weight and a reason, and versions tell policies apart."""

from __future__ import annotations

from dataclasses import replace

from nisba_service.linking.features import FEATURES
from nisba_service.linking.policy import POLICY, FeatureName, Weight


def test_every_feature_is_measured_and_weighted_once_in_the_same_order() -> None:
    declared = list(FeatureName)
    assert [name for name, _ in FEATURES] == declared
    assert [weight.feature for weight in POLICY.weights] == declared


def test_every_weight_has_a_reason_and_none_is_nothing() -> None:
    assert all(len(weight.because) > 20 and weight.weight for weight in POLICY.weights)


def test_signs_are_what_the_reasons_say() -> None:
    for_it = ("NAME", "EXACT", "RELATED", "COUNTRY_BESIDE", "OFFICE_BESIDE", "COUNTRY_NAMED")
    against = ("TYPE_DIFFERS", "SHARED_PART", "UNKNOWN_ANTECEDENT", "RIVAL_ANTECEDENT")
    assert all(POLICY.weight(FeatureName[name]) > 0 for name in for_it)
    assert all(POLICY.weight(FeatureName[name]) < 0 for name in against)


def test_equal_policies_have_equal_versions_and_others_have_others() -> None:
    assert replace(POLICY).version == POLICY.version
    assert replace(POLICY, clear_at=0.9).version != POLICY.version
    lighter = (Weight(FeatureName.BASE, -0.1, "another"), *POLICY.weights[1:])
    assert replace(POLICY, weights=lighter).version != POLICY.version
