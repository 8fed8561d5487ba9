"""Numbers as Chinese reports write them, to exact decimals: 3亿5千万, 2.5个亿, 十三点五, 1,200万, 数十亿.

Rules of reading: a multiplier counts what stands before it since the last greater one (3亿5千万 is 3e8 + 5e7), a
greater multiplier counts everything before it (1.2万亿), a final digit behind a multiplier in Han numerals stands
one place lower (两万五 is 25,000).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
DIGITS |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
GREAT = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_BLANK = "[ \xa0\u2009]"
_COMMAS = r"[0-9]{0,2}(?:[,，][0-9]{3})++(?:\.[0-9]++)?+"
_BLANKS = rf"[0-9]{{0,2}}(?:{_BLANK}[0-9]{{3}})++(?=\s?[万亿]{{0,2}}元)"
_M = "[十百千万亿]"
_SCALED = rf"(?:(?:个(?=万?亿)|[多余几])?{_M}{{1,3}}(?:零?[0-9][0-9.]*{_M}{{1,2}})*(?:零?[0-9]{{1,4}}(?=元))?)?+[多余]?+"
ARABIC_REST = rf"(?:{_BLANKS}|{_COMMAS}|[0-9]*+(?:\.[0-9]++)?+){_SCALED}"
"""What follows the first digit of a number in Arabic digits: 5-10, 1,200万, 5 000 万元, 3亿5千万, 2.5个亿."""
_HAN_DIGITS = "零〇一二三四五六七八九十百千万亿两"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
LEADS = "近超上过逾破约达"
"""The characters behind which a multiplier may stand alone: 近千亿."""
HAN_STARTS = _HAN_DIGITS + "廿半数几上成" + _FORMAL[:-3]
"""The characters that a number in Han numerals begins with."""
HAN_NUMBER = (
    r"(?:[数几][十百千万亿]+|[上成][百千万]{1,2}亿?"
    rf"|[{_FORMAL[:-3]}][{_FORMAL}零百千万亿]*[拾佰仟万亿](?=[元圆])"
    rf"|(?<=[{LEADS}])[百千万亿](?![百千万亿])"
    rf"|(?![百千万亿](?![{_HAN_DIGITS}几多余点]))[{_HAN_DIGITS}廿半](?:[{_HAN_DIGITS}几多余点]*[{_HAN_DIGITS}几多余])?)"
)
"""A number in Han numerals on folded text."""
NUMBER = rf"(?:[0-9]{ARABIC_REST}|{HAN_NUMBER})"
"""A number on folded text: Arabic with multipliers, or Han numerals."""
_FILLING = re.compile("[,， \xa0\u2009个]")
_MANTISSA = re.compile(r"([0-9.]+|[一二两三四五六七八九])([十百千拾佰仟]?)([万亿]*)[多余]?\Z")


class Number(NamedTuple):
    """A number's ends (equal unless it is vague) and how sure it is: ``exact``, ``about`` or ``over``."""

    low: Decimal
    high: Decimal
    sureness: str


@lru_cache(65536)
def parse(text: str) -> Number | None:
    """The value of a number, None when the characters are none."""
    body = _FILLING.sub("", text)
    if body and body[0] in "数几":
        value = _plain(body[1:])
        return None if value is None else Number(value, value * 10, "about")
    if body and body[0] in "上成":
        value = _plain(body[1:])
        return None if value is None else Number(value, value, "over")
    if "几" in body:
        low, high = _plain(body.replace("几", "一")), _plain(body.replace("几", "九"))
        return None if low is None or high is None else Number(low, high, "about")
    vague = "多" in body or "余" in body
    value = _plain(body.replace("多", "").replace("余", "") if vague else body)
    return None if value is None else Number(value, value, "over" if vague else "exact")


def borrowed(first: str, other: str) -> int:
    """What the first end of a range takes over from the second: 5-10亿 is 5亿 to 10亿, 三至五百万 is 三百万 to 五百万."""
    if any(c in GREAT for c in first):
        return 1
    factor = 1
    for char in other.rstrip("多余")[::-1]:
        if char not in GREAT:
            break
        factor *= GREAT[char]
    own, whole = _MANTISSA.match(first), _MANTISSA.match(other)
    if own and whole and not own[2] and whole[2] in ("百", "千", "佰", "仟"):
        low, high = parse(own[1]), parse(whole[1])
        if low and high and low.low < high.low:
            factor *= SMALL[whole[2]]
    return factor


def _plain(body: str) -> Decimal | None:
    """The value of a number without vague marks."""
    if not body:
        return None
    if body[0] == "半":
        rest = _plain(body[1:]) if len(body) > 1 else Decimal(1)
        return None if rest is None else rest / 2
    if "点" in body:
        body = _spoken_point(body)
    if all(c in DIGITS for c in body) and len(body) > 1:
        return Decimal("".join(str(DIGITS[c]) for c in body))
    total = section = Decimal(0)
    current: Decimal | None = None
    last_great = last_unit = 1
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
            section += (Decimal(1) if current is None else current) * unit
            current, last_unit = None, unit
        elif char in GREAT:
            unit = GREAT[char]
            section += current or 0
            if unit > last_great and (total or last_great > 1):
                total = (total + section) * unit
            else:
                total += (section if at else Decimal(1)) * unit
            section, current, last_great, last_unit = Decimal(0), None, unit, unit
        else:
            return None
        at += 1
    if current is not None:
        behind = body[-2:-1]
        if body[-1] in DIGITS and (behind in SMALL or behind in GREAT) and last_unit > 10:
            current = current * last_unit / 10
        section += current
    return total + section


def _spoken_point(body: str) -> str:
    """十三点五亿 to 13.5亿: the decimal part is read digit by digit."""
    whole, _, rest = body.partition("点")
    count = 0
    while count < len(rest) and rest[count] in DIGITS:
        count += 1
    before = _plain(whole) if whole else None
    digits = "".join(str(DIGITS[c]) for c in rest[:count])
    return f"{before or 0}.{digits or 0}{rest[count:]}"


def written(value: Decimal) -> str:
    """A decimal written out, without exponent or trailing zeros: 500000000, 0.95."""
    if value == value.to_integral_value():
        return format(value.to_integral_value(), "f")
    return format(value.normalize(), "f")
