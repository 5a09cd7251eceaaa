"""Print the weights that make the development data most probable.

    python -m training.linking tests/golden/en/dev.jsonl tests/golden/ar/dev.jsonl

The candidates of a mention and "nobody" share one unit of belief in proportion to their odds (see
`linking.decide`). That is a conditional logit with an outside option, so the weights that make the
gold answers most probable are found by Newton's method. What a candidate's features are depends on
decisions about other names, and so on the weights: each round starts from those of the one before.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nisba_service.evaluation import gold
from nisba_service.evaluation.gold import GoldDocument, GoldMention
from nisba_service.gazetteer.load import load
from nisba_service.linking.linker import Linker
from nisba_service.linking.model import Link, LinkedDocument
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.server.reading import load_tagger
from nisba_service.settings import Settings
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document
from training.linking.logit import Choice, fit, log_likelihood

# Where the text itself does not say who is meant, gold is what the writer knew, not what can be.
LEFT_OUT = frozenset({"undecidable"})


def main() -> None:
    """Link the documents, fit, and print each weight beside the one in use."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", nargs="+", type=Path, help="development documents")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ridge", type=float, default=1.0, help="pull towards no weight at all")
    options = parser.parse_args()
    documents = gold.read(options.gold)
    settings = Settings()
    known = Parts.of(load(settings.gazetteer))
    finder = MentionFinder(load_tagger(settings.models), known.spotter)
    mentions = finder.find_many([_document(document) for document in documents])
    policy = POLICY
    for _ in range(options.rounds):
        linker = Linker(known, finder, policy)
        linked = [
            linker.link_mentions(_document(document), found)
            for document, found in zip(documents, mentions, strict=True)
        ]
        policy = _refitted(policy, list(_choices(documents, linked, policy)), options.ridge)


def _document(document: GoldDocument) -> Document:
    return Document(document.text, document.id, document.language)


def _refitted(policy: Policy, choices: Sequence[Choice], ridge: float) -> Policy:
    """Return the policy with the weights that fit best; print both beside each other."""
    in_use = [weight.weight for weight in policy.weights]
    fitted = fit(choices, ridge, len(in_use))
    print(f"{len(choices)} mentions, {sum(c.chosen is None for c in choices)} of nobody")
    for name, weights in (("in use", in_use), ("fitted", fitted)):
        likelihood = log_likelihood(choices, weights) / len(choices)
        print(f"log-likelihood a mention, {name}: {likelihood:.4f}")
    for weight, new in zip(policy.weights, fitted, strict=True):
        print(f"{weight.feature:20s} {weight.weight:8.2f} in use {new:8.2f} fitted")
    pairs = zip(policy.weights, fitted, strict=True)
    return replace(policy, weights=tuple(replace(w, weight=new) for w, new in pairs))


def _choices(
    documents: Sequence[GoldDocument], linked: Sequence[LinkedDocument], policy: Policy
) -> Iterator[Choice]:
    features = [weight.feature.value for weight in policy.weights]
    for document, answers in zip(documents, linked, strict=True):
        known = {(m.start, m.end): m for m in document.mentions if not m.tags & LEFT_OUT}
        for link in answers.links:
            mention = known.get((link.mention.start, link.mention.end))
            choice = None if mention is None else _choice(link, mention, features)
            if choice is not None:
                yield choice


def _choice(link: Link, mention: GoldMention, features: Sequence[str]) -> Choice | None:
    """Return the choice that a mention is; None if retrieval lost the right answer."""
    candidates = link.decision.candidates
    ids = [candidate.entity_id for candidate in candidates]
    if not mention.is_nil and mention.entity_id not in ids:
        return None
    values = [{f.name: f.value for f in candidate.features} for candidate in candidates]
    return Choice(
        tuple(tuple(row.get(feature, 0.0) for feature in features) for row in values),
        None if mention.is_nil else ids.index(mention.entity_id),
    )


if __name__ == "__main__":
    main()
