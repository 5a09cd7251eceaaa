"""Files of every format that is read: nearly right, damaged, or anything at all."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from typing import Final

import zstandard
from hypothesis import strategies as st

from nisba_service.gazetteer.exchange.formats import Form
from tests.fuzz.texts import NAMES, texts

Values = st.SearchStrategy[object]

_IDS: Final = st.sampled_from(("a", "b", "per:saleh-al-arouri", "Q42", "NK-1", "", "لا", "x" * 200))
_NAMES: Final = st.sampled_from(NAMES)
_SCALARS: Final = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), _NAMES, _IDS, texts(surrogates=True)
)
ANYTHING: Final[Values] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
    max_leaves=6,
)


def _record(**keys: Values) -> Values:
    """Return objects with some of these keys, most of them as they should be."""
    nearly = {key: st.one_of(values, values, values, ANYTHING) for key, values in keys.items()}
    return st.fixed_dictionaries({}, optional=nearly)


def _many(values: Values, most: int = 3) -> Values:
    return st.lists(values, max_size=most)


_OWN: Final = _record(
    id=_IDS,
    type=st.sampled_from(("PERSON", "ORGANIZATION", "LOCATION", "MISC")),
    names=_many(
        _record(
            name=_NAMES,
            lang=st.sampled_from(("en", "ar", "fr")),
            kind=st.sampled_from(("primary", "variant", "acronym", "short")),
            use=st.sampled_from(("free", "never-alone")),
            valid_from=st.sampled_from(("2017", "2017-10-12", "2017-13-45")),
        )
    ),
    relations=_many(_record(rel=st.just("member_of"), target=_IDS)),
    merged_into=_IDS,
    wikidata=st.sampled_from(("Q1", "Q01")),
    other_ids=st.dictionaries(_IDS, _IDS, max_size=2),
    not_names=_many(_NAMES),
    description=_NAMES,
)
_FTM: Final = _record(
    id=_IDS,
    schema=st.sampled_from(("Person", "Organization", "Membership", "Ownership", "Country", "X")),
    properties=_record(
        name=_many(_NAMES),
        alias=_many(_NAMES),
        weakAlias=_many(_NAMES),
        wikidataId=_many(_IDS),
        member=_many(_IDS),
        organization=_many(_IDS),
        owner=_many(_IDS),
        notes=_many(_NAMES),
    ),
    referents=_many(_IDS),
    caption=_NAMES,
)
_LABEL: Final = _record(language=st.sampled_from(("en", "ar", "mul")), value=_NAMES)
_CLAIM: Final = _record(
    rank=st.sampled_from(("preferred", "normal", "deprecated")),
    mainsnak=_record(
        datavalue=_record(value=_record(id=st.sampled_from(("Q5", "Q43229", "Q6256"))))
    ),
)
_WIKIDATA: Final = _record(
    id=st.sampled_from(("Q42", "Q1", "P31", "")),
    type=st.sampled_from(("item", "property")),
    labels=_record(en=_LABEL, ar=_LABEL, mul=_LABEL),
    aliases=_record(en=_many(_LABEL), ar=_many(_LABEL)),
    descriptions=_record(en=_LABEL),
    claims=_record(P31=_many(_CLAIM), P102=_many(_CLAIM), P214=_many(_CLAIM), P749=_many(_CLAIM)),
    entities=st.dictionaries(_IDS, ANYTHING, max_size=2),
)
_ROW: Final = _record(
    id=_IDS,
    document_id=_IDS,
    text=texts(surrogates=True),
    body=texts(),
    date=st.sampled_from(("2023-05-01", "2023-05-01T22:30:00+03:00", "2023-02-30", "أمس", 17, "")),
    language=st.sampled_from(("en", "ar", "de", "", 5)),
)
_HTML: Final = st.lists(
    st.one_of(
        st.sampled_from(
            (
                *(
                    "<p>",
                    "</p>",
                    "<pre>",
                    "<script>",
                    "</script>",
                    "<!--",
                    "-->",
                    "<![CDATA[",
                    "<?x",
                ),
                *(
                    "&amp;",
                    "&#x202e;",
                    "&#55296;",
                    "&#99999999;",
                    "<br/",
                    "<a href='",
                    "<svg",
                    "</",
                ),
            )
        ),
        texts(),
    ),
    max_size=15,
).map("".join)


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _lines(values: Values) -> st.SearchStrategy[bytes]:
    return st.lists(values | ANYTHING, max_size=4).map(lambda rows: b"\n".join(map(_dumped, rows)))


def _table(header: st.SearchStrategy[list[str]], delimiter: str = ",") -> st.SearchStrategy[bytes]:
    cells = st.lists(st.lists(_NAMES | _IDS | texts(), max_size=7), max_size=4)

    def written(drawn: tuple[list[str], list[list[str]]]) -> bytes:
        file = io.StringIO(newline="")
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([drawn[0], *drawn[1]])
        return file.getvalue().encode("utf-8", "surrogatepass")

    return st.tuples(header, cells).map(written)


def _header(*columns: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(columns) | texts(), min_size=1, max_size=7)


_YAML: Final = st.lists(
    st.one_of(
        st.sampled_from(
            (
                *(
                    "- id: a\n",
                    "  type: PERSON\n",
                    "  names:\n",
                    "  - name: غزة\n",
                    "    lang: ar\n",
                ),
                *(
                    "- {id: b, type: PERSON, names: [{name: Gaza}]}\n",
                    "&a [*a]\n",
                    "<<: *b\n",
                    "? - x\n",
                ),
                *(
                    "!!python/object/apply:os.system [ls]\n",
                    "!!binary //79\n",
                    "%YAML 9.9\n",
                    "---\n",
                    "...\n",
                ),
                *(
                    "2001-99-99\n",
                    "0o999\n",
                    "1e999999\n",
                    ".inf\n",
                    "\t- x\n",
                    "[" * 300,
                    "{a: " * 200,
                ),
            )
        ),
        texts(),
    ),
    max_size=10,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))

_TO_IMPORT: Final[dict[Form, st.SearchStrategy[bytes]]] = {
    Form.JSONL: _lines(_OWN),
    Form.FTM: _lines(_FTM),
    Form.WIKIDATA: _lines(_WIKIDATA)
    | st.lists(_WIKIDATA, max_size=3).map(lambda rows: json.dumps(rows, indent=1).encode()),
    Form.CSV: _table(
        _header("id", "type", "name", "name_en", "name:ar", "names", "wikidata", "relations", "x|y")
    ),
    Form.YAML: _YAML | st.lists(_OWN, max_size=2).map(_dumped),
}
_PRESSED: Final[tuple[Callable[[bytes], bytes], ...]] = (
    lambda content: content,
    gzip.compress,
    bz2.compress,
    lzma.compress,
    zstandard.compress,
)


def imports(form: Form) -> st.SearchStrategy[bytes]:
    """Return files of a format that a gazetteer is imported from."""
    return _spoilt(st.one_of(_TO_IMPORT[form], _TO_IMPORT[form], st.binary(max_size=300)))


def documents(suffix: str) -> st.SearchStrategy[bytes]:
    """Return files of a format that an archive takes in, by the ending of their name."""
    written: dict[str, st.SearchStrategy[bytes]] = {
        ".jsonl": _lines(_ROW),
        ".csv": _table(_header("id", "text", "date", "language", "body", "نص")),
        ".tsv": _table(_header("id", "text", "date", "language"), "\t"),
        ".txt": texts(surrogates=True).map(lambda text: text.encode("utf-8", "surrogatepass")),
        ".html": _HTML.map(lambda page: page.encode()),
        ".parquet": st.just(b"PAR1\x15\x04\x15\x10PAR1"),
    }
    return _spoilt(written[suffix] | st.binary(max_size=300))


DOCUMENT_SUFFIXES: Final = (".jsonl", ".csv", ".tsv", ".txt", ".html", ".parquet")


def _spoilt(contents: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Return files as they are, compressed, and damaged."""
    pressed = st.tuples(contents, st.sampled_from(_PRESSED)).map(lambda drawn: drawn[1](drawn[0]))
    damaged = st.tuples(pressed, st.integers(0, 400), st.binary(max_size=3), st.booleans()).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :] * drawn[3]
    )
    return st.one_of(contents, contents, pressed, damaged)
