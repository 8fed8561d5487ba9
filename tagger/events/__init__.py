"""Events: what was done about which policy."""

from tagger.events.extract import EventExtractor

__all__ = ["EventExtractor"]
