"""Labelled corpora: tagged records out to the tools that train and annotate, and what people did there back in.

One module a format. Every format takes and gives documents (``tagger.schema.Document``): a corpus of paragraphs or
sentences is a corpus of short documents (``levels``), so a format never asks at which level it works.
"""

from tagger.corpus.errors import CorpusError
from tagger.corpus.formats import FORMATS, IMPORTS

__all__ = ["FORMATS", "IMPORTS", "CorpusError"]
