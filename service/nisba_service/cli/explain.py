"""`nisba explain`: why a name is, or is not, one of an entity's names."""

from __future__ import annotations

from typing import Annotated

import typer

from nisba_service.cli.options import SEEDS, GazetteerPath
from nisba_service.errors import EntityNotFound
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import parse_location
from nisba_service.gazetteer.model import Entity
from nisba_service.names.compare import Comparer, Comparison
from nisba_service.names.parse import parse
from nisba_service.server import limits, validate


def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="In either script.")],
    id: Annotated[str, typer.Argument(metavar="ENTITY_ID", help="For example org:hamas.")],
    gazetteer: GazetteerPath = SEEDS,
) -> None:
    """Show how a name agrees with the stored name that is nearest to it, part by part."""
    validate.text(name, "name", limits.NAME)
    print(_nearest(name, _entity(gazetteer, id)).explanation)


def _entity(location: str, id: str) -> Entity:
    entity = load(parse_location(location)).find(id)
    if entity is None:
        raise EntityNotFound("id", (id,))
    return entity


def _nearest(name: str, entity: Entity) -> Comparison:
    stored = [parse(known.name) for known in entity.names]
    return max(Comparer(parse(name)).compare(stored), key=lambda compared: compared.probability)
