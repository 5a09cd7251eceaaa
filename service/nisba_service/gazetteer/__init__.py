"""The curated entities: their files, their rules, and the index of their names."""
