"""What all groups of settings share."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "NISBA_"


class SettingsGroup(BaseSettings):
    """Settings of one subject. A field that constrains another stands after it, so that every
    broken rule is reported at once.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="forbid",
        validate_default=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )
