"""The timeline: what many reports tell about the same acts, merged into one list."""

from tagger.timeline.build import build
from tagger.timeline.merge import merge
from tagger.timeline.reading import TaggedError, claims_in
from tagger.timeline.record import Claim, Evidence, Link, Report, TimelineEvent
from tagger.timeline.select import Selection
from tagger.timeline.writers import FORMATS, WriterError, check_format, write

__all__ = [
    "FORMATS",
    "Claim",
    "Evidence",
    "Link",
    "Report",
    "Selection",
    "TaggedError",
    "TimelineEvent",
    "WriterError",
    "build",
    "check_format",
    "claims_in",
    "merge",
    "write",
]
