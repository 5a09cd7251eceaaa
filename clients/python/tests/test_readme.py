"""The README's examples run as they stand, and print what stands below them."""

from __future__ import annotations

import asyncio
import inspect
import re
from pathlib import Path

import pytest

from nisba.testing import FakeNisba

README = Path(__file__).parents[1] / "README.md"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```(?:\n\n```text\n(?P<output>.*?)```)?", re.DOTALL)
EXAMPLES = list(EXAMPLE.finditer(README.read_text(encoding="utf-8")))
ADDRESS = "localhost:50051"


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda e: f"line-{e.string[: e.start()].count(chr(10)) + 1}"
)
def test_an_example_prints_what_is_written_below_it(
    example: re.Match[str], fake: FakeNisba, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {"__name__": "example"}
    exec(compile(example["code"].replace(ADDRESS, fake.target), README.name, "exec"), names)
    for name, test in names.items():
        if name.startswith("test_") and callable(test):
            asyncio.run(test()) if inspect.iscoroutinefunction(test) else test()
    assert capsys.readouterr().out == (example["output"] or "")


def test_the_examples_are_found_and_speak_both_languages() -> None:
    assert len(EXAMPLES) == 9
    arabic = [e for e in EXAMPLES if re.search("[\u0620-\u064a]", e["code"])]
    assert len(arabic) == 8  # all but the configuration
