"""`nisba demo`: the main job on real text, through a real server and the SDK."""

from __future__ import annotations

import nisba
from nisba_service.cli.own_server import own_server
from nisba_service.settings import bundled

# One event, told in both languages.
ARTICLES = ("2017-cairo-reconciliation.en", "2017-cairo-reconciliation.ar")
LINK_SECONDS = 60.0


def demo() -> None:
    """Start a server, link an English and an Arabic article, show that they agree."""
    from nisba_service.cli import render_pretty  # noqa: PLC0415 (other commands need no rich)

    console = render_pretty.console()
    console.print("Starting the service: gazetteer, models, warm-up …")
    with own_server() as address, nisba.Client(address, timeout=LINK_SECONDS) as client:
        console.print(f"Serving {client.gazetteer().entity_count} entities.\n")
        linked = []
        for article in ARTICLES:
            text = bundled("seeds", "articles", f"{article}.txt").read_text("utf-8")
            linked.append(client.link(text, id=article))
            render_pretty.document(console, text, linked[-1])
        render_pretty.shared(console, *linked)
