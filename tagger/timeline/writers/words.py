"""Events in words, as all writers that people read say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tagger.view import STATUS_NAME, instrument_line, target_line

if TYPE_CHECKING:
    from tagger.timeline.record import TimelineEvent

LEVEL_NAME = {
    "international": "国际",
    "national": "国家",
    "provincial": "省级",
    "municipal": "市级",
    "district": "区县",
}
LINK_NAME = {"draft_of": "定稿为", "amends": "修订", "repeals": "废止", "implements": "落实"}
LINKED_NAME = {"draft_of": "征求意见稿", "amends": "修订为", "repeals": "废止于", "implements": "落实文件"}
FIELD_NAME = {
    "title": "名称",
    "status": "状态",
    "date": "日期",
    "region": "地区",
    "issuers": "发布机构",
    "doc_number": "文号",
    "effective": "施行日期",
    "until": "有效期至",
    "instruments": "资金工具",
    "targets": "目标",
}
THEME_NAME = {
    "model_news": "模型动态",
    "policy": "政策",
    "compute": "算力",
    "risk": "风险",
    "other": "其他",
    "ai": "人工智能",
    "data": "数据要素",
    "digital": "数字经济",
    "finance": "金融",
    "energy": "能源",
    "environment": "环境",
    "low_altitude": "低空经济",
    "consumption": "消费",
    "chips": "芯片",
    "trade": "贸易",
    "region": "区域发展",
    "investment": "投资",
    "industry": "产业",
    "auto": "汽车",
    "science": "科技",
    "planning": "规划",
    "tax": "税收",
    "agriculture": "农业",
    "ip": "知识产权",
    "private_economy": "民营经济",
    "market": "市场",
    "diplomacy": "外交",
    "robotics": "机器人",
    "competition": "竞争",
    "labour": "就业",
    "resources": "资源",
    "transport": "交通",
    "health": "医疗",
    "housing": "房地产",
    "education": "教育",
    "security": "安全",
    "culture": "文化",
    "aerospace": "航天",
}


def place(event: TimelineEvent) -> str:
    """The place of an event; 全国 for a national one."""
    return event.region or "全国"


def day(event: TimelineEvent) -> str:
    """The date as far as it is known, in a word where there is none."""
    return event.date or ("近期" if event.date_precision == "recent" else "")


def instruments(event: TimelineEvent) -> list[str]:
    """训力券 每年最高5亿元."""
    return [instrument_line(one) for one in event.instruments]


def targets(event: TimelineEvent) -> list[str]:
    """智能算力规模 > 100EFLOPS（2025-12-31）."""
    return [target_line(one) for one in event.targets]


def conflicts(event: TimelineEvent) -> list[str]:
    """日期：2025-06-12（晨山证券、北岭证券）/ 2025-06-21（海桥证券）; a report without a publisher is told by its id."""
    teller = {report.id: report.publisher or report.id for report in event.documents}
    return [
        f"{FIELD_NAME.get(field, field)}："
        + " / ".join(
            f"{value_words(one.value)}（{'、'.join(dict.fromkeys(teller.get(d, d) for d in one.documents))}）"
            for one in sides
        )
        for field, sides in event.conflicts.items()
    ]


def value_words(value: Any) -> str:
    """The value of any field of an event, in words."""
    if isinstance(value, (list, tuple)):
        return "、".join(value_words(one) for one in value)
    if isinstance(value, msgspec.Struct):
        return instrument_line(value) if hasattr(value, "amount_cny") else target_line(value)  # type: ignore[arg-type]
    return str(value)


def status(event: TimelineEvent) -> str:
    """The status in a word: 发布, 征求意见, 废止."""
    return STATUS_NAME[event.status]
