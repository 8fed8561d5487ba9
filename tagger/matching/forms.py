"""Instruments, companies and compute terms that no lexicon knows, found by their form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon

_QUOTED_VOUCHER = re.compile(r"[“\"「『]([\u4e00-\u9fffa-z+]{1,8}券)[”\"」』]")
_VOUCHER = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}券|[\u4e00-\u9fff]{2,6}券")
_MONEY = re.compile(r"\d[\d.]*[万亿]?元|[万亿]元")
_NO_VOUCHER = re.compile(r"(?:证|债|奖|胜|国库|入场|优惠|代金|门|彩|转|礼|抵用|抵扣|折扣|兑换|票|股|打折|红包|满减|返|现金)券$")
_COMPANY = re.compile(r"[\u4e00-\u9fffa-z0-9（）()]{2,24}?(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司)")
_COMPANY_LEAD = re.compile(r"^.*?(?:由|向|与|和|及|对|将|被|的|在|为|是|称|据|因|给|以及|其|子公司|公司(?=.{4,}公司)|关于|收购|控股|成立|设立|签约)(?=[\u4e00-\u9fff]{4})")
_CODED = re.compile(r"([\u4e00-\u9fff]{2,6}[a-z]?)\s?[（(]\s?(?:\d{6}(?:\.(?:sz|sh|bj))?|\d{4,5}\.hk)\s?[）)]")
_CLUSTER = re.compile(r"(?:[\d.]+|[一二三四五六七八九十百千数两]*)[万千]卡(?:级)?(?:gpu|智算|算力|国产|ai|训练)?集群|(?:100|200|400|800)g光模块|(?:1\.6|3\.2)t光模块|(?:400|800)g(?=[、/和等])|1\.6t(?=[、/和等光])")


class Form(NamedTuple):
    """A span of the folded text and the kind it has by its form."""

    start: int
    end: int
    kind: str


class FormGrammar:
    """Finds terms by form; their endings and the words around them are cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        fold = lexicon.folder.fold_term
        self._voucher_lead = re.compile("(?:" + "|".join(map(re.escape, sorted(map(fold, lexicon.cue("voucher/cut")), key=len, reverse=True))) + ")+")
        self._grant = re.compile("|".join(map(re.escape, map(fold, lexicon.cue("voucher/grant")))))
        endings = sorted(map(fold, lexicon.cue("instrument/suffix")), key=len, reverse=True)
        self._fund = re.compile(r"(?P<lead>[\u4e00-\u9fff“”+a-z]{0,16}?)(?P<end>" + "|".join(map(re.escape, endings)) + ")(?![券法])")
        self._fund_lead = re.compile("|".join(map(re.escape, sorted(map(fold, lexicon.cue("instrument/cut")), key=len, reverse=True))))
        self._bare_fund = frozenset(map(fold, ("补助", "补贴", "奖励", "资助", "贴息", "奖补")))

    def find(self, text: str, bounds: bytearray) -> list[Form]:
        """Every form in the text; overlaps are left to the matcher. ``bounds`` has a one where a word begins or ends."""
        found: list[Form] = []
        if "券" in text:
            self._vouchers(text, found)
        self._funds(text, bounds, found)
        if "公司" in text:
            for hit in _COMPANY.finditer(text):
                start = hit.start()
                lead = _COMPANY_LEAD.match(hit[0])
                if lead:
                    start += lead.end()
                if hit.end() - start >= 6:
                    found.append(Form(start, hit.end(), "company"))
        for hit in _CODED.finditer(text):
            found.append(Form(*hit.span(1), "company"))
        for hit in _CLUSTER.finditer(text):
            found.append(Form(*hit.span(), "compute"))
        return found

    def _vouchers(self, text: str, found: list[Form]) -> None:
        """A voucher is a …券 through which money is given: words of granting stand in its sentence."""
        for hit in _QUOTED_VOUCHER.finditer(text):
            if not _NO_VOUCHER.search(hit[1]) and self._granted(text, hit.start(), hit.end()):
                found.append(Form(*hit.span(1), "instrument"))
        for hit in _VOUCHER.finditer(text):
            start = hit.start()
            lead = None
            for lead in self._voucher_lead.finditer(hit[0]):
                pass
            if lead is not None:
                start += lead.end()
            if 3 <= hit.end() - start <= 6 and not _NO_VOUCHER.search(text[start : hit.end()]) and self._granted(text, start, hit.end()):
                found.append(Form(start, hit.end(), "instrument"))

    def _granted(self, text: str, start: int, end: int) -> bool:
        around = text[max(0, start - 24) : start] + "|" + text[end : end + 24]
        return bool(self._grant.search(around))

    def _funds(self, text: str, bounds: bytearray, found: list[Form]) -> None:
        """Funds and subsidies with a name of their own: 财政金融协同促内需专项资金."""
        for hit in self._fund.finditer(text):
            start = hit.start("lead")
            for lead in self._fund_lead.finditer(text, start, hit.end("lead")):
                if len(lead[0]) > 1 or (bounds[lead.start()] and bounds[lead.end()]):
                    start = lead.end()
            size = hit.start("end") - start
            if hit["end"] in self._bare_fund and not (4 <= size <= 9 and _MONEY.search(text, max(0, start - 10), hit.end() + 16)):
                continue
            if size >= 2 and not text[start : start + 1] in "“”" and size <= 14:
                found.append(Form(start, hit.end(), "instrument"))
