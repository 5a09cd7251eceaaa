"""Whatever a text or a name is, what is found in it is there, and nothing breaks."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from nisba_service.names.types import Language
from nisba_service.server.engine import Engine
from nisba_service.tagging.model import Document
from tests.fuzz.profile import tries
from tests.fuzz.reading import check_name, check_text
from tests.fuzz.texts import LONE_SURROGATES, LONG, NAMES, texts

LANGUAGES = st.sampled_from((None, *Language))


def test_a_text(seed_engine: Engine) -> None:
    @tries(50)
    @given(texts(surrogates=True), LANGUAGES)
    @example("Hamas met \ud800 in Gaza. " * 3, None)
    @example("التقى قادة \udfffحماس في غزة. " * 3, None)
    @example("\u202eحماس\u202c في \u2067غزة\u2069", Language.AR)
    def is_read(text: str, language: Language | None) -> None:
        check_text(seed_engine, Document(text, language=language))

    is_read()


def test_a_name(seed_engine: Engine) -> None:
    hard = st.sampled_from((*LONG, *LONE_SURROGATES)) | texts(surrogates=True)

    @tries(60)
    @given(hard, st.sampled_from(NAMES))
    @example("", "حماس")
    @example("ابن بن أبو", "al- Al al-")
    def is_known(name: str, other: str) -> None:
        check_name(seed_engine, name[:500], other)

    is_known()
