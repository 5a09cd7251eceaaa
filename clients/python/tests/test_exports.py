from __future__ import annotations

import importlib.metadata
import pkgutil
from importlib.resources import files

import nisba
import nisba.testing


def test_the_public_names_are_sorted_and_exist() -> None:
    for module in (nisba, nisba.testing):
        assert sorted(module.__all__) == module.__all__
        assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_every_public_name_is_exported() -> None:
    def public(name: str) -> bool:
        value = getattr(nisba, name)
        return isinstance(value, type) and value.__module__.startswith("nisba._")

    assert {name for name in vars(nisba) if public(name)} <= set(nisba.__all__)


def test_all_modules_but_testing_are_private() -> None:
    names = {module.name for module in pkgutil.iter_modules(nisba.__path__)}
    assert {name for name in names if not name.startswith("_")} == {"testing"}


def test_the_version_is_that_of_the_distribution() -> None:
    assert nisba.__version__ == importlib.metadata.version("nisba-client")


def test_the_types_are_shipped() -> None:
    assert files(nisba).joinpath("py.typed").is_file()
