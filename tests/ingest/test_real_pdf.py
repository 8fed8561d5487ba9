"""Facts read off real reports by eye, in a table; they lie beside the checkout and are never shipped."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from tagger.ingest import read_file
from tagger.ingest.reading import Reading

# file: how paragraphs begin, with the page and section they stand in; lines that must stand in no paragraph;
# rows of tables; how many related reports the side column lists.
FACTS: dict[str, dict[str, object]] = {
    "afac-11.pdf": {
        "begins": {
            "⚫ 光纤光缆行业": (1, "weekly_view"),
            "1.1. 指数情况": (5, "market_review"),
            "6. 风险提示": (34, "risk"),
        },
        "furniture": ["本报告版权属于中原证券", "请阅读最后一页各项声明", "/ 共35页"],
        "rows": {"601869.SH\t长飞光纤\t33.80%": 6, "113678.SH\t中贝转债\tA+": 6},
        "related": 3,
    },
    "afac-09.pdf": {
        "begins": {
            "❖投资建议：": (1, "investment_advice"),
            "❖风险提示：": (1, "risk"),
            "五、风险提示": (32, "risk"),
            "四、盈利预测": (31, "investment_advice"),
        },
        "furniture": ["证监会审核华创证券投资咨询业务资格批文号"],
        "rows": {"市盈率(倍)\t-237\t575\t175\t105": 1, "营业总收入(百万)\t3,152\t5,990": 1},
        "related": 0,
    },
    "afac-06.pdf": {
        "begins": {
            "投资要点": (2, "weekly_view"),
            "2）公司：": (2, None),
            "免责声明": (40, "disclaimer"),
            "•项目实施进度": (39, "risk"),
        },
        "furniture": ["请务必阅读正文之后的免责声明部分"],
        "rows": {"4\t601808.SH\t中海油服\t728": 5},
        "related": 0,
    },
    "kaiyuan-apm-20200307.pdf": {
        "begins": {
            "⚫ APM因子在2019年": (1, None),
            "6、风险提示": (9, "risk"),
            "法律声明": (11, "disclaimer"),
            "由于交易时间的限制": (5, "body"),
        },
        "furniture": ["请务必参阅正文后面的信息披露", "1 / 11"],
        "rows": {"年化收益率\t12.81%\t10.99%": 7, "APMnew\t隔夜": 7},
        "related": 4,
    },
}
NO_SENTENCE = re.compile(
    r"(?:图表?|表)\s?\d|(?:资料|数据)?来源|注[：:]|[⚫•❖]|[（(]?\d+[、.）)]|[一二三四五六七八九十]+、"
)


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "real" / "pdf"


@pytest.fixture(scope="module", params=sorted(FACTS))
def report(request, folder, words) -> tuple[str, Path, Reading]:
    path = folder / request.param
    return request.param, path, read_file(path, words)


def test_the_masthead(report, folder):
    name, _, reading = report
    index = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    answer = next(line for line in map(json.loads, index) if line["file"] == name)
    for field in ("publisher", "published", "title", "subtitle", "industry", "rating"):
        assert getattr(reading.meta, field) == answer[field], field
    if "analysts" in answer:
        assert [{"name": a.name, "licence": a.licence} for a in reading.meta.analysts] == answer["analysts"]


def test_paragraphs_stand_on_their_page_and_in_their_section(report):
    name, _, reading = report
    for begin, (page, section) in FACTS[name]["begins"].items():
        found = [p for p in reading.passages if reading.text.startswith(begin, p.start) and p.page == page]
        assert found, begin
        assert section in (None, found[0].section), begin


def test_furniture_stands_in_no_paragraph(report):
    name, _, reading = report
    for words in FACTS[name]["furniture"]:
        assert words not in reading.text
        assert any(words in dropped.text for dropped in reading.dropped)


def test_rows_of_tables(report):
    name, _, reading = report
    for begin, page in FACTS[name]["rows"].items():
        assert any(
            p.row and p.page == page and reading.text.startswith(begin, p.start) for p in reading.passages
        ), begin


def test_related_reports(report):
    name, _, reading = report
    assert len(reading.meta.related or []) == FACTS[name]["related"]


def test_nothing_is_lost(report):
    _, path, reading = report
    layer: Counter[str] = Counter()
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        layer.update(
            c for c in document[number].get_textpage().get_text_range() if c.isprintable() and not c.isspace()
        )
    seen = Counter(reading.text + "".join(dropped.text for dropped in reading.dropped))
    assert (layer - seen).total() <= 0.01 * layer.total()


def test_long_paragraphs_end_as_sentences_do(report):
    _, _, reading = report
    texts = [reading.text[p.start : p.end] for p in reading.passages if p.section != "masthead" and not p.row]
    long = [text for text in texts if len(text) >= 40 and not NO_SENTENCE.match(text)]
    ended = [text for text in long if text[-1] in "。！？；：…”）】》"]
    # Two paragraphs of one report end without a full stop in print, too: a formula, and a slip of its author.
    assert len(long) - len(ended) <= max(2, 0.03 * len(long))
