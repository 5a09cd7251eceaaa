"""The Nisba entity-linking service: names in English and Arabic text to canonical IDs."""

__version__ = "0.1.0"
