"""The gRPC server of nisba.v1: front of the service, and all that knows the wire."""
