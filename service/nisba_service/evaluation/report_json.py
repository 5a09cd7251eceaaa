"""An evaluation as one JSON object. The keys are a contract, described in docs/evaluation.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from nisba_service.evaluation.calibration import Bin, Calibration, Share
from nisba_service.evaluation.evaluate import Evaluation, Section
from nisba_service.evaluation.matching import Answer
from nisba_service.evaluation.mistakes import Mistake
from nisba_service.evaluation.ner import NerScores
from nisba_service.evaluation.scores import Agreement, Scores, TagScore

DIGITS = 6


def report(evaluation: Evaluation, *, with_mistakes: bool = False) -> str:
    """Return the evaluation; the mistakes, which quote the texts, only if asked for."""
    value: dict[str, Any] = {
        "sections": {section.name: _section(section) for section in evaluation.sections}
    }
    if with_mistakes:
        value["errors"] = [_mistake(mistake) for mistake in evaluation.mistakes]
    return _json(value)


def ner_report(scores: NerScores) -> str:
    """Return the figures of a tagger."""
    return _json(
        {
            "sentences": scores.sentences,
            "tokens": scores.tokens,
            "all": _agreement(scores.all),
            "span_only": _agreement(scores.span_only),
            "types": {of.type.value: _agreement(of.agreement) for of in scores.types},
        }
    )


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _section(section: Section) -> dict[str, Any]:
    given = section.spans_given
    return {
        "end_to_end": _scores(section.end_to_end),
        "spans_given": None if given is None else _scores(given),
    }


def _scores(scores: Scores) -> dict[str, Any]:
    return {
        "documents": scores.documents,
        "tokens": scores.tokens,
        "mentions": _agreement(scores.mentions),
        "mentions_overlap": _agreement(scores.mentions_overlapping),
        "in_kb": _agreement(scores.in_kb),
        "nil": _agreement(scores.nil),
        "nil_linked": _share(scores.nil_linked),
        "nil_persons_linked": _share(scores.nil_persons_linked),
        "links_outside": scores.links_outside,
        "links_outside_per_1000_tokens": _rounded(scores.links_outside_per_1000_tokens),
        "tags": {score.tag: _tag(score) for score in scores.tags},
        "calibration": _calibration(scores.calibration),
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "precision": _rounded(agreement.precision),
        "recall": _rounded(agreement.recall),
        "f1": _rounded(agreement.f1),
        "right": agreement.right,
        "answered": agreement.answered,
        "gold": agreement.gold,
    }


def _share(share: Share) -> dict[str, Any]:
    return {"share": _rounded(share.value), "count": share.part, "of": share.whole}


def _tag(score: TagScore) -> dict[str, Any]:
    return {
        "mentions": score.mentions,
        "accuracy": _rounded(score.accuracy),
        "right": score.right,
        "ambiguous": score.ambiguous,
        "wrong": score.wrong,
        "unknown": score.unknown,
        "missed": score.missed,
    }


def _calibration(calibration: Calibration) -> dict[str, Any]:
    return {
        "expected_error": _rounded(calibration.error),
        "confident": _share(calibration.confident),
        "bins": [_bin(b) for b in calibration.bins],
    }


def _bin(b: Bin) -> dict[str, Any]:
    return {
        "lowest": _rounded(b.lowest),
        "highest": _rounded(b.highest),
        "mean_confidence": _rounded(b.mean_confidence),
        "right": _share(b.right),
    }


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "document": mistake.document_id,
        "kind": mistake.kind,
        "start": mistake.start,
        "end": mistake.end,
        "text": mistake.text,
        "gold": mistake.gold,
        "answers": _answers(mistake.answers),
        "tags": list(mistake.tags),
    }


def _answers(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [
        {
            "start": answer.start,
            "end": answer.end,
            "outcome": answer.outcome.value,
            "entity_id": answer.entity_id,
            "confidence": _rounded(answer.confidence),
        }
        for answer in answers
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
