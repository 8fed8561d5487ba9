"""Who wrote the report, when, about what: read from its first lines."""

from __future__ import annotations

import re

from tagger.ingest.reading import Passage, Reading
from tagger.schema import Analyst, Meta

_DATE = re.compile(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_PERIOD = re.compile(
    r"(20\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?\s*[—–~～至-]+\s*(?:(20\d{2})[年./-])?(\d{1,2})[月./-](\d{1,2})日?"
)
_LICENCE = re.compile(r"S\d{13}")
_LABEL = re.compile(r"^(行业|日期|发布日期|报告日期|分析师|证券分析师|首席分析师|研究员|作者|评级|投资评级|行业评级|所属行业)\s*[：:]\s*(.*)$")
_RATING = re.compile(
    r"^(?:投资评级|行业评级|评级)?\s*[：:]?\s*((?:强烈推荐|推荐|强推|买入|增持|中性|减持|卖出|看好|强于大市|同步大市|弱于大市|优于大市|领先大市|超配|标配|低配|跑赢行业)"
    r"(?:\s*[-—]?[ABC])?(?:\s*[（(](?:维持|首次|首次覆盖|上调|下调|调高|调低|维持评级)[）)])?)$"
)
_PUBLISHER = re.compile(r"^(.{2,8}?(?:证券|国际|期货|资管|研究所|研究院|中金公司))(?:研究所?|股份有限公司|有限责任公司)?$")
_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,4}$")
_RELATED = re.compile(r"^《([^》]+)》")
_CONTACT = re.compile(r"^(tel|e-?mail|电话|邮箱|执业|sac|联系人|请务必|研究助理)", re.I)
_BODY = re.compile(r"^[■●◆]?\s*(市场回顾|周观点|投资要点|核心观点|行情回顾|本周观点|报告要点|摘要|投资建议|风险提示|一、)")


def read_masthead(reading: Reading) -> Meta:
    """The metadata of the report; the passages that belong to the masthead are marked as such.

    The masthead ends at the first paragraph of running text or the first heading of the body.
    """
    meta = Meta()
    lines = _masthead_lines(reading)
    label_next: str | None = None
    related: list[str] = []
    in_related = False
    for passage in lines:
        line = reading.text[passage.start : passage.end]
        if line.startswith(("相关报告", "相关研究")):
            in_related = True
            continue
        cited = _RELATED.match(line)
        if cited:
            related.append(cited[1])
            continue
        if in_related and line.startswith(("—", "-")):
            continue
        if meta.period is None and (span := _PERIOD.search(line)):
            meta.period = _period(span)
            if line.startswith(("—", "-")) or "周报" in line or "月报" in line:
                meta.subtitle = line.lstrip("—-– ").strip()
                continue
        label = _LABEL.match(line)
        if label:
            label_next = None if label[2] else label[1]
            if label[2]:
                _fill(meta, label[1], label[2].strip())
            continue
        if label_next:
            _fill(meta, label_next, line)
            label_next = None
            continue
        licence = _LICENCE.search(line)
        if licence:
            waiting = next((a for a in meta.analysts if a.licence is None), None)
            if waiting:
                waiting.licence = licence[0]
            continue
        if meta.rating is None and (rating := _RATING.match(line)):
            meta.rating = rating[1].replace(" ", "")
            continue
        if meta.publisher is None and (publisher := _PUBLISHER.match(line)):
            meta.publisher = publisher[1]
            continue
        if meta.published is None and (day := _DATE.fullmatch(line)):
            meta.published = _iso(*day.groups())
            continue
        if meta.title is None and _titular(line):
            meta.title = line
        elif meta.subtitle is None and meta.title and line.startswith(("—", "-")):
            meta.subtitle = line.lstrip("—-– ").strip()
    if related:
        meta.related = related
    for passage in lines:
        passage.section = "masthead"
        passage.heading = True
    return meta


def _masthead_lines(reading: Reading) -> list[Passage]:
    """The leading passages up to the first running text, if they look like a masthead at all."""
    head: list[Passage] = []
    for passage in reading.passages[:60]:
        line = reading.text[passage.start : passage.end]
        if _BODY.match(line) or (len(line) > 60 and ("。" in line or line.count("，") >= 2)):
            break
        head.append(passage)
    else:
        if len(reading.passages) < 60:
            return []
    text = "\n".join(reading.text[p.start : p.end] for p in head)
    signs = sum(bool(x) for x in (_LICENCE.search(text), "分析师" in text, "相关报告" in text, _DATE.search(text), "证券" in text, "评级" in text))
    return head if signs >= 2 else []


def _fill(meta: Meta, label: str, value: str) -> None:
    if "日期" in label:
        day = _DATE.search(value)
        if day:
            meta.published = _iso(*day.groups())
    elif "评级" in label:
        meta.rating = value.replace(" ", "")
    elif "行业" in label:
        meta.industry = value
    else:
        for name in re.split(r"[、，,;； ]+", value):
            if _NAME.match(name):
                meta.analysts.append(Analyst(name))


def _titular(line: str) -> bool:
    """A line that can be the title: Han, not a label, contact or slogan."""
    han = sum("\u4e00" <= c <= "\u9fff" for c in line)
    return han >= 6 and not _CONTACT.match(line) and not line.endswith(("。", "：", ":")) and "研究报告" != line[-4:]


def _period(found: re.Match[str]) -> tuple[str, str]:
    y1, m1, d1, y2, m2, d2 = found.groups()
    return _iso(y1, m1, d1), _iso(y2 or y1, m2, d2)


def _iso(year: str, month: str, day: str) -> str:
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
