"""What can go wrong with a corpus."""

from __future__ import annotations


class CorpusError(ValueError):
    """A corpus that cannot be read or written as asked; the message says why in one line, with file and line."""
