"""Fits the weights of the linking policy to development data."""
