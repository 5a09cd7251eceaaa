"""What a metric is, and what a label may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

OTHER: Final = "other"
"""Stands for a value that a label does not have."""


class Kind(StrEnum):
    """What Prometheus calls the kind of a metric."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Label:
    """A label, and all values that it may have."""

    name: str
    values: frozenset[str]

    @classmethod
    def closed(cls, name: str, values: Iterable[str]) -> Label:
        """Make a label of its values, which may be members of an enum."""
        # As plain strings: a member of an enum has another hash, and would be another series.
        return cls(name, frozenset(map(str, values)))

    def of(self, value: str) -> str:
        """Return the value, as a plain string, if the label may have it, else OTHER."""
        plain = str(value)
        return plain if plain in self.values else OTHER


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Attributes:
        name: of OpenTelemetry.
        kind: of Prometheus.
        unit: in UCUM; what is counted stands in braces.
        says: one sentence.
        labels: in the order in which their values are given.
        bounds: upper bounds of a histogram's buckets.
        is_observed: it is asked for when somebody reads, and not written when it changes.
    """

    name: str
    kind: Kind
    unit: str
    says: str
    labels: tuple[Label, ...] = ()
    bounds: tuple[float, ...] = ()
    is_observed: bool = False

    @property
    def prometheus_name(self) -> str:
        """The name in Prometheus: without suffixes of a histogram's parts."""
        return prometheus_name(self.name, self.unit, self.kind)

    def attributes(self, values: tuple[str, ...]) -> dict[str, str]:
        """Return the labels with these values, in the order of `labels`."""
        return {
            label.name: label.of(value) for label, value in zip(self.labels, values, strict=True)
        }


_SUFFIXES: Final = {"s": "_seconds", "1": "_ratio"}


def prometheus_name(name: str, unit: str, kind: Kind) -> str:
    """Return what OpenTelemetry's rules make of a name for Prometheus."""
    total = "_total" if kind is Kind.COUNTER else ""
    return f"{name.replace('.', '_')}{_SUFFIXES.get(unit, '')}{total}"
