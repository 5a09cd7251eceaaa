"""The files of the tagging models in a Stanza resource folder, found without loading any.

A folder is what `stanza.download` leaves: resources.json, and LANGUAGE/PROCESSOR/PACKAGE.pt. Of
each language the default packages are taken, as resources.json names them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nisba_service.errors import ModelsError
from nisba_service.names.types import Language

_NEEDED = ("tokenize", "ner")
# The package name of this project's own models.
OWN_PACKAGE = "nisba"
# Loaded with the tokenizer where the language's default package has it.
_OPTIONAL = ("mwt",)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The models of one language: the package of each processor, and all files they need.

    Attributes:
        particles_apart: the tagger has learnt from words without their particles (see `particles`).
    """

    language: Language
    folder: Path
    packages: Mapping[str, str]
    files: tuple[Path, ...]
    particles_apart: bool = False

    def only_file(self, processor: str) -> Path:
        """Return the one file of a processor, as "ner". Raises LookupError if there is not one."""
        paths = [path for path in self.files if path.parent.name == processor]
        if len(paths) != 1:
            raise LookupError(f"{len(paths)} files of {processor}")
        return paths[0]


def find(models_dir: Path) -> tuple[ModelFiles, ...]:
    """Return the models of every language of the service.

    Raises:
        ModelsError: the folder, resources.json, a language or a file is missing or unreadable.
    """
    resources = _resources(models_dir)
    return tuple(_of_language(models_dir, language, resources) for language in Language)


def content_hash(models: Iterable[ModelFiles]) -> str:
    """Return 16 hexadecimal digits that change when any model file changes. Reads all of them."""
    digest = hashlib.sha256()
    for model in models:
        for path in model.files:
            digest.update(f"{path.relative_to(model.folder).as_posix()}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _resources(models_dir: Path) -> dict[str, Any]:
    if not models_dir.is_dir():
        raise ModelsError(
            f"{models_dir}: no such folder of models; set the models folder to the bundled models/ "
            "or to a Stanza resource folder"
        )
    path = models_dir / "resources.json"
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelsError(
            f"{path}: missing; the models folder must be one that stanza.download has filled"
        ) from None
    except (OSError, ValueError) as error:
        raise ModelsError(f"{path}: unreadable ({error}); {_restore()}") from None
    if not isinstance(resources, dict):
        raise ModelsError(f"{path}: must hold an object of languages; {_restore()}")
    return resources


def _of_language(models_dir: Path, language: Language, resources: Mapping[str, Any]) -> ModelFiles:
    entry = resources.get(language.value)
    try:
        packages = _packages(entry)
        names = [*packages.items(), *_dependencies(entry, packages)]
    except (AttributeError, KeyError, TypeError) as error:
        raise ModelsError(
            f"{models_dir / 'resources.json'}: has no default packages "
            f"{' and '.join(_NEEDED)} for language {language.value!r} (at {error}); "
            f"{_restore(language)}"
        ) from None
    files = tuple(
        models_dir / language.value / processor / f"{package}.pt" for processor, package in names
    )
    for path in files:
        if not path.is_file():
            raise ModelsError(f"{path}: model file missing; {_restore(language)}")
    return ModelFiles(language, models_dir, packages, files, _particles_apart(entry, packages))


def _packages(entry: Any) -> dict[str, str]:
    defaults = entry["packages"]["default"]
    packages = {processor: defaults[processor] for processor in _NEEDED}
    return packages | {name: defaults[name] for name in _OPTIONAL if name in defaults}


def _particles_apart(entry: Any, packages: Mapping[str, str]) -> bool:
    """Say what an entry of this project's own says of its tagger; Stanza has no such key."""
    return bool(entry["ner"][packages["ner"]].get("particles_apart", False))


def _dependencies(entry: Any, packages: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the embeddings and character models that the packages stand on, each once."""
    return list(
        {
            (dependency["model"], dependency["package"]): None
            for processor, package in packages.items()
            for dependency in entry[processor][package].get("dependencies") or ()
        }
    )


def _restore(language: Language | None = None) -> str:
    fetch = (
        f'fetch it with stanza.download("{language.value}", model_dir=FOLDER, '
        'processors="tokenize,ner")'
        if language is not None
        else "fetch it again with stanza.download"
    )
    return f"restore the bundled models/ from the release, or {fetch}"
