"""CoNLL columns with BIOES tags; all else as in ``conll``."""

from __future__ import annotations

from tagger.corpus import conll
from tagger.corpus.conll import read

__all__ = ["Writer", "read"]


class Writer(conll.Writer):
    """Writes ``train.conll`` and so on with BIOES tags."""

    bioes = True
