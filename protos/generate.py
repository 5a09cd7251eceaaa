"""Generate the stubs of `nisba.v1` and their types below a folder; also an image for buf.

Usage: python protos/generate.py FOLDER. Uses the pinned grpcio-tools, so the output is stable.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from google.rpc import status_pb2
from grpc_tools import protoc

PROTOS = Path(__file__).parent
# google/rpc/status.proto, and google/protobuf/any.proto that it imports.
GOOGLE_PROTOS = (Path(status_pb2.__file__).parents[2], files("grpc_tools") / "_proto")
# The plugin lies beside this interpreter, whether or not its environment is activated.
PLUGIN = f"--plugin=protoc-gen-mypy_grpc={Path(sys.executable).parent / 'protoc-gen-mypy_grpc'}"


def generate(out: Path) -> None:
    """Write nisba/v1/*_pb2* (and, outside the SDK, protos.binpb) below `out`."""
    out.mkdir(parents=True, exist_ok=True)
    includes = [f"-I{folder}" for folder in (PROTOS, *GOOGLE_PROTOS)]
    sources = sorted(str(path) for path in PROTOS.rglob("*.proto"))
    services = [path for path in sources if path.endswith("_service.proto")]
    _run(*includes, f"--python_out={out}", f"--pyi_out={out}", *sources)
    _run(*includes, PLUGIN, f"--grpc_python_out={out}", f"--mypy_grpc_out=quiet:{out}", *services)
    if not (out / "pyproject.toml").exists():
        image = f"--descriptor_set_out={out / 'protos.binpb'}"
        _run(*includes, "--include_imports", "--include_source_info", image, *sources)


def _run(*arguments: str) -> None:
    if protoc.main(["protoc", *arguments]) != 0:
        sys.exit("protoc failed: its messages are above")


if __name__ == "__main__":
    generate(Path(sys.argv[1]))
