"""Matching: what a text names, found on characters, explained by entry or form."""
