"""Errors on their way from a worker to the run: they arrive whole, and quote no text."""

from __future__ import annotations

import pickle
import traceback

from nisba_service.errors import ArchiveError, NisbaServiceError, WorkerFailed


def portable(error: Exception) -> NisbaServiceError | OSError:
    """Return the error as one that another process can read and show to a person.

    What is expected stays itself, or says the same where it cannot be made again from a pickle.
    The message of a fault of ours may hold text of a document: only where it happened is told.
    """
    if not isinstance(error, NisbaServiceError | OSError):
        where = "".join(traceback.format_tb(error.__traceback__))
        return WorkerFailed(f"a worker failed with {type(error).__name__}. This is a bug.\n{where}")
    return error if _travels(error) else ArchiveError(str(error))


def _travels(error: Exception) -> bool:
    try:
        arrived = pickle.loads(pickle.dumps(error))
    except Exception:
        return False
    return type(arrived) is type(error) and str(arrived) == str(error)
