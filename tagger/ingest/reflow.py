"""What tells paragraphs apart in text that was laid out: marks, ends, joints. Shared by all readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

TERMINAL = "。！？!?…；;"
"""Characters that end a sentence."""
CLOSED = TERMINAL + "”」』）)】》：:"
"""Characters after which a paragraph may well end."""
UNREADABLE = "".join(
    chr(code)
    for first, last in (
        (0x00, 0x08),
        (0x0E, 0x1F),
        (0x7F, 0x84),
        (0x86, 0x9F),
        (0xAD, 0xAD),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2060),
        (0xFEFF, 0xFEFF),
        (0xFFFE, 0xFFFF),
        (0xD800, 0xDFFF),
    )
    for code in range(first, last + 1)
)
"""Characters that carry no text: controls except the tab and line ends, zero-width marks, BOM, soft hyphen, leftovers
of PDF extractors and lone surrogates (which no UTF-8 file can hold)."""

BULLET = re.compile(
    r"[■□●○◆◇▶►▲•·⚫⬤◼◾❖❑➢➤✓✔※\uf000-\uf0ff]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、）)]"
    r"|\d{1,2}[.．](?!\d)|\d{1,2}(?:\.[1-9]\d?){1,3}[.\s]\s*(?=[\u3400-\u9fff])(?!亿|万|元|个|倍|美|英|日|人|年|月|家|吨|点|分)|[①-⑳]|第[一二三四五六七八九十百]+[章节条]|#{1,6} |【"
)
"""What a list item or numbered heading begins with."""
CAPTION = re.compile(
    r"(?:图表|图|表)\s?\d{1,3}\s*[：:.、\s]\s*(?![所可示])|(?:图表|图|表)\s?\d{1,3}$|图表\s?\d{1,3}(?![\d所可示中为是给和与及的、，])"
)
"""The caption of a figure or table."""
SOURCE_NOTE = re.compile(r"(?:资料|数据|图表|图片)?来源\s*[：:]|注\s*[：:]")
"""The line under a figure that says where it is from."""


LONE_MARK = re.compile(rf"(?:{BULLET.pattern}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?)")
"""A bullet or number that may stand alone on its line before what it marks."""
_LEADERS_REVERSED = re.compile(r"\d*\s*(?:[.…·．]\s?){6}")


def opens_with_label(text: str, labels: Set[str]) -> bool:
    """The line begins with a label or heading word: 发布日期：…, 风险提示：…, 投资要点."""
    head = text[:16].replace(":", "：").partition("：")
    return head[0].strip() in labels and bool(head[1] or len(text) <= 16)


def reads_on(text: str) -> bool:
    """Running text that is cut in the middle: it has clauses as no title has, and ends in a word."""
    if len(text) < 20 or not (text[-1].isalnum() or text[-1] in "，、“（《"):
        return False
    return any(char in text for char in "。；、") or (len(text) > 45 and "，" in text)


def ends_sentence(text: str) -> bool:
    """Text that may go on a sentence begun before: it has clauses and ends one."""
    return text[-1] in TERMINAL and any(char in text for char in "，、；")


def is_contents_line(text: str) -> bool:
    """A line of a table of contents: words, leaders, a page."""
    return _LEADERS_REVERSED.match(text[::-1]) is not None


def columns(text: str) -> int:
    """Display width: Han count two, Latin one. In UTF-8 they have three bytes and one, which says just that."""
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2


def is_wide(char: str) -> bool:
    """Han and its punctuation: written without blanks between."""
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\ufe30" <= char <= "\uffef"
        or char in "“”‘’…—"
        or char >= "\U00020000"
    )


def joint(left: str, right: str) -> str:
    """What stands between two lines that are one paragraph: a blank between Latin words, nothing at Han."""
    if is_wide(left) or is_wide(right):
        return ""
    return "" if left in "-/(（" or right in ",.;:%)" or not left.isprintable() else " "
