"""What speaks for a candidate, in one line."""

from __future__ import annotations

import nisba


def reasons(candidate: nisba.Candidate) -> str:
    """Return the features of a candidate as what each adds to its log-odds, largest first.

    For example "name +5.1, exact +1.4, base -1.5".
    """
    parts = [(feature.name, feature.value * feature.weight) for feature in candidate.features]
    parts.sort(key=lambda part: -abs(part[1]))
    return ", ".join(f"{name} {worth:+.1f}" for name, worth in parts)
