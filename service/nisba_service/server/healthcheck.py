"""`python -m nisba_service.server.healthcheck [ADDR]`: exit code 0 if a server is serving, else 1.

For containers: no other program is needed in the image, and torch is not imported.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2
from grpc_health.v1.health_pb2_grpc import HealthStub

_ANY_HOST = ("0.0.0.0", "[::]")
_SERVING = health_pb2.HealthCheckResponse.SERVING


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask a server for its health; print the answer and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        with _channel(options) as channel:
            request = health_pb2.HealthCheckRequest(service=options.service)
            status = HealthStub(channel).Check(request, timeout=options.timeout).status
    except (grpc.RpcError, OSError) as error:
        print(f"no answer from {options.address}: {_reason(error)}", file=sys.stderr)
        return 1
    print(health_pb2.HealthCheckResponse.ServingStatus.Name(status))
    return 0 if status == _SERVING else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="healthcheck", description="Ask a server for its health.")
    own = os.environ.get("NISBA_ADDRESS", "127.0.0.1:50051")
    # Where there is a port for health alone, it speaks no TLS and asks for no certificate.
    default = os.environ.get("NISBA_HEALTH_ADDRESS") or own
    parser.add_argument("address", nargs="?", default=default, help=f"default: {default}")
    parser.add_argument("--service", default="", help="default: the server as a whole")
    parser.add_argument("--timeout", type=float, default=3.0, help="seconds; default: 3")
    parser.add_argument("--ca", type=Path, help="PEM of the server's authority: use TLS")
    parser.add_argument(
        "--certificate", type=Path, help="PEM to show to a server that asks for one"
    )
    parser.add_argument("--key", type=Path, help="PEM of the certificate's key")
    parser.add_argument("--server-name", help="name in the server's certificate, if not ADDR's")
    return parser


def _channel(options: argparse.Namespace) -> grpc.Channel:
    address = _reachable(options.address)
    if options.ca is None:
        return grpc.insecure_channel(address)
    name = options.server_name
    return grpc.secure_channel(
        address,
        grpc.ssl_channel_credentials(
            root_certificates=options.ca.read_bytes(),
            private_key=options.key and options.key.read_bytes(),
            certificate_chain=options.certificate and options.certificate.read_bytes(),
        ),
        options=[("grpc.ssl_target_name_override", name)] if name else [],
    )


def _reachable(address: str) -> str:
    """Return where to ask a server that listens on `address`: every host means this one, too."""
    host, _, port = address.rpartition(":")
    return f"localhost:{port}" if host in _ANY_HOST else address


def _reason(error: grpc.RpcError | OSError) -> str:
    return error.code().name if isinstance(error, grpc.Call) else str(error)


if __name__ == "__main__":
    sys.exit(main())
