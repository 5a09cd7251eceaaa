"""`make audit`: asks which known weaknesses the installed packages have. Fails on any not accepted.

The advisories are those of OSV (osv.dev), asked by pip-audit. Where nobody answers there, this says
so and passes, since a build must not depend on somebody else's server; `--required` fails instead:
for a scheduled run that has the network.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from security.accepted import Accepted, AcceptedError, read_accepted

SERVICE: Final = "https://api.osv.dev/v1/query"
ACCEPTED: Final = Path(__file__).with_name("accepted.toml")

_ASK_SECONDS: Final = 5
_LIMIT_SECONDS: Final = 55
"""For all packages together: whoever waits for `make check` has other things to do."""


class Away(Exception):
    """Expected, nobody's fault: the advisory service does not answer, or not in time."""


class Broken(Exception):
    """Unexpected: the service answers, and the audit fails all the same."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A known weakness of an installed package."""

    package: str
    version: str
    names: frozenset[str]
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        cure = f"fixed in {', '.join(self.fixed_in)}" if self.fixed_in else "no version mends it"
        return f"{self.package} {self.version}: {', '.join(sorted(self.names))} ({cure})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit, tell, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--required", action="store_true", help="fail where nobody answers")
    parser.add_argument("--service", default=SERVICE, help="an address that speaks OSV's API")
    parser.add_argument("--accepted", type=Path, default=ACCEPTED, help="the reviewed weaknesses")
    parser.add_argument("--path", help="a folder of installed packages; default: this environment")
    wanted = parser.parse_args(arguments)
    try:
        accepted = read_accepted(wanted.accepted)
        found = list(weaknesses(wanted.service, wanted.path))
    except Away as away:
        print(f"audit: the advisory service cannot be asked ({away}): nothing was audited")
        return 1 if wanted.required else 0
    except (AcceptedError, Broken) as error:
        print(f"audit: {error}")
        return 1
    return tell(found, accepted, datetime.now(UTC).date())


def tell(found: Sequence[Weakness], accepted: Sequence[Accepted], today: date) -> int:
    """Print what was found; return 1 if something of it is not accepted."""
    open_ones = [
        weakness
        for weakness in found
        if not any(entry.covers(weakness.package, weakness.names, today) for entry in accepted)
    ]
    for weakness in open_ones:
        print(f"audit: {weakness}")
    for entry in accepted:
        names = {name for weakness in found for name in weakness.names}
        if entry.id not in names:
            print(f"audit: {entry.id} of {entry.package} is not found any more: take it out")
        elif today > entry.until:
            print(f"audit: {entry.id} of {entry.package} was accepted until {entry.until}")
    print(f"audit: {len(found)} known weaknesses, {len(open_ones)} of them not accepted")
    return 1 if open_ones else 0


def weaknesses(service: str, path: str | None = None) -> Iterator[Weakness]:
    """Yield the known weaknesses of what is installed.

    Raises:
        Away: the service does not answer.
        Broken: it does, but pip-audit cannot make anything of it.
    """
    _ask(service)
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off"]
    command += ["--vulnerability-service=osv", f"--osv-url={service}", "--skip-editable"]
    command += [f"--timeout={_ASK_SECONDS}", *([] if path is None else [f"--path={path}"])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Away(f"no end after {_LIMIT_SECONDS} seconds") from None
    try:
        report = json.loads(done.stdout)
    except ValueError:
        _ask(service)  # It may have gone away in the middle.
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise Broken(f"pip-audit failed: {''.join(last)}") from None
    yield from _read(report)


def _ask(service: str) -> None:
    """Ask about a package that has no advisory. Raises Away."""
    question = json.dumps({"package": {"name": "nisba-service", "ecosystem": "PyPI"}}).encode()
    request = urllib.request.Request(service, question, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=_ASK_SECONDS) as answer:
            json.load(answer)
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise Away(reason) from None


def _read(report: dict[str, Any]) -> Iterator[Weakness]:
    for package in report["dependencies"]:
        for found in package.get("vulns", ()):
            names = frozenset((found["id"], *found["aliases"]))
            fixed = tuple(found["fix_versions"])
            yield Weakness(package["name"], package["version"], names, fixed)


if __name__ == "__main__":
    sys.exit(main())
