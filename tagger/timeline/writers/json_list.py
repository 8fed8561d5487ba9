"""The timeline record as one JSON list."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.timeline.record import TimelineEvent


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write a list with one event a line."""
    encoder = msgspec.json.Encoder()
    file.write(b"[")
    for number, event in enumerate(events):
        file.write(b",\n" if number else b"\n")
        file.write(encoder.encode(event))
    file.write(b"\n]\n")
