"""Texts linked by a real server while its gazetteer is edited."""
