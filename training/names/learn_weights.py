"""Learns the weights of features from the development tasks (see `tasks`).

Two models are learned: one under which the right candidate of a query scores above the others, and
one under which a pair of names scores above zero if it is likelier one name than not. What is
reported is measured on queries and names that the model was not fitted to; the tables written are
fitted to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from nisba_service.names import judge
from training.names.calibration import calibrate, probabilities
from training.names.mining import mine_pairs, short_pairs
from training.names.places import arabic_questions
from training.names.report import (
    calibration_report,
    pairs_report,
    ranking_report,
    scores_out_of_fold,
)
from training.names.scorer import fit_accepting, fit_ranking
from training.names.tasks import Pair, Question, gazetteer_questions, pairs, questions

_DATA = Path(judge.__file__).parent / "data"
# The press spellings are few beside the lists, and nearest to what the service is asked.
_GAZETTEER_COPIES = 3
# Labels are surer than what is mined; what the press shortens is few.
_LABEL_COPIES, _SHORT_COPIES = 3, 2
_LEARNED = """\
# Weights of the features of `names.measure`, as `names.judge` reads them: for cross-script pairs,
# Latin pairs and Arabic pairs, then for each unit.
# Learned by `python -m training.names` from development tasks built of UN and OFAC lists of
# persons and organisations, and of Who's On First and GeoNames (CC BY 4.0).
"""


def learn_weights(folder: Path, gazetteer: Path | None) -> None:
    """Fit, report, calibrate and write both models."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    asked = list(questions(folder, "dev"))
    if gazetteer is not None:
        asked += list(gazetteer_questions(gazetteer)) * _GAZETTEER_COPIES
    _learn_ranking(asked)
    _learn_accepting(list(pairs(folder, "dev")), asked, list(arabic_questions(folder / "train")))


def _learn_ranking(asked: Sequence[Question]) -> None:
    print(*ranking_report(asked), sep="\n")
    (_DATA / "rank.tsv").write_text(judge.write(fit_ranking(asked), _LEARNED), "utf-8")


def _learn_accepting(
    labelled: Sequence[Pair], asked: Sequence[Question], arabic: Sequence[Question]
) -> None:
    mined = [*mine_pairs([*asked, *arabic]), *list(short_pairs(asked)) * _SHORT_COPIES]
    everyone = [*mined, *list(labelled) * _LABEL_COPIES]
    scores = scores_out_of_fold(everyone)
    of_mined, of_labelled = scores[: len(mined)], scores[-len(labelled) :]
    print(*pairs_report(labelled, of_labelled), sep="\n")
    slopes, shifts = calibrate(of_mined, mined)
    for name, some, found in (("mined", mined, of_mined), ("labelled", labelled, of_labelled)):
        said = probabilities(found, some, slopes, shifts)
        print(f"{name}:", *calibration_report(some, said), sep="\n")
    model = replace(fit_accepting(everyone), slopes=slopes, shifts=shifts)
    (_DATA / "accept.tsv").write_text(judge.write(model, _LEARNED), "utf-8")
