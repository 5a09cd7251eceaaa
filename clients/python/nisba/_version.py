"""The version of this distribution; a test holds it to the packaging's."""

__version__ = "0.1.0"
