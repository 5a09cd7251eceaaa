"""The gazetteer as living data: revisions, curators' edits and tokens, in SQLite or PostgreSQL."""
