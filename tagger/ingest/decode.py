"""Bytes of a text file to text: UTF-8, UTF-16, GB18030, Big5."""

from __future__ import annotations

import re

from tagger.ingest.errors import ReadError

_COMMON = re.compile("[的一是在不有人中大国年市公司和上为业个行]")
_COMMON_BIG5 = re.compile("[的一是在不有人中大國年市公司和上為業個行]")
_SAMPLE = 20_000
_MOST_DAMAGE = 0.01  # share of the characters


def decode(data: bytes, declared: str | None = None) -> str:
    """Bytes to text. UTF-8 is tried first (a few broken bytes do not matter), then UTF-16 by its mark or its zeros, GB18030 and Big5.

    ``declared`` is the encoding that a page names itself; it decides between the last two.

    Raises ReadError for binary data.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        text = _utf8(data) or _utf16_without_mark(data) or _damaged_utf8(data) or _chinese(data, declared)
    if text.count("\x00") > len(text) * _MOST_DAMAGE:
        raise ReadError("a binary file, not text")
    return text


def _utf8(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text[:_SAMPLE] else text


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes that are none; U+FFFD stands for them. Text in another encoding has far more."""
    text = data.decode("utf-8-sig", "replace")
    damage = text.count("\ufffd")
    wide = len(data) - len(text)  # bytes of Han beyond their first: nothing that is not UTF-8 has many
    return text if damage <= max(4, len(text) * _MOST_DAMAGE) and wide > 10 * damage else None


def _utf16_without_mark(data: bytes) -> str | None:
    """Text in UTF-16 without a byte order mark: blanks, digits and line ends leave a zero in every second byte."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.02 * len(sample) or min(even, odd) > 0.1 * max(even, odd):
        return None
    try:
        return data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _chinese(data: bytes, declared: str | None) -> str:
    """GB18030 or Big5, whichever reads; where both do, the one with more of the common characters."""
    read = {name: text for name in ("gb18030", "big5hkscs") if (text := _strict(data, name)) is not None}
    if not read:
        raise ReadError("not text in UTF-8, UTF-16, GB18030 or Big5")
    if declared and declared.startswith("big5") and "big5hkscs" in read:
        return read["big5hkscs"]
    if len(read) == 1 or (declared and declared.startswith("gb") and "gb18030" in read):
        return next(iter(read.values()))
    mainland = len(_COMMON.findall(read["gb18030"], 0, _SAMPLE))
    taiwan = len(_COMMON_BIG5.findall(read["big5hkscs"], 0, _SAMPLE))
    return read["big5hkscs"] if taiwan > 2 * mainland else read["gb18030"]


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
