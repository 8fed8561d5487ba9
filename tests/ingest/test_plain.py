"""Plain text: what is joined, what is kept apart, what is dropped, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.conftest import paragraphs, untrue_origins
from tagger.ingest import read_text

ODD = st.sampled_from(
    [
        "\r\n",
        "\r",
        "\n",
        "\x0c",
        "\u2028",
        "\x85",
        "\x00",
        "\x07",
        "\ufeff",
        "\ufffe",
        "\ud800",
        "𠮷",
        "🤖",
        "　",
        "\t",
        " ",
    ]
)
TEXT = st.lists(
    st.one_of(ODD, st.text(max_size=12), st.text("政策算力发布，。；：AI0123.%（）《》■[P]", max_size=40)),
    max_size=40,
).map("".join)


class TestTheWayBack:
    @given(TEXT)
    def test_every_character_maps_to_itself(self, words, text):
        reading = read_text(text, words)
        assert untrue_origins(reading, text) == []

    @given(TEXT)
    def test_origins_cover_the_text_in_order_and_without_gaps(self, words, text):
        reading = read_text(text, words)
        at = 0
        for start, _, length, page in reading.origins:
            assert (start, page) == (at, None)
            assert length > 0
            at += length
        assert at == len(reading.text)

    @given(TEXT)
    def test_paragraphs_are_the_lines_of_the_reading_text(self, words, text):
        reading = read_text(text, words)
        assert "\n".join(paragraphs(reading)) == reading.text
        assert all(line.strip() for line in paragraphs(reading))

    @given(TEXT)
    def test_nothing_readable_is_lost_that_is_not_listed_as_dropped(self, words, text):
        reading = read_text(text, words)
        seen = reading.text + "".join(dropped.text for dropped in reading.dropped)
        kept = [char for char in text if char.isprintable() and not char.isspace()]
        assert sum(not char.isspace() for char in seen) + text.count("[") >= len(kept) - 40 * text.count("[")

    def test_an_empty_text_is_an_empty_reading(self, read):
        reading = read("")
        assert (reading.text, reading.origins, reading.passages) == ("", [], [])

    def test_what_cannot_be_read_leaves_no_trace(self, read):
        assert read("算\x00力\ufeff券\u200b").text == "算力券"


class TestHardWraps:
    def test_lines_wrapped_at_a_width_are_one_paragraph(self, read):
        text = (
            "近日，云州市工业和信息化局印发若干措施，提出在未来三年里每\n"
            "年安排不超过五亿元的训力券，用来支持本地的企业租用智能算力\n"
            "，同时鼓励高校与医院开放高质量的数据集，由市级财政给予奖励\n"
            "，并对通过评测的模型企业一次性补助。\n"
            "上述措施自九月一日起施行，有效期三年，由云州市工业和信息化\n"
            "局负责解释，各区应当在一个月以内拿出自己的实施细则来，并且\n"
            "每季度报告进展。\n"
        )
        assert len(paragraphs(read(text))) == 2
        assert "每年安排" in read(text).text

    def test_a_paragraph_of_two_lines_is_one(self, read):
        text = "近日，云州市印发若干措施，支持企业租用智能算力，每年安\n排五亿元训力券。"
        assert paragraphs(read(text)) == [text.replace("\n", "")]

    def test_a_title_over_one_short_sentence_is_not(self, read):
        assert len(paragraphs(read("国产大模型超出预期，算力产业链进入兑现期\n我们维持行业评级不变。"))) == 2

    def test_latin_words_keep_a_blank_between_them(self, read):
        text = (
            "The cluster was opened in the spring of this year and serves the\n"
            "universities of the province, which pay for it by the hour and the\n"
            "rack, as the ministry had asked them to do some two years ago when\n"
            "the plan was drawn up.\n"
        )
        assert "serves the universities" in read(text).text

    def test_a_text_with_a_paragraph_a_line_is_left_as_it_is(self, read):
        lines = [f"第{number}家企业公布了它的财务报告，收入有所增长，利润保持平稳" for number in range(30)]
        assert paragraphs(read("\n".join(lines))) == lines

    def test_a_sentence_cut_by_a_page_break_is_joined(self, read):
        text = "建议关注：算力环节的晨山信息、云州曙光、华岭数\n\n码、清河软件，应用环节的远山办公、北屏科技等。\n\n风险提示：需求不及预期。"
        assert "华岭数码、清河软件" in read(text).text

    @pytest.mark.parametrize("mark", ["■ ", "⚫ ", "（一）", "1、", "2.1 "])
    def test_a_bullet_begins_a_paragraph(self, read, mark):
        text = "政策持续加码，多地出台支持智能算力建设的措施，资金安排明显\n" * 4 + f"{mark}另一件事情。\n"
        assert paragraphs(read(text))[-1] == f"{mark}另一件事情。"

    def test_a_bullet_alone_on_its_line_belongs_to_the_next(self, read):
        assert paragraphs(read("⚫\n算力需求持续增长。\n⚫\n政策支持力度加大。")) == [
            "⚫算力需求持续增长。",
            "⚫政策支持力度加大。",
        ]

    def test_a_title_is_not_joined_to_the_paragraph_below(self, read):
        text = "云州出台新政支持智能算力，产业链企业有望持续受益于此\n\n近日，云州市印发若干措施，支持企业租用算力。\n\n第三段。"
        assert len(paragraphs(read(text))) == 3

    def test_a_row_of_tabs_is_a_row(self, read):
        reading = read("评级说明\n买入\t强于基准20%以上\n增持\t强于基准5%以上\n")
        assert [p.row for p in reading.passages] == [False, True, True]


class TestFigures:
    HALF = "算力需求持续增长。地方政策也在加快落地，产业链的景气度保持高位，其中光模\n"
    WRAPPED = (
        "近日云州市印发若干措施，提出在未来三年里每年安排不超过五亿元的训力券，用\n" * 3 + "来支持企业。\n"
    )

    @pytest.mark.parametrize(
        "figure",
        [
            "图 1：光模块市场规模\n亿美元\n云州\n北岭\n资料来源：晨山证券研究所\n",
            "图 1：出口\n图 2：进口\n资料来源：海关\n资料来源：海关\n",
            "-20%\n0%\n20%\n40%\n60%\n光模块指数\n",
        ],
    )
    def test_a_paragraph_that_a_figure_parts_is_put_together_before_it(self, read, figure):
        reading = read(
            self.WRAPPED + self.HALF + figure + "块与液冷的增速最快，全年有望再上一个台阶。\n下一段话。\n"
        )
        whole = self.HALF.strip() + "块与液冷的增速最快，全年有望再上一个台阶。"
        assert whole in paragraphs(reading)
        assert paragraphs(reading).index(whole) == 1

    @pytest.mark.parametrize(
        "after",
        [
            "二、产业链梳理\n块与液冷的增速最快，全年有望再上一个台阶。\n",
            "（二）块与液冷的增速最快，全年有望再上一个台阶。\n",
            "风险提示：需求不及预期；块与液冷的增速放缓。\n",
            "　　块与液冷的增速最快，全年有望再上一个台阶。\n",
            "块与液冷\n",
        ],
    )
    def test_what_begins_anew_behind_a_figure_is_not(self, read, after):
        figure = "图 1：光模块市场规模\n资料来源：晨山证券研究所\n"
        assert self.HALF.strip() in paragraphs(read(self.WRAPPED + self.HALF + figure + after))

    def test_short_lines_that_are_no_figure_part_paragraphs(self, read):
        text = self.WRAPPED + self.HALF + "云州\n北岭\n块与液冷的增速最快，全年有望再上一个台阶。\n"
        assert not any("光模块与液冷" in words for words in paragraphs(read(text)))

    def test_a_heading_as_long_as_a_line_is_no_half(self, read):
        heading = "先进制程演进与复杂度提升设计的成本，推动设计服务与核心知识产权的需求增长了\n"
        figure = "图 1：光模块市场规模\n资料来源：晨山证券研究所\n"
        text = self.WRAPPED + heading + figure + "块与液冷的增速最快，全年有望再上一个台阶。\n"
        assert heading.strip() in paragraphs(read(text))


class TestFurniture:
    def test_page_marks_are_dropped_and_what_they_parted_is_joined(self, read):
        pages = [
            f"[P{n}]\n晨山证券研究所\n"
            + "算力需求持续增长，地方政策也在加快落地，产业链的景气度保持高\n" * 3
            + "位。\n"
            for n in range(1, 6)
        ]
        reading = read("".join(pages))
        assert "[P" not in reading.text
        assert "晨山证券研究所" not in reading.text
        assert {dropped.reason for dropped in reading.dropped} == {
            "page number",
            "header repeated on many pages",
        }

    def test_the_line_that_asks_to_read_the_disclaimer_is_dropped(self, read):
        reading = read(
            "第一段话，说的是政策。\n请务必阅读正文之后的免责声明部分\n第二段话，说的是算力。\n第三段。\n"
        )
        assert [dropped.text for dropped in reading.dropped] == ["请务必阅读正文之后的免责声明部分"]

    def test_the_ticks_of_an_axis_are_dropped_and_figures_of_a_table_are_not(self, read):
        reading = read(
            "图 1：走势\n-20%\n0%\n20%\n40%\n60%\n2024-01\n2024-04\n2024-07\n2024-10\n收入\n31\n7\n190\n2\n"
        )
        assert paragraphs(reading) == ["图 1：走势", "收入", "31", "7", "190", "2"]

    def test_a_table_of_contents_is_dropped(self, read):
        contents = "".join(f"{n}. 第{n}章的题目 .................... {n * 3}\n" for n in range(1, 6))
        reading = read("内容目录\n" + contents + "1. 第1章的题目\n正文从这里开始，讲的是政策。\n")
        assert paragraphs(reading) == ["内容目录", "1. 第1章的题目", "正文从这里开始，讲的是政策。"]

    def test_marks_of_templates_are_taken_off(self, read):
        assert paragraphs(read("[Table_Summary]投资要点\n[Table_Title]\n算力需求增长。\n")) == [
            "投资要点",
            "算力需求增长。",
        ]


class TestOneParagraph:
    def test_it_has_neither_masthead_nor_headings(self, read):
        reading = read("分析师：张三，某市印发《人工智能行动方案》，证券研究报告，评级增持。")
        assert reading.meta.analysts == []
        assert [p.section for p in reading.passages] == ["body"]
