"""`nisba token`: who may call the service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from nisba_service.errors import SettingsError
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.settings import TokenRole

if TYPE_CHECKING:
    from nisba_service.gazetteer.store.tokens import Token, Tokens

token = typer.Typer(help="Tokens of those who may call the service.", no_args_is_help=True)

Store = Annotated[
    str,
    typer.Option(
        metavar="URL",
        envvar="NISBA_TOKEN_STORE",
        help="gazetteer.db, sqlite:///PATH or postgresql://USER@HOST/DATABASE.",
    ),
]


@token.command()
def create(
    name: Annotated[str, typer.Argument(help="Under which edits are noted, for example layla.")],
    store: Store,
    role: Annotated[TokenRole, typer.Option(help="What it allows.")] = TokenRole.READER,
    expires_in_days: Annotated[
        int | None, typer.Option(min=1, max=36_500, help="Default: it does not expire.")
    ] = None,
) -> None:
    """Make a token and print it. It cannot be shown again.

    Several tokens may have one name: to rotate, make a second, put it in place, revoke the first.
    """
    from nisba_service.gazetteer.store.tokens import Role  # noqa: PLC0415 (see _tokens)

    if not name.strip() or len(name) > 200:
        raise SettingsError("NAME: must have 1 to 200 characters")
    lasts = None if expires_in_days is None else timedelta(days=expires_in_days)
    with _tokens(store, new=True) as tokens:
        typer.echo(tokens.create(name, Role(role.value), lasts))


@token.command(name="list")
def list_(store: Store) -> None:
    """List the tokens there ever were, without their secrets."""
    table = Table("id", "name", "role", "created", "expires", "state")
    with _tokens(store) as tokens:
        for known in tokens.list():
            table.add_row(*_row(known))
    Console().print(table)


@token.command()
def revoke(
    id: Annotated[str, typer.Argument(help="As `nisba token list` shows it.")], store: Store
) -> None:
    """Let a token open nothing any longer; servers refuse it within seconds."""
    with _tokens(store) as tokens:
        if not tokens.revoke(id):
            raise SettingsError(f"no live token has the ID {id}: see `nisba token list`")
    typer.echo(f"revoked {id}")


def _row(known: Token) -> tuple[str, ...]:
    if known.revoked_at is not None:
        state = f"revoked {_day(known.revoked_at)}"
    else:
        state = "live" if known.is_live(datetime.now(UTC)) else "expired"
    expires = "never" if known.expires_at is None else _day(known.expires_at)
    return known.id, known.name, known.role, _day(known.created_at), expires, state


def _day(time: datetime) -> str:
    return time.date().isoformat()


@contextmanager
def _tokens(location: str, *, new: bool = False) -> Iterator[Tokens]:
    """Open the tokens of a store; one that is not there is made if `new`."""
    # What a store needs takes a second to import, and other commands need none.
    from nisba_service.gazetteer.store.store import Store as Opened  # noqa: PLC0415

    url = parse_location(location)
    if not isinstance(url, StoreUrl):
        raise SettingsError(f"--store: {location} is no store: name a .db file or a database's URL")
    with Opened.open(url, create=new) as store:
        yield store.tokens
