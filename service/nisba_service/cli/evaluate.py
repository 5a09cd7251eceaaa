"""`nisba evaluate`: how right links are on gold documents, or tags on tagged sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nisba_service.cli.options import (
    MODELS,
    SEEDS,
    GazetteerPath,
    ModelsPath,
    Server,
    connected,
)
from nisba_service.errors import FieldInvalid
from nisba_service.evaluation import (
    bio,
    gold,
    reliability_png,
    report_html,
    report_json,
    report_table,
)
from nisba_service.evaluation.evaluate import Evaluation
from nisba_service.evaluation.evaluate import evaluate as judge
from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.ner import NerScores, ner_scores, ner_table
from nisba_service.evaluation.systems import LocalSystem, ServerSystem, System
from nisba_service.evaluation.tables import tables
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import parse_location
from nisba_service.linking.parts import Parts
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script

# IDs that a notice names; more would bury it.
NAMED = 10


class ReportFormat(StrEnum):
    """How figures are written: for a person, for a script, or as a page with the plot."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="GOLD.jsonl…", help="Texts with gold mentions, one a line."),
    ] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to write the figures.")] = (
        ReportFormat.TABLE
    ),
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html|.png", help="Write the page, or its plots alone, to a file as well."
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error, with the text of its span.")
    ] = False,
    ner: Annotated[
        Path | None,
        typer.Option(metavar="FILE.bio", help="Score the tagger alone, on its gold tokens."),
    ] = None,
    language: Annotated[
        Language | None, typer.Option(help="Of FILE.bio; default: by its script.")
    ] = None,
    server: Server = None,
    gazetteer: GazetteerPath = SEEDS,
    models: ModelsPath = MODELS,
) -> None:
    """Measure links against gold documents, or tags against tagged sentences (--ner)."""
    if (ner is None) == (not files):
        raise typer.BadParameter("give GOLD.jsonl files, or --ner FILE.bio")
    if ner is not None:
        if format is ReportFormat.HTML or plot or errors or server:
            raise typer.BadParameter("--ner knows --language, --models, --format table and json")
        _write_ner(_scored(ner, language, models), format)
        return
    if plot is not None and plot.suffix not in {".html", ".png"}:
        raise typer.BadParameter("--plot writes .html, with the plots as SVG, or .png")
    documents = gold.read(files or ())
    with _system(server, gazetteer, models, documents) as system:
        evaluation = judge(system, documents)
    if plot is not None:
        _save(plot, evaluation, with_errors=errors)
    _write(evaluation, format, errors)


@contextmanager
def _system(
    server: str | None, gazetteer: str, models: Path, documents: Sequence[GoldDocument]
) -> Iterator[System]:
    """Yield the service at an address, or the linker in this process if there is none."""
    if server is None:
        yield _local(gazetteer, models, documents)
    else:
        with connected(server) as client:
            yield ServerSystem(client)


def _local(location: str, models: Path, documents: Sequence[GoldDocument]) -> LocalSystem:
    # Only this needs the tagger and torch, which take seconds.
    from nisba_service.server.engine import load_linker  # noqa: PLC0415

    gazetteer = load(parse_location(location))
    missing = sorted(gold.entity_ids(documents) - gazetteer.entities.keys())
    if missing:
        named = ", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else "")
        print(
            f"nisba: the gazetteer lacks entities of the gold ({len(missing)}): {named}",
            file=sys.stderr,
        )
    return LocalSystem(load_linker(Parts.of(gazetteer), models))


def _write(evaluation: Evaluation, format: ReportFormat, with_errors: bool) -> None:
    if format is ReportFormat.JSON:
        print(report_json.report(evaluation, with_mistakes=with_errors))
    elif format is ReportFormat.HTML:
        print(report_html.page(evaluation, with_mistakes=with_errors))
    else:
        print(report_table.report(tables(evaluation)))
        if with_errors:
            print(f"\nErrors, end to end\n{report_table.mistakes(evaluation.mistakes)}")


def _save(path: Path, evaluation: Evaluation, *, with_errors: bool) -> None:
    if path.suffix == ".png":
        reliability_png.write(path, evaluation)
        return
    page = report_html.page(evaluation, with_mistakes=with_errors)
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise FieldInvalid(str(path), f"cannot be written: {error.strerror}") from None


def _scored(path: Path, language: Language | None, models: Path) -> NerScores:
    # As above.
    from nisba_service.tagging.stanza_tagger import StanzaTagger  # noqa: PLC0415

    sentences = bio.read(path)
    tokens = [sentence.tokens for sentence in sentences]
    asked = language or _language(tokens)
    return ner_scores(sentences, StanzaTagger.load(models, eager=False).tag_tokens(tokens, asked))


def _language(sentences: Sequence[Sequence[str]]) -> Language:
    text = " ".join(token for sentence in sentences for token in sentence)
    return Language.AR if script_of(text) is Script.ARABIC else Language.EN


def _write_ner(scores: NerScores, format: ReportFormat) -> None:
    if format is ReportFormat.JSON:
        print(report_json.ner_report(scores))
    else:
        print(report_table.report([ner_table(scores)]))
