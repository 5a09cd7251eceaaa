"""The command line: `nisba`.

A command reads its arguments, asks a backend (this process, or a server through the SDK) and hands
the SDK's plain results to a renderer. Nothing heavy is imported before a command needs it.
"""

from nisba_service.cli.app import main

__all__ = ["main"]
