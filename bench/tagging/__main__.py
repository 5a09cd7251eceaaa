"""`python -m bench.tagging GOLD.jsonl…`: the tagger beside Stanza; writes bench/results/tagging.md.

Speed: the texts of the documents in one call, and articles of about 400 tokens one by one, by the
tagger as it is loaded, by Stanza behind the same rules, and by `stanza.Pipeline` as its users run
it. Accuracy: F1 on files of tagged tokens (`--ner`), and of both tokenizers on the documents.
Memory: of a process that does nothing else. One thread throughout.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.tagging import accuracy, memory, speed
from bench.tagging.results import Figures, markdown
from nisba_service.evaluation import gold
from nisba_service.names.types import Language
from nisba_service.settings import bundled

RESULTS = Path(__file__).parents[1] / "results" / "tagging.md"


def main() -> None:
    """Measure, print, write."""
    options = _options()
    documents = gold.read(options.gold)
    languages = [lang for lang in Language if any(d.language is lang for d in documents)]
    page = markdown(
        Figures(
            speed={
                language: speed.measure(
                    options.models,
                    language,
                    [d.text for d in documents if d.language is language],
                    options.repeats,
                )
                for language in languages
            },
            files=[accuracy.of_file(path, options.models) for path in options.ner],
            tokenizers={
                language: accuracy.of_tokenizers(
                    options.models, [d for d in documents if d.language is language]
                )
                for language in languages
            },
            memory=memory.measure(options.models, options.gold),
        )
    )
    print(page)
    if not options.print_only:
        RESULTS.write_text(f"{page}\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.tagging", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--ner", nargs="*", type=Path, default=[], help="files in two columns")
    parser.add_argument("--models", type=Path, default=bundled("models"))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--print-only", action="store_true", help="leave the results file alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
