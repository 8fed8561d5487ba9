"""Instruments, companies and compute terms that no lexicon knows, found by their form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tagger.lexicon import Lexicon
    from tagger.matching.scan import Span

_SHORTEST_VOUCHER = 2
_LONGEST_QUOTED = 8  # characters before 券
_VOUCHER = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}券|[\u4e00-\u9fff]{2,6}券")
_MONEY = re.compile(r"\d[\d.]*[万亿]?元|[万亿]元")
_COMPANY = re.compile(
    r"[\u4e00-\u9fffa-z0-9（）()]{2,24}?(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司)"
)
_CODE = re.compile(r"[（(]\s?(?:\d{6}(?:\.(?:sz|sh|bj))?|\d{4,5}\.hk)\s?[）)]")
_BEFORE_CODE = re.compile(r"([\u4e00-\u9fff]{2,6}[a-z]?)\s?\Z")
_CARDS = re.compile(r"[万千]卡(?:级)?(?:gpu|智算|算力|国产|ai|训练)?集群")
_OPTICS = re.compile(r"(?:[1248]00g|1\.6t|3\.2t)光模块|[48]00g(?=[、/和等])|1\.6t(?=[、/和等光])")
OPENING_QUOTES = ("“", '"', "「", "『")
_CLOSING_QUOTES = ("”", '"', "」", "』")
_NO_FUND_BEFORE = ("券", "法")


_DIGITS = "0123456789"
_CUES = {
    "voucher": ("券",),
    "limited": ("有限公司", "有限责任公司"),
    "code": [
        mark + blank + digit for mark in "（(" for blank in ("", " ", "\xa0", "\t") for digit in _DIGITS
    ],
    "cards": ("万卡", "千卡"),
    "optics": ("100g", "200g", "400g", "800g", "1.6t", "3.2t"),
}


class Form(Struct, gc=False):
    """A span of the folded text and the kind it has by its form."""

    start: int
    end: int
    kind: str


class FormGrammar:
    """Finds terms by form; their endings and the words around them are cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        fold = lexicon.folder.fold_term
        self._voucher_lead = re.compile(
            "(?:"
            + "|".join(map(re.escape, sorted(map(fold, lexicon.cue("voucher/cut")), key=len, reverse=True)))
            + ")+"
        )
        self._never = tuple(map(fold, lexicon.cue("voucher/never")))
        self._never_before = frozenset(word[0] for word in self._never if len(word) == _SHORTEST_VOUCHER)
        self._grant = re.compile("|".join(map(re.escape, map(fold, lexicon.cue("voucher/grant")))))
        leads = "|".join(map(re.escape, sorted(map(fold, lexicon.cue("company/cut")), key=len, reverse=True)))
        self._company_lead = re.compile(
            rf"(?:公司(?=.{{4,}}公司)|(?:{leads})(?!股份|有限|集团|公司))(?=[\u4e00-\u9fff]{{4}})"
        )
        endings = sorted(map(fold, lexicon.cue("instrument/suffix")), key=len, reverse=True)
        self.cues = _CUES | {"fund": endings}
        """The words that are looked for before anything else is."""
        self._fund_lead = re.compile(
            "|".join(map(re.escape, sorted(map(fold, lexicon.cue("instrument/cut")), key=len, reverse=True)))
        )
        self._bare_fund = frozenset(map(fold, ("补助", "补贴", "奖励", "资助", "贴息", "奖补")))

    def find(self, text: str, bounds: bytes, cues: Mapping[str, list[Span]]) -> list[Form]:
        """Every form in the text; overlaps are left to the matcher.

        ``bounds`` has a one where a word begins or ends, ``cues`` are the spans of the words in ``self.cues``.
        """
        found: list[Form] = []
        self._vouchers(text, cues["voucher"], found)
        self._funds(text, bounds, cues["fund"], found)
        self._companies(text, bounds, cues["limited"], found)
        _coded(text, cues["code"], found)
        _clusters(text, cues["cards"], found)
        _optics(text, cues["optics"], found)
        return found

    def _vouchers(self, text: str, endings: list[Span], found: list[Form]) -> None:
        """A voucher is a …券 through which money is given: words of granting stand in its sentence."""
        for at, end in endings:
            if text[end : end + 1] not in _CLOSING_QUOTES:
                continue
            start = _reach(text, at, max(0, at - _LONGEST_QUOTED), _in_voucher_name)
            if (
                0 < start < at
                and text[start - 1] in OPENING_QUOTES
                and not text[start:end].endswith(self._never)
                and self._granted(text, start - 1, end + 1)
            ):
                found.append(Form(start, end, "instrument"))
        done = 0
        for at, _ in endings:
            if text[at - 1 : at] in self._never_before:
                continue
            named = _VOUCHER.match(text, _reach(text, at, max(done, at - 6), _is_han))
            if named is None or at < done:
                continue
            start, done = named.span()
            leads = [lead.end() for lead in self._voucher_lead.finditer(named[0])]
            if leads:
                start += leads[-1]
            if (
                3 <= done - start <= 6
                and not text[start:done].endswith(self._never)
                and self._granted(text, start, done)
            ):
                found.append(Form(start, done, "instrument"))

    def _granted(self, text: str, start: int, end: int) -> bool:
        around = text[max(0, start - 24) : start] + "|" + text[end : end + 24]
        return bool(self._grant.search(around))

    def _funds(self, text: str, bounds: bytes, endings: list[Span], found: list[Form]) -> None:
        """Funds and subsidies with a name of their own: 财政金融协同促内需专项资金."""
        done = 0
        for at, end in endings:
            if text[end : end + 1] in _NO_FUND_BEFORE:
                continue
            start = _reach(text, at, max(done, at - 16), _in_fund_name)
            done = end
            for lead in self._fund_lead.finditer(text, start, at):
                if len(lead[0]) > 1 or (bounds[lead.start()] and bounds[lead.end()]):
                    start = lead.end()
            size = at - start
            if text[at:end] in self._bare_fund and not (
                4 <= size <= 9 and _MONEY.search(text, max(0, start - 10), end + 16)
            ):
                continue
            if size >= 2 and text[start : start + 1] not in "“”" and size <= 14:
                found.append(Form(start, end, "instrument"))

    def _companies(self, text: str, bounds: bytes, endings: list[Span], found: list[Form]) -> None:
        """Companies by their legal form; what leads to a name is no part of it (收购某某有限公司)."""
        done = 0
        for at, _ in endings:
            name_end = at - 2 if text[at - 2 : at] in ("股份", "集团", "控股") else at
            hit = _COMPANY.match(text, _reach(text, name_end, max(done, name_end - 24), _in_company_name))
            if hit is None or name_end < done:
                continue
            start, done = hit.span()
            for lead in self._company_lead.finditer(text, start, name_end):
                if len(lead[0]) > 1 or (bounds[lead.start()] and bounds[lead.end()]):
                    start = lead.end()
            if done - start >= 6 and name_end - start >= 2:
                found.append(Form(start, done, "company"))


def _coded(text: str, openings: list[Span], found: list[Form]) -> None:
    """Names before a stock code in brackets."""
    for at, _ in openings:
        if _CODE.match(text, at) and (named := _BEFORE_CODE.search(text, max(0, at - 8), at)):
            found.append(Form(*named.span(1), "company"))


def _clusters(text: str, cards: list[Span], found: list[Form]) -> None:
    """Clusters by their number of cards."""
    for at, _ in cards:
        hit = _CARDS.match(text, at)
        if hit is None:
            continue
        start = _reach(text, at, 0, _in_decimal)
        if start == at:
            start = _reach(text, at, 0, _in_han_count)
        found.append(Form(start, hit.end(), "compute"))


def _optics(text: str, rates: list[Span], found: list[Form]) -> None:
    """Optical modules by their rate."""
    for at, _ in rates:
        if hit := _OPTICS.match(text, at):
            found.append(Form(at, hit.end(), "compute"))


def _reach(text: str, at: int, lowest: int, holds: Callable[[str], bool]) -> int:
    """How far left of ``at`` all characters are of a class."""
    while at > lowest and holds(text[at - 1]):
        at -= 1
    return at


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _in_voucher_name(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "a" <= char <= "z" or char == "+"


def _in_fund_name(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "a" <= char <= "z" or char in "“”+"


def _in_company_name(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "a" <= char <= "z" or "0" <= char <= "9" or char in "（）()"


_in_decimal = frozenset("0123456789.").__contains__
_in_han_count = frozenset("一二三四五六七八九十百千数两").__contains__
