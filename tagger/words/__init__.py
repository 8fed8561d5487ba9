"""Words: where they begin and end in a text, and the dictionary by which they are cut."""

from tagger.words._bounds import bounds_of, words_of
from tagger.words.dictionary import cutter

__all__ = ["bounds_of", "cutter", "words_of"]
