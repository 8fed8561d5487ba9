"""Reports and tagged records made up by the dozen, to measure what many of them cost. Nothing in them was ever said."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.schema import Document, Event, Instrument, Mention, Meta, Paragraph, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

CITIES = [f"{a}{b}市" for a in "东南西北中江河湖海山" for b in "宁安平州阳城源川林泉丰昌和兴福"]
SUBJECTS = [
    f"{a}{b}"
    for a in ("智能", "数字", "绿色", "低空", "量子", "生物", "空天", "海洋")
    for b in ("制造", "经济", "终端", "材料", "物流", "传感", "能源", "服务", "交通", "健康")
]
KINDS = ["若干措施", "行动计划", "实施方案", "管理办法", "专项规划"]
BROKERS = ["甲证券", "乙证券", "丙证券", "丁证券", "戊证券", "己证券", "庚证券"]
FIRST_DAY = date(2015, 1, 1)
REPORTS_A_POLICY = 10


def reports(count: int, paragraphs: int = 6, seed: int = 1) -> Iterator[dict[str, str]]:
    """Reports as JSONL input has them, no two alike, each put together from paragraphs of the themes' corpus."""
    chance = random.Random(seed)
    files = sorted((Path(__file__).resolve().parent.parent / "models" / "themes" / "corpus").glob("*.jsonl"))
    known = [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]
    for number in range(count):
        body = "\n".join(chance.sample(known, paragraphs))
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        yield {
            "id": f"r{number:06d}",
            "text": f"行业周报第{number}期\n{body}",
            "published": day.isoformat(),
        }


def write_reports(path: Path, count: int, paragraphs: int = 6, seed: int = 1) -> int:
    """Write such reports as JSONL; the answer is how many characters their texts have."""
    characters = 0
    with path.open("w", encoding="utf-8") as file:
        for report in reports(count, paragraphs, seed):
            characters += len(report["text"])
            file.write(json.dumps(report, ensure_ascii=False) + "\n")
    return characters


def records(documents: int, events_each: int = 3, seed: int = 1) -> Iterator[bytes]:
    """Encoded records, one a document; each tells ``events_each`` acts, and each act is told about ten times."""
    chance = random.Random(seed)
    policies = max(1, documents * events_each // REPORTS_A_POLICY)
    for number in range(documents):
        yield encode(_document(number, [chance.randrange(policies) for _ in range(events_each)], chance))


def _document(number: int, told: list[int], chance: random.Random) -> Document:
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    events: list[Event] = []
    mentions: list[Mention] = []
    published = FIRST_DAY
    at = 0
    for policy in dict.fromkeys(told):
        event, sentence = _told(policy, chance)
        event.evidence = [(at, at + len(sentence) - 1)]
        published = max(published, _day(policy) + timedelta(days=chance.randrange(1, 120)))
        text = (
            sentence
            + "我们认为，相关产业链有望受益，建议关注具备核心技术与客户资源的企业，并留意落地节奏与资金到位情况。"
        )
        mentions.append(
            Mention(
                at, at + len(event.title), sentence[: len(event.title)], "policy", event.title, by="title"
            )
        )
        paragraphs.append(Paragraph(at, at + len(text), theme="policy", themes=["policy"]))
        events.append(event)
        parts.append(text)
        at += len(text) + 1
    meta = Meta(title=f"周报第{number}期", publisher=chance.choice(BROKERS), published=published.isoformat())
    return Document(
        id=f"d{number}",
        text="\n".join(parts),
        meta=meta,
        paragraphs=paragraphs,
        mentions=mentions,
        events=events,
    )


def _day(policy: int) -> date:
    return FIRST_DAY + timedelta(days=policy * 37 % 4000)


def _told(policy: int, chance: random.Random) -> tuple[Event, str]:
    """An act as one report tells it: in full, without a date, with another day, or only cited."""
    city = CITIES[policy % len(CITIES)]
    rest = policy // len(CITIES)
    subject, kind = SUBJECTS[rest % len(SUBJECTS)], KINDS[rest // len(SUBJECTS) % len(KINDS)]
    title = f"{city}{chance.choice(('', '关于'))}{chance.choice(('加快', '支持', ''))}{subject}发展{kind}"
    day = _day(policy)
    amount = (policy % 97 + 1) * 10_000_000
    event = Event(title, region=city, level="municipal", issuers=[f"{city}人民政府"])
    event.instruments = [Instrument(f"{subject}券", amount, "max", "year")]
    manner = chance.random()
    if manner < 0.7:
        event.date, event.date_precision, event.date_from = day.isoformat(), "day", "text"
    elif manner < 0.75:
        event.date, event.date_precision, event.date_from = (
            (day + timedelta(days=1)).isoformat(),
            "day",
            "text",
        )
    elif manner > 0.9:
        event.status, event.issuers, event.instruments = "cited", [], []
    sentence = f"{title}由{city}人民政府印发，每年安排最高{amount // 10_000}万元{subject}券，用于支持企业研发与应用示范。"
    return event, sentence
