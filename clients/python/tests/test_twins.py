from __future__ import annotations

import inspect

from nisba import AsyncClient, Client

# What differs between the twins by Python's own rules.
PROTOCOL = {"__enter__": "__aenter__", "__exit__": "__aexit__"}


def _methods(client: type) -> list[str]:
    """Return the public methods, those of bulk work and of curators too, in the code's order."""
    return [
        name
        for cls in client.__mro__[:3]
        for name, value in vars(cls).items()
        if inspect.isfunction(value) and not name.startswith("_")
    ]


def test_the_twins_have_the_same_methods_in_the_same_order() -> None:
    assert _methods(Client) == _methods(AsyncClient)
    assert {"link", "stream_tags", "update_entity"} <= set(_methods(Client))


def test_the_twins_have_the_same_parameters_and_defaults() -> None:
    for name in ("__init__", *_methods(Client)):
        ours, theirs = (
            [(p.name, p.kind, p.default) for p in inspect.signature(f).parameters.values()]
            for f in (getattr(Client, name), getattr(AsyncClient, name))
        )
        assert ours == theirs, name


def test_all_but_the_subject_of_a_call_is_by_keyword() -> None:
    for name in _methods(Client):
        kinds = [p.kind for p in inspect.signature(getattr(Client, name)).parameters.values()]
        assert kinds.count(inspect.Parameter.POSITIONAL_OR_KEYWORD) <= 2, name  # self, subject


def test_every_call_takes_a_timeout() -> None:
    calls = [name for name in _methods(Client) if name != "close"]
    assert all("timeout" in inspect.signature(getattr(Client, name)).parameters for name in calls)


def test_both_are_context_managers() -> None:
    for ours, theirs in PROTOCOL.items():
        assert hasattr(Client, ours)
        assert hasattr(AsyncClient, theirs)
