"""The timeline record as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.timeline.record import TimelineEvent


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write one event a line."""
    encoder = msgspec.json.Encoder()
    for event in events:
        file.write(encoder.encode(event) + b"\n")
