"""Numbers as Chinese reports write them, to exact decimals: 3亿5千万, 2.5个亿, 十三点五, 1,200万, 数十亿.

Rules of reading: a multiplier counts what stands before it since the last greater one (3亿5千万 is 3e8 + 5e7), a
greater multiplier counts everything before it (1.2万亿), a final digit behind a multiplier in Han numerals stands
one place lower (两万五 is 25,000).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
GREAT = {"万": 10**4, "亿": 10**8, "兆": 10**12}
VAGUE_MARKS = "数几多余上来"

ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MULTIPLIERS = r"[十百千万亿]"
HAN_NUMBER = (
    r"(?:[数几][十百千万亿]+|[上成][百千万]{1,2}亿?"
    r"|(?<=[近超上过逾破约达])[百千万亿](?![百千万亿])|(?![百千万亿](?![零〇一二三四五六七八九十百千万亿两几多余点]))[零〇一二三四五六七八九十百千万亿两廿半](?:[零〇一二三四五六七八九十百千万亿两几多余点]*[零〇一二三四五六七八九十百千万亿两几多余])?)"
)
"""A number in Han numerals on folded text."""
NUMBER = (
    rf"(?:(?:{ARABIC})(?:(?:个(?=万?亿)|[多余几])?{_MULTIPLIERS}{{1,3}}(?:\d[\d.]*{_MULTIPLIERS}{{1,2}})*)?[多余]?|{HAN_NUMBER})"
)
"""A number on folded text: Arabic with multipliers, or Han numerals."""


class Number(NamedTuple):
    """A number's ends (equal unless it is vague) and how sure it is: ``exact``, ``about`` or ``over``.

    ``multiplier`` is the greatest multiplier written, which the first end of a range may borrow.
    """

    low: Decimal
    high: Decimal
    sureness: str
    multiplier: int


@lru_cache(65536)
def parse(text: str) -> Number | None:
    """The value of a number, None when the characters are none."""
    body = text.replace(",", "").replace("，", "").replace("个", "")
    sureness = "exact"
    if body and body[0] in "数几":
        inner = _plain(body[1:], bare_multiplier=True)
        if inner is None:
            return None
        return Number(inner[0], inner[0] * 10, "about", inner[1])
    if body and body[0] in "上成":
        inner = _plain(body[1:], bare_multiplier=True)
        return None if inner is None else Number(inner[0], inner[0], "over", inner[1])
    if "几" in body:
        low, high = _plain(body.replace("几", "一"), True), _plain(body.replace("几", "九"), True)
        if low is None or high is None:
            return None
        return Number(low[0], high[0], "about", low[1])
    if "多" in body or "余" in body:
        sureness = "over"
        body = body.replace("多", "").replace("余", "")
    value = _plain(body, bare_multiplier=True)
    if value is None:
        return None
    return Number(value[0], value[0], sureness, value[1])


def _plain(body: str, bare_multiplier: bool) -> tuple[Decimal, int] | None:
    """Value and greatest multiplier of a number without vague marks."""
    if not body:
        return None
    if body == "半":
        return Decimal("0.5"), 1
    if "点" in body:
        body = _spoken_point(body)
    if all(c in DIGITS for c in body) and len(body) > 1:
        return Decimal("".join(str(DIGITS[c]) for c in body)), 1
    total = section = Decimal(0)
    current: Decimal | None = None
    last_great = last_unit = greatest = 1
    at, size = 0, len(body)
    while at < size:
        char = body[at]
        if "0" <= char <= "9":
            stop = at + 1
            while stop < size and (body[stop].isdecimal() or body[stop] == "."):
                stop += 1
            try:
                current = Decimal(body[at:stop])
            except ArithmeticError:
                return None
            at = stop
            continue
        if char in DIGITS:
            current = Decimal(DIGITS[char])
            if char in "零〇":
                current, last_unit = None, 1
        elif char == "廿":
            section += 20
        elif char in SMALL:
            unit = SMALL[char]
            if current is None and not section and not bare_multiplier:
                return None
            section += (Decimal(1) if current is None else current) * unit
            current, last_unit, greatest = None, unit, max(greatest, unit)
        elif char in GREAT:
            unit = GREAT[char]
            section += current or 0
            if unit > last_great and (total or last_great > 1):
                total = (total + section) * unit
            else:
                total += (section if section or total else Decimal(1)) * unit
            section, current, last_great, last_unit = Decimal(0), None, unit, unit
            greatest = max(greatest, unit)
        else:
            return None
        at += 1
    if current is not None:
        behind = body[-2:-1]
        if body[-1] in DIGITS and (behind in SMALL or behind in GREAT) and last_unit > 10:
            current = current * last_unit / 10
        section += current
    return total + section, greatest


def _spoken_point(body: str) -> str:
    """十三点五亿 to 13.5亿: the decimal part is read digit by digit."""
    whole, _, rest = body.partition("点")
    count = 0
    while count < len(rest) and rest[count] in DIGITS:
        count += 1
    before = _plain(whole, bare_multiplier=True) if whole else None
    digits = "".join(str(DIGITS[c]) for c in rest[:count])
    return f"{before[0] if before else 0}.{digits or 0}{rest[count:]}"


def written(value: Decimal) -> str:
    """A decimal written out, without exponent or trailing zeros: 500000000, 0.95."""
    if value == value.to_integral_value():
        return format(value.to_integral_value(), "f")
    return format(value.normalize(), "f")
