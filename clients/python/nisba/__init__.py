"""Python client of the Nisba entity-linking service."""
