"""Linking against what a user would write instead. `make bench-linking`."""
