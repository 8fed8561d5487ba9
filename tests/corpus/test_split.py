"""Train, dev and test: families and months together, near-duplicates on one side, stable as the corpus grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.corpus.errors import CorpusError
from tagger.corpus.split import LEFT_OUT, Rule, family, read_kept, share_out
from tagger.schema import Document, Meta, Paragraph

pytest.importorskip("datasketch")

SUBJECTS = [
    "智能制造",
    "绿色能源",
    "低空经济",
    "量子信息",
    "生物医药",
    "海洋装备",
    "数字文旅",
    "卫星通信",
    "先进材料",
    "智慧农业",
    "工业软件",
    "机器视觉",
]
TEMPLATE = "风险提示：政策落地不及预期，行业竞争加剧，技术迭代放缓，下游需求波动，本周指数上涨{}%，跑赢大盘{}个百分点。"

RULE = Rule()


def report(
    number: int, text: str | None = None, day: str | None = None, publisher: str = "甲证券"
) -> Document:
    subject = SUBJECTS[number % len(SUBJECTS)]
    text = (
        text
        or f"第{number}篇讲{subject * 3}与{SUBJECTS[(number // 12 + number + 5) % 12] * 2}，{chr(0x4E00 + 97 * number % 20000) * 9}的进展。"
    )
    meta = Meta(
        title=f"{subject}周报第{number}期",
        publisher=publisher,
        published=day or f"20{20 + number % 7}-{1 + number % 12:02d}-03",
    )
    return Document(f"r{number}", text, meta=meta, paragraphs=[Paragraph(0, len(text))])


def sides(documents: list[Document], rule: Rule = RULE, kept: dict[str, str] | None = None) -> dict[str, str]:
    return dict(
        zip((d.id for d in documents), share_out(((d, d) for d in documents), rule, kept), strict=True)
    )


def test_shares_are_met_roughly_and_another_seed_shares_otherwise() -> None:
    reports = [report(n) for n in range(600)]
    first, again, other = sides(reports), sides(reports), sides(reports, Rule(seed=1))
    assert first == again != other
    counts = [list(first.values()).count(split) / 600 for split in ("train", "dev", "test")]
    assert counts == pytest.approx([0.8, 0.1, 0.1], abs=0.12)


def test_a_series_of_one_house_stays_together_within_a_month() -> None:
    weekly = [
        report(12 * n, text=f"{chr(0x4E00 + 50 * n) * 20}", day=f"2026-03-{n + 1:02d}") for n in range(20)
    ]
    assert len({family(d) for d in weekly}) == 1
    assert len(set(sides(weekly).values())) == 1


def test_days_that_the_user_gives_take_the_place_of_shares() -> None:
    reports = [
        report(n, day=day) for n, day in enumerate(["2025-01-01", "2025-06-30", "2025-07-01", "2026-01-01"])
    ]
    assert list(sides(reports, Rule(dev_from="2025-07", test_from="2026-01")).values()) == [
        "train",
        "train",
        "dev",
        "test",
    ]


def test_reprints_and_templates_with_other_numbers_lie_on_one_side() -> None:
    reports = [report(n, text=TEMPLATE.format(n, n / 7)) if n % 3 == 0 else report(n) for n in range(300)]
    found = sides(reports)
    templates = [found[f"r{n}"] for n in range(0, 300, 3)]
    assert len(set(templates)) == 1
    assert len(set(found.values())) == 3
    apart = sides(reports, Rule(near=False))
    assert len({apart[f"r{n}"] for n in range(0, 300, 3)}) == 3


def test_a_text_near_two_sides_belongs_to_neither() -> None:
    one = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥" * 2
    # Half of each would not be near; a text with all of one and little else is near one only.
    a, b = report(0, one, "2026-01-01"), report(1, one + "另", "2026-01-02")
    bridge = report(2, one + "外", "2026-01-03")
    found = sides([a, b, bridge], kept={"r0": "train", "r1": "test"})
    assert found == {"r0": "train", "r1": "test", "r2": LEFT_OUT}


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 99))
def test_sides_do_not_change_when_newer_reports_come(cut: int) -> None:
    reports = [
        report(
            n, text=TEMPLATE.format(n, n) if n % 5 == 0 else None, day=f"{2000 + n // 12}-{1 + n % 12:02d}-01"
        )
        for n in range(100)
    ]
    early, all_ = sides(reports[:cut]), sides(reports)
    assert early == {name: all_[name] for name in early}


def test_older_reports_change_nothing_when_sides_are_kept(tmp_path: Path) -> None:
    reports = [report(n, text=TEMPLATE.format(n, n) if n % 4 == 0 else None) for n in range(120)]
    half = sides(reports[60:])
    (tmp_path / "splits.tsv").write_text("".join(f"{name}\t{side}\n" for name, side in half.items()))
    grown = sides(reports, kept=read_kept(tmp_path))
    assert half == {name: grown[name] for name in half}
    assert len({grown[f"r{n}"] for n in range(0, 120, 4)}) == 1


def test_a_report_that_says_nothing_of_itself_is_its_own_family_unless_told() -> None:
    assert family(Document("x", "")) == "x"
    assert family(Document("x", "", meta=Meta(extra={"family": "f"}))) == "f"


def test_a_folder_without_splits_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="not a corpus with splits"):
        read_kept(tmp_path)
    (tmp_path / "splits.tsv").write_text("a\ttrain\nb\tnowhere\n")
    with pytest.raises(CorpusError, match=r"splits\.tsv:2"):
        read_kept(tmp_path)


def test_no_texts_no_sides() -> None:
    assert sides([]) == {}
