"""Whose tagging a state is linked from: one version of the models, named where it may be another.

A state has the name of its gazetteer alone. So the same revision with other models, or with another
policy, is made in the place of the one that is there: with other models only if a person says so.
"""

from __future__ import annotations

from nisba_service.archive.layout import Layout
from nisba_service.archive.manifest import Origin, read_manifest
from nisba_service.archive.progress import Observer
from nisba_service.errors import ArchiveError


def newest_model(layout: Layout) -> str:
    """Return the models whose tagging was completed last. Raises ArchiveError."""
    completed = {
        manifest.completed: model
        for model in layout.models()
        if (manifest := read_manifest(layout.tagged(model))) is not None
    }
    if not completed:
        raise ArchiveError(
            f"{layout.root}: nothing is tagged yet; `nisba archive tag IN` comes first"
        )
    return completed[max(completed)]


def model_for(layout: Layout, state: str) -> str:
    """Return the models to link a state with where nobody names them: the newest.

    Raises ArchiveError: it is linked with others, or nothing is tagged.
    """
    newest, linked = newest_model(layout), _linked(layout, state)
    if linked is not None and linked.model != newest:
        raise ArchiveError(
            f"{state} is linked with the tags of models {linked.model}, and the newest are those of"
            f" {newest}: `nisba archive link --model {linked.model}` goes on with it, `--model"
            f" {newest}` makes it anew in its place"
        )
    return newest


def check_followed(layout: Layout, model: str, state: str, observer: Observer) -> None:
    """Check that a state may follow one of these models, and note it if there are newer ones.

    Raises ArchiveError: it is linked with others already.
    """
    newest, linked = newest_model(layout), _linked(layout, state)
    if linked is not None and linked.model != model:
        raise ArchiveError(
            f"{state} is linked with the tags of models {linked.model}, the state before with those"
            f" of {model}: what differs would be due to both; `nisba archive link --model {model}`"
            f" to {state} makes it anew in its place, and `relink` then follows"
        )
    if newest != model:
        observer.note(
            f"{state} has the tags of models {model}, as the state before; the newest are those of"
            f" {newest}: `nisba archive link --model {newest}` makes a state of them"
        )


def forget_other(layout: Layout, state: str, origin: Origin, observer: Observer) -> None:
    """Say that a state of another origin is made anew, and remove its deltas: they tell of it.

    Raises OSError; ArchiveError: its gazetteer is another one that has revisions of these numbers.
    """
    linked = _linked(layout, state)
    if linked is None or linked == origin:
        return
    if linked.gazetteer_version != origin.gazetteer_version:
        raise ArchiveError(
            f"{state} is linked to gazetteer {linked.gazetteer_version}, and revision"
            f" {origin.gazetteer_revision} of this store is {origin.gazetteer_version}: name the"
            f" store of that state, or remove {layout.links(state)} and {layout.traces(state)}"
        )
    observer.note(
        f"{state}: is made anew; it was linked with models {linked.model}, policy {linked.policy}"
    )
    for path in layout.deltas_of(state):
        path.unlink(missing_ok=True)


def _linked(layout: Layout, state: str) -> Origin | None:
    manifest = read_manifest(layout.links(state))
    return None if manifest is None else manifest.origin
