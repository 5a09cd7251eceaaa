"""`python -m bench.serve.peer MODELS GAZETTEER`: what one writes on a first afternoon.

A gRPC server that calls `stanza.Pipeline` for each request and looks for the most alike name of
each entity by `rapidfuzz.process.extractOne(scorer=WRatio)`. The same models and contract.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from rapidfuzz import fuzz, process, utils
from stanza import Pipeline

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import (
    LinkingServiceServicer,
    add_LinkingServiceServicer_to_server,
)
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import parse_location
from nisba_service.tagging import model_files

_CUTOFF = 90


class Plain(LinkingServiceServicer):
    """Tags and looks up, text by text."""

    def __init__(self, models: Path, gazetteer: str) -> None:
        self._pipelines = {
            files.language.value: Pipeline(
                files.language.value,
                dir=str(files.folder),
                package=None,
                processors=dict(files.packages),
                download_method=None,
                use_gpu=False,
                logging_level="CRITICAL",
            )
            for files in model_files.find(models)
        }
        entities = load(parse_location(gazetteer)).entities.values()
        bearers = {utils.default_process(n.name): e.id for e in entities for n in e.names}
        self._names, self._ids = [*bearers], [*bearers.values()]

    def entities(self, text: str) -> list[Any]:
        """Return what Stanza finds in a text, by the models of its language."""
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text) > len(text) / 3
        found: list[Any] = self._pipelines["ar" if arabic else "en"](text).ents
        return found

    def LinkText(self, request: pb.LinkTextRequest, context: Any) -> pb.LinkTextResponse:  # noqa: N802
        """Return the entities of one text."""
        response = pb.LinkTextResponse()
        for entity in self.entities(request.document.text):
            # The names are processed already: that would cost a tenth of the look-up, each time.
            found = process.extractOne(
                utils.default_process(entity.text),
                self._names,
                scorer=fuzz.WRatio,
                score_cutoff=_CUTOFF,
            )
            response.document.mentions.add(
                start=entity.start_char,
                end=entity.end_char,
                text=entity.text,
                entity_id="" if found is None else self._ids[found[2]],
            )
        return response


def main() -> None:
    """Serve until terminated."""
    server = grpc.server(ThreadPoolExecutor(os.cpu_count() or 1))
    plain = Plain(Path(sys.argv[1]), sys.argv[2])  # type: ignore[abstract]  # it only links texts
    add_LinkingServiceServicer_to_server(plain, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(json.dumps({"event": "serving", "address": f"127.0.0.1:{port}"}), file=sys.stderr)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
