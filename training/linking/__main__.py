"""Print the weights that make the development data most probable.

    python -m training.linking tests/golden/en/dev.jsonl tests/golden/ar/dev.jsonl

The candidates of a mention and "nobody" share one unit of belief in proportion to their odds (see
`linking.decide`). That is a conditional logit with an outside option, so the weights that make the
gold answers most probable are found by Newton's method. What a candidate's features are depends on
decisions about other names, and so on the weights: run again after adopting them, until they stay.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from nisba_service.evaluation import gold
from nisba_service.evaluation.gold import GoldDocument, GoldMention
from nisba_service.linking.linker import Linker
from nisba_service.linking.model import Link
from nisba_service.linking.policy import POLICY
from nisba_service.server.engine import load_engine
from nisba_service.settings import Settings
from nisba_service.tagging.model import Document
from training.linking.logit import Choice, fit, log_likelihood

# Where the text itself does not say who is meant, gold is what the writer knew, not what can be.
LEFT_OUT = frozenset({"undecidable"})


def main() -> None:
    """Link the documents, fit, and print each weight beside the one in use."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", nargs="+", type=Path, help="development documents")
    parser.add_argument("--ridge", type=float, default=1.0, help="pull towards the weights in use")
    options = parser.parse_args()
    linker = load_engine(Settings()).linker
    features = [weight.feature.value for weight in POLICY.weights]
    in_use = [weight.weight for weight in POLICY.weights]
    choices = list(_choices(linker, gold.read(options.gold), features))
    fitted = fit(choices, in_use, options.ridge)
    print(f"{len(choices)} mentions, {sum(c.chosen is None for c in choices)} of nobody")
    print(f"log-likelihood a mention: {log_likelihood(choices, in_use) / len(choices):.4f} in use,")
    print(f"                          {log_likelihood(choices, fitted) / len(choices):.4f} fitted")
    for feature, old, new in zip(features, in_use, fitted, strict=True):
        print(f"{feature:20s} {old:8.2f} in use {new:8.2f} fitted")


def _choices(
    linker: Linker, documents: Sequence[GoldDocument], features: Sequence[str]
) -> Iterator[Choice]:
    for document in documents:
        known = {(m.start, m.end): m for m in document.mentions if not m.tags & LEFT_OUT}
        linked = linker.link(Document(document.text, document.id, document.language))
        for link in linked.links:
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
