"""Why a file cannot be read."""

from __future__ import annotations


class ReadError(ValueError):
    """A file that cannot be read as a report; the message says why, without its name."""


class MissingPartError(ReadError):
    """The format needs an optional part that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part: pip install 'yanbao-tagger[{extra}]'")
