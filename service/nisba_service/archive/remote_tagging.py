"""Tagging by services that run elsewhere, over the SDK's stream: no models and no torch here.

    RemoteTagSetup.of   asks every service once, before anything is written: they must have the
                        same models
    RemoteTagger.tag    sends the documents of a shard to one service; what is not answered, because
                        the service died, was busy or fell silent, goes to the next, or to the same

It is a setup as that of models is, so that any engine runs it. Back-pressure is the stream's: a
busy service reads more slowly, and a worker sends no faster than it is answered.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import nisba
from nisba_service.archive.remote_outcomes import Outcomes, refusal
from nisba_service.archive.tag_worker import TagWorker
from nisba_service.errors import ArchiveError, ModelsError, SettingsError
from nisba_service.tagging.model import Document, TaggedSpan

PROBE: Final = "Nisba. نسبة."
"""A text that every service can tag: its answer names the version of the models."""

_BACKOFF: Final = nisba.RetryConfig(initial_backoff=0.5, max_backoff=5.0)
"""How waits grow while no service answers; the SDK has then tried for a second by itself."""

_AVOIDED_SECONDS: Final = 30.0
"""How long a service that failed comes after all others."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, and how it is reached: as by `nisba.Client`."""

    address: str
    token: str | None = field(default=None, repr=False)
    tls: nisba.TlsConfig | None = field(default=None, repr=False)
    insecure: bool = False

    def client(self, silence: float) -> nisba.Client:
        """Return a client, which connects when it is used. Raises SettingsError."""
        try:
            return nisba.Client(
                self.address,
                timeout=silence,
                token=self.token,
                insecure=self.insecure,
                config=nisba.ClientConfig(tls=self.tls),
            )
        except ValueError as error:
            raise SettingsError(f"{self.address}: {error}") from error


@dataclass(frozen=True, slots=True)
class Patience:
    """How long services are waited for, in seconds."""

    silence: float = 60.0
    """Without any answer on a stream, until it counts as hung."""
    no_progress: float = 300.0
    """Without any document tagged, until the run ends: longer than a service takes to restart."""


@dataclass(frozen=True, slots=True)
class RemoteTagSetup:
    """Tags by services. `model_version`: of all of them; an answer of another ends the run."""

    services: tuple[Service, ...]
    model_version: str
    patience: Patience = Patience()

    @classmethod
    def of(cls, services: Sequence[Service], patience: Patience = Patience()) -> RemoteTagSetup:
        """Ask each service for the version of its models.

        Raises:
            ModelsError: they have different ones.
            ArchiveError: one does not answer.
            SettingsError: one cannot be reached in the way that is asked for.
        """
        versions = {service.address: _version(service, patience) for service in services}
        if len(set(versions.values())) > 1:
            told = ", ".join(f"{address} has {version}" for address, version in versions.items())
            raise ModelsError(f"the services tag with different models, which do not mix: {told}")
        return cls(tuple(services), next(iter(versions.values())), patience)

    def worker(self) -> TagWorker:
        """Return a worker. It connects when it has a task."""
        return TagWorker(RemoteTagger(self))


class RemoteTagger:
    """Tags the documents of one shard after the other."""

    def __init__(self, setup: RemoteTagSetup) -> None:
        self._setup = setup
        self._rota = _Rota(setup.services)

    def tag(self, documents: Sequence[Document]) -> Sequence[tuple[TaggedSpan, ...] | None]:
        """Return the spans of each document, None where the service's tagger fails at it.

        Raises:
            ModelsError: a service answered by other models.
            ArchiveError: no service answers for too long, or one refuses to.
        """
        outcomes = Outcomes(documents, self._setup.model_version)
        progress, failures = time.monotonic(), 0
        while missing := len(outcomes.missing):
            service = self._rota.next()
            trouble = self._ask(service, outcomes)
            if len(outcomes.missing) < missing:
                progress, failures = time.monotonic(), 0
            if trouble is not None:
                failures += 1
                self._bear(trouble, service, time.monotonic() - progress)
                if not self._rota.put_last(service):
                    time.sleep(_BACKOFF.backoff(failures))
        return outcomes.in_order()

    def _ask(self, service: Service, outcomes: Outcomes) -> nisba.NisbaError | None:
        """Ask for what is missing; return what kept the service from answering, if anything."""
        trouble = None
        with service.client(self._setup.patience.silence) as client:
            for document, answer in client.stream_tags(outcomes.missing):
                trouble = outcomes.settle(service.address, document, answer) or trouble
        return trouble

    def _bear(self, trouble: nisba.NisbaError, service: Service, seconds: float) -> None:
        if seconds > self._setup.patience.no_progress:
            raise ArchiveError(
                f"no service has tagged a document for {seconds:.0f} s; the last, "
                f"{service.address}: {trouble.message}"
            ) from trouble


class _Rota:
    """Whose turn it is: one after the other, those that failed lately last."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._services = list(services)
        random.shuffle(self._services)  # Workers begin with different ones.
        self._failed: dict[str, float] = {}

    def next(self) -> Service:
        """Return whose turn it is."""
        service = min(self._services, key=self._is_avoided)  # The first of those that are not.
        self._services.remove(service)
        self._services.append(service)
        return service

    def put_last(self, service: Service) -> bool:
        """Avoid a service for a while; return whether another is left."""
        self._failed[service.address] = time.monotonic()
        return not all(map(self._is_avoided, self._services))

    def _is_avoided(self, service: Service) -> bool:
        failed = self._failed.get(service.address)
        return failed is not None and time.monotonic() - failed < _AVOIDED_SECONDS


def _version(service: Service, patience: Patience) -> str:
    with service.client(patience.silence) as client:
        [(_, answer)] = client.stream_tags([PROBE])
    if isinstance(answer, nisba.NisbaError):
        raise refusal(service.address, answer) from answer
    return answer.provenance.model_version
