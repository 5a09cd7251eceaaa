"""`nisba serve`: the gRPC server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nisba_service.settings import LogFormat, OpenAccess, read_settings


def serve(
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Default: 127.0.0.1:50051.")
    ] = None,
    gazetteer: Annotated[
        str | None,
        typer.Option(metavar="PATH|URL", help="Folder of YAML files, a JSONL file, or a store."),
    ] = None,
    models: Annotated[Path | None, typer.Option(help="A Stanza resource folder.")] = None,
    tls_certificate: Annotated[Path | None, typer.Option(help="Certificate chain, PEM.")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its private key, PEM.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that read texts. Default: 0, this process does.")
    ] = None,
    insecure: Annotated[
        bool | None, typer.Option("--insecure", help="Allow plain text beyond loopback.")
    ] = None,
    open_access: Annotated[
        OpenAccess | None, typer.Option(help="What callers without a token may do.")
    ] = None,
    log_format: Annotated[LogFormat | None, typer.Option(help="How a log line looks.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Tell every problem that a start would meet, and end.")
    ] = False,
) -> None:
    """Serve the gRPC API until SIGTERM.

    With --check, look at the settings, TLS files, addresses, stores, tokens, gazetteer and models
    instead: exit code 0 if all is sound, else 1, with a line for each problem.

    Every setting is also a NISBA_* variable; those without a flag are in docs/operations.md.
    """
    flags = {
        "address": address,
        "gazetteer": gazetteer,
        "models": models,
        "tls_certificate": tls_certificate,
        "tls_key": tls_key,
        "workers": workers,
        "insecure": insecure,
        "open_access": open_access,
        "log_format": log_format,
    }
    reading = read_settings(**{name: v for name, v in flags.items() if v is not None})
    # Other commands need no server.
    from nisba_service.server import preflight  # noqa: PLC0415
    from nisba_service.server.app import serve as run  # noqa: PLC0415

    if check:
        for line in preflight.check(reading):
            typer.echo(line)
    else:
        raise typer.Exit(run(preflight.settled(reading)))
