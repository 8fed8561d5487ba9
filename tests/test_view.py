"""What a person sees: documents and events as text and in a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from tagger.pipeline import Tagger
from tagger.schema import Document, Event, Instrument, Target
from tagger.view import as_text, event_line, instrument_line, money, show, target_line


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (5, "5元"),
        (30_000, "3万元"),
        (50_000_000, "5000万元"),
        (250_000_000, "2.5亿元"),
        (1_200_000_000_000, "1.2万亿元"),
    ],
)
def test_money_is_told_in_the_unit_people_say(amount: float, words: str) -> None:
    assert money(amount) == words


def test_an_instrument_says_how_much_and_how_often() -> None:
    assert instrument_line(Instrument("训力券", 500_000_000, "max", "year")) == "训力券 每年最高5亿元"
    assert instrument_line(Instrument("贴息")) == "贴息"


def test_a_target_says_what_by_when() -> None:
    assert (
        target_line(Target("智能算力规模", ">", 100, unit="EFLOPS", by="2025-12-31"))
        == "智能算力规模 > 100EFLOPS（2025-12-31）"
    )
    assert target_line(Target("孵化器", "between", 3, 5, unit="个")) == "孵化器  3–5个"


def test_an_event_fits_on_a_line() -> None:
    event = Event(
        "算力券办法",
        status="draft",
        region="广州市",
        date="2025-03-05",
        instruments=[Instrument("算力券", 100_000_000)],
    )
    assert event_line(event) == "2025-03-05 广州市 征求意见 《算力券办法》 算力券 1亿元"


def test_a_document_prints_well(tagger: Tagger, samples: Path) -> None:
    document = tagger.tag_file(samples / "weekly-2025-08-30.txt")
    text = str(document)
    assert text == as_text(document)
    assert text.startswith("晨山证券 · 2025-08-30 · 推理需求抬头")
    assert "[政策" in text
    assert "▸ 2025-08-26 全国 发布" in text


def shown(document: Document, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    show(document, console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_terminal_view_hides_boilerplate_and_shows_events(tagger: Tagger, samples: Path) -> None:
    view = shown(tagger.tag_file(samples / "weekly-2025-08-30.txt"))
    assert "政策事件" in view
    assert "神州" not in view
    assert "免责声明共" in view
    assert "仅供晨山证券的客户使用" not in view


def test_nothing_is_cut_off_in_a_narrow_terminal(tagger: Tagger) -> None:
    text = "6月1日，国务院办公厅印发《关于推进公共数据资源登记与授权运营若干事项的指导意见》，要求各地按季度报告进展情况。"
    view = shown(tagger.tag(text, published="2025-06-09"), width=48)
    letters = "".join(c for c in view if "\u4e00" <= c <= "\u9fff")
    assert "要求各地按季度报告进展情况" in letters
    assert "…" not in view


def test_warnings_are_shown() -> None:
    assert "日期不详" in shown(Document(id="a", text="甲", warnings=["日期不详"]))
