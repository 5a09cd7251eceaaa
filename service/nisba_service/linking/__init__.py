"""Mentions and names to entities: retrieve, score by declared features, resolve, decide."""
