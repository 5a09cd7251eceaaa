"""Settings of what is served: the gazetteer, the tokens, the models."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, field_validator
from pydantic_settings import NoDecode

from nisba_service.errors import SettingsError
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.settings.base import SettingsGroup

_CHECKOUT = Path(__file__).resolve().parents[3]


def bundled(*parts: str) -> Path:
    """Return a path of the bundled data: beside the code in a checkout, else where pip put it."""
    beside = _CHECKOUT.joinpath(*parts)
    return beside if beside.exists() else Path(sys.prefix, "share", "nisba", *parts)


def _location(written: object) -> object:
    if not isinstance(written, str):
        return written
    try:
        return parse_location(written)
    except SettingsError as error:
        raise ValueError(str(error)) from None


Location = Annotated[Path | StoreUrl, NoDecode, BeforeValidator(_location)]


class DataSettings(SettingsGroup):
    """What is served, and whence."""

    gazetteer: Location = bundled("seeds", "gazetteer")
    """A folder of YAML files, one JSONL file, or the URL of a store, whose revisions are followed.
    The bundled seed gazetteer lets a newcomer try the service; production names its own."""

    token_store: Annotated[StoreUrl | None, NoDecode, BeforeValidator(_location)] = None
    """The store that callers' tokens are in, where it is not the gazetteer's: a gazetteer of files
    has none, and one database may serve the tokens of several gazetteers."""

    models: Path = bundled("models")
    """A Stanza resource folder. The bundled models need no download; Stanza's published ones are
    larger and tag better."""

    @field_validator("gazetteer", "models")
    @classmethod
    def _exists(cls, path: Path | StoreUrl) -> Path | StoreUrl:
        if isinstance(path, Path) and not path.exists():
            raise ValueError(f"there is nothing at {path}")
        return path
