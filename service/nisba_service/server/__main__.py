"""`python -m nisba_service.server`: serve what the NISBA_* variables say."""

from __future__ import annotations

import sys

from nisba_service.errors import NisbaServiceError
from nisba_service.server.app import serve
from nisba_service.server.preflight import settled
from nisba_service.settings import read_settings


def main() -> int:
    """Return the exit code: 1 where the server could not start, which one line explains."""
    try:
        return serve(settled(read_settings()))
    except NisbaServiceError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
