"""Themes: which subject a paragraph has."""

from tagger.themes.model import ModelError, ThemeModel

__all__ = ["ModelError", "ThemeModel"]
