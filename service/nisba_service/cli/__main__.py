"""`python -m nisba_service.cli` is `nisba`, for where the script is not on the path."""

from nisba_service.cli import main

main()
