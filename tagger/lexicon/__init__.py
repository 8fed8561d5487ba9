"""The lexicons: knowledge as data. This room knows the CSV columns and nobody else does."""

from tagger.lexicon.entries import CATEGORY_KIND, Entry
from tagger.lexicon.fold import Folder, View
from tagger.lexicon.load import Family, Lexicon, Pattern, Unit, load
from tagger.lexicon.tables import LexiconError

__all__ = [
    "CATEGORY_KIND",
    "Entry",
    "Family",
    "Folder",
    "Lexicon",
    "LexiconError",
    "Pattern",
    "Unit",
    "View",
    "load",
]
