"""How much is tried: little and always the same in the suite, much and always new in `make fuzz`.

NISBA_TEST_FUZZ is how many times as much as in the suite.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis.database import DirectoryBasedExampleDatabase

TIMES: Final = int(os.environ.get("NISBA_TEST_FUZZ", "1"))

BUILD: Final = Path(__file__).resolve().parents[2] / "build" / "fuzz"
"""What long runs have found, to go on from."""


def tries(examples: int) -> settings:
    """Return settings for a test that makes so many examples in the suite."""
    suppressed = [
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ]
    return settings(
        max_examples=examples * TIMES,
        deadline=None,  # a crowded machine is slow; what hangs has a time limit of its own
        derandomize=TIMES == 1,
        database=None if TIMES == 1 else DirectoryBasedExampleDatabase(BUILD / "examples"),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        suppress_health_check=suppressed,
    )
