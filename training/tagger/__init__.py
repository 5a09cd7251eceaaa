"""Tagging models, from annotated sentences to a folder that the service loads."""
