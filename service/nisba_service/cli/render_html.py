"""Linked documents as one self-contained page: no script, no font, nothing to fetch.

Every paragraph takes the direction of its own text; a mention links to the card of its entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote

import nisba
from nisba_service.cli.reasons import reasons
from nisba_service.look import LOOK


def page(
    documents: Sequence[tuple[str, nisba.LinkedDocument]], entities: Mapping[str, nisba.Entity]
) -> str:
    """Return the page.

    Args:
        documents: each text with its links.
        entities: what the links' entity IDs stand for; IDs without an entry get a plain card.
    """
    template = Template(files("nisba_service.cli").joinpath("page.html").read_text("utf-8"))
    ids = sorted({id for _, linked in documents for id in linked.entity_ids})
    return template.substitute(
        look=LOOK,
        articles="\n".join(_article(text, linked) for text, linked in documents),
        cards="\n".join(_card(id, entities.get(id)) for id in ids),
        provenance=_provenance(linked.provenance for _, linked in documents),
    )


def _article(text: str, linked: nisba.LinkedDocument) -> str:
    paragraphs = "\n".join(f'<p dir="auto">{p}</p>' for p in _marked(text, linked).split("\n") if p)
    return f"<article>\n<h2>{escape(linked.id)}</h2>\n{paragraphs}\n</article>"


def _marked(text: str, linked: nisba.LinkedDocument) -> str:
    pieces: list[str] = []
    written = 0
    for mention in linked.mentions:
        pieces += escape(text[written : mention.start]), _mark(mention)
        written = mention.end
    return "".join(pieces) + escape(text[written:])


def _mark(mention: nisba.Mention) -> str:
    classes = f"{mention.type.lower()} {mention.outcome.lower()}"
    shown = escape(mention.text.replace("\n", " "))  # a mark must not straddle two paragraphs
    marked = f'<mark class="{classes}" title="{_title(mention)}">{shown}</mark>'
    if mention.entity_id is None:
        return marked
    return f'<a href="#{quote(mention.entity_id)}">{marked}</a>'


def _title(mention: nisba.Mention) -> str:
    if mention.outcome is nisba.Outcome.AMBIGUOUS:
        answer = " | ".join(c.entity_id for c in mention.candidates[:3])
    else:
        answer = mention.entity_id or "not in the gazetteer"
    said = f"{mention.outcome} {answer} ({mention.confidence:.2f})"
    why = [f"{c.entity_id} ({c.matched_name}): {reasons(c)}" for c in mention.candidates[:2]]
    # As a reference: the text around it is cut into paragraphs at line breaks.
    return "&#10;".join(map(escape, (said, *why)))


def _card(id: str, entity: nisba.Entity | None) -> str:
    if entity is None:
        return f'<section id="{escape(id)}"><h3>{escape(id)}</h3></section>'
    primary = [n for n in entity.names if n.kind is nisba.NameKind.PRIMARY]
    names = " · ".join(f'<bdi lang="{n.language}">{escape(n.name)}</bdi>' for n in primary)
    wikidata = (
        f' <a href="https://www.wikidata.org/wiki/{quote(entity.wikidata_id)}">Wikidata</a>'
        if entity.wikidata_id
        else ""
    )
    return (
        f'<section id="{escape(id)}" class="{entity.type.lower()}"><h3>{names}</h3>'
        f"<p>{escape(entity.description)}</p><p><code>{escape(id)}</code>{wikidata}</p></section>"
    )


def _provenance(made_by: Iterable[nisba.Provenance]) -> str:
    distinct = {(p.gazetteer_version, p.model_version, p.policy_version) for p in made_by}
    return "; ".join(
        f"gazetteer {escape(g)}, models {escape(m)}, policy {escape(p)}"
        for g, m, p in sorted(distinct)
    )
