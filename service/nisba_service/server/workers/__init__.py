"""Processes that read texts, behind one port: see docs/adr/0011."""
