"""PDF pages as brokers lay them out: positions decide, not the order of the text layer."""

from __future__ import annotations

import pypdfium2
import pytest

from ingest.conftest import paragraphs
from ingest.pages import WIDTH, Pages
from tagger.ingest import ReadError
from tagger.ingest.pdf import read as pdf_read

POLICY = "近日，云州市工业和信息化局印发若干措施，提出在未来三年里每年安排不超过五亿元的训力券，支持本地企业租用智能算力，并对通过评测的模型企业给予一次性的补助。"
NEWS = "产业方面，晨山信息发布新一代大模型，参数规模达到三千亿，推理成本比上一代下降了一半，多家云厂商宣布接入，预计年内还会有更多的应用随之上线运行。"


def read_pages(read_bytes, pages: Pages, name: str = "report.pdf"):
    return read_bytes(name, pages.bytes())


class TestParagraphs:
    def test_wrapped_lines_are_joined(self, read_bytes):
        pages = Pages()
        top = pages.paragraph(60, 100, POLICY, em=40, indent=2)
        pages.paragraph(60, top, NEWS, em=40, indent=2)
        assert paragraphs(read_pages(read_bytes, pages)) == [POLICY, NEWS]

    def test_bullets_part_paragraphs_and_hang(self, read_bytes):
        pages = Pages()
        top = 100.0
        for words in (POLICY, NEWS):
            pages.text(60, top, "■")
            top = pages.paragraph(80, top, words, em=38)
        assert [text[1:].strip() for text in paragraphs(read_pages(read_bytes, pages))] == [POLICY, NEWS]

    def test_a_paragraph_goes_on_over_a_page_break_past_furniture_and_figure(self, read_bytes):
        pages = Pages()
        for number in range(1, 4):
            pages.right(540, 40, "晨山证券 行业周报")
            pages.text(290, 810, f"{number} / 3")
            if number == 1:
                pages.paragraph(60, 700, POLICY[:50], em=25)
            elif number == 2:
                pages.text(60, 100, "图 1：算力指数走势", 9)
                for tick in range(5):
                    pages.text(60, 130 + 20 * tick, f"{40 - 10 * tick}%", 7)
                pages.text(120, 240, "算力指数", 7)
                pages.text(60, 260, "资料来源：晨山证券研究所", 9)
                pages.paragraph(60, 290, POLICY[50:] + NEWS, em=25)
            else:
                pages.paragraph(60, 100, NEWS, em=25)
            pages.next()
        reading = read_pages(read_bytes, pages)
        assert POLICY + NEWS in paragraphs(reading)
        assert {"晨山证券行业周报", "10%", "算力指数"} <= {dropped.text for dropped in reading.dropped}
        run_pages = {
            page
            for start, _, length, page in reading.origins
            if start < reading.text.index(POLICY) + len(POLICY)
        }
        assert run_pages == {1, 2}

    def test_a_tail_of_six_characters_on_the_next_page(self, read_bytes):
        pages = Pages()
        pages.paragraph(60, 700, POLICY[:50], em=25)
        pages.next()
        pages.text(60, 100, POLICY[50:56] + "。")
        assert paragraphs(read_pages(read_bytes, pages)) == [POLICY[:56] + "。"]

    def test_spread_out_characters_are_joined(self, read_bytes):
        pages = Pages()
        pages.text(60, 100, "光模块上游的物料供应 持 续 紧 张，交付周期被拉长，价格上行。")
        assert "供应持续紧张" in read_pages(read_bytes, pages).text

    def test_blanks_between_latin_words_stay(self, read_bytes):
        pages = Pages()
        pages.text(60, 100, "参数 671B 的 DeepSeek V3 base model 已经开源。")
        assert "DeepSeek V3 base model" in read_pages(read_bytes, pages).text

    def test_characters_printed_twice_are_read_once(self, read_bytes):
        pages = Pages()
        for shift in (0, 0.2):
            pages.text(60 + shift, 100, "投资要点：算力需求持续增长。")
        assert read_pages(read_bytes, pages).text.count("投资要点") == 1

    def test_a_page_that_is_shown_turned(self, read_bytes):
        pages = Pages()
        pages.turn()
        pages.paragraph(60, 400, POLICY + NEWS, em=40)
        assert paragraphs(read_pages(read_bytes, pages)) == [POLICY + NEWS]


class TestColumns:
    def test_two_columns_are_read_one_after_the_other(self, read_bytes):
        pages = Pages()
        for number in range(5):  # the text layer goes to and fro between the columns
            for left, words in ((50, POLICY), (310, NEWS)):
                pages.text(left, 100 + 18 * number, words[22 * number : 22 * number + 22])
        assert paragraphs(read_pages(read_bytes, pages)) == [POLICY, NEWS]

    def test_a_side_column_stays_out_of_the_body(self, read_bytes):
        pages = Pages()
        pages.paragraph(220, 140, POLICY + NEWS, em=32)
        for number, words in enumerate(
            [
                "分析师：林知远",
                "执业编号：S0000520010001",
                "相关报告",
                "《端侧模型进入量产窗口》",
                "2025-08-23",
                "联系人：周海",
            ]
        ):
            pages.text(40, 140 + 15 * number, words, 9)
        reading = read_pages(read_bytes, pages)
        assert POLICY + NEWS in paragraphs(reading)
        assert reading.meta.analysts[0].licence == "S0000520010001"


class TestMastheads:
    """Houses put it where they like; what it says does not hang on the order of the page's text."""

    def test_it_may_stand_at_the_foot_of_page_one_with_its_date_torn(self, read_bytes):
        pages = Pages()
        pages.text(60, 90, "模型降价之后：谁在为推理买单", 22)
        top = pages.paragraph(60, 140, f"⚫ {POLICY}", em=44)
        pages.paragraph(60, top, f"⚫ {NEWS}", em=44)
        for left, piece in ((60, "2025"), (82, "年"), (95, "10"), (108, "月"), (121, "21"), (134, "日")):
            pages.text(left, 700, piece, 9)
        pages.text(300, 700, "东山证券股份有限公司 研究所", 9)
        pages.text(60, 716, "评级：增持（首次）", 9)
        pages.text(60, 732, "证券分析师：林知远  S0000520010001", 9)
        reading = read_pages(read_bytes, pages)
        meta = reading.meta
        assert (meta.title, meta.publisher) == ("模型降价之后：谁在为推理买单", "东山证券")
        assert (meta.published, meta.rating) == ("2025-10-21", "增持（首次）")
        assert [(a.name, a.licence) for a in meta.analysts] == [("林知远", "S0000520010001")]
        assert [p.section for p in reading.passages] == ["masthead", "body", "body", *["masthead"] * 3]

    def test_market_data_in_a_side_column_on_the_right_do_not_end_it(self, read_bytes):
        pages = Pages()
        pages.text(60, 100, "算力券密集落地，推理需求进入释放期", 20)
        pages.text(60, 128, "——计算机行业点评报告", 12)
        pages.text(60, 170, "投资要点", 12)
        pages.paragraph(60, 190, POLICY + NEWS, em=33, size=10)
        side = [
            "2025 年 9 月 12 日",
            "强于大市（维持）",
            "分析师",
            "周若谷",
            "执业证书编号：",
            "S0000521090002",
        ]
        side += ["市场数据", "总市值（亿元） 38,512", "市盈率 TTM 61.2"]
        for number, words in enumerate(side):
            pages.text(420, 120 + 16 * number, words, 8)
        reading = read_pages(read_bytes, pages)
        meta = reading.meta
        assert (meta.title, meta.subtitle) == ("算力券密集落地，推理需求进入释放期", "计算机行业点评报告")
        assert (meta.published, meta.rating) == ("2025-09-12", "强于大市（维持）")
        assert [(a.name, a.licence) for a in meta.analysts] == [("周若谷", "S0000521090002")]
        assert {p.section for p in reading.passages} == {"masthead", "weekly_view"}

    def test_a_date_in_the_corner_and_analysts_on_one_line(self, read_bytes):
        pages = Pages()
        pages.text(60, 50, "西川证券", 9)
        pages.right(540, 50, "2025-11-03 | 策略周报", 9)
        pages.text(60, 90, "周期与成长的再平衡", 20)
        pages.text(60, 116, "策略周报（2025.10.27—2025.10.31）", 11)
        pages.text(60, 136, "首席分析师 陈一鸣 S0000519030007  |  研究助理 赵小雨 S0000522110002", 8)
        for left, words in ((60, POLICY), (310, NEWS)):
            pages.paragraph(left, 170, words, em=22, size=10)
        meta = read_pages(read_bytes, pages).meta
        assert meta.published == "2025-11-03"
        assert meta.period == ("2025-10-27", "2025-10-31")
        assert [(a.name, a.licence) for a in meta.analysts] == [("陈一鸣", "S0000519030007")]


class TestTables:
    def test_a_table_becomes_rows(self, read_bytes):
        pages = Pages()
        pages.paragraph(60, 100, POLICY, em=40)
        for number, row in enumerate(
            [("指标", "2024A", "2025E"), ("营业收入", "120", "150"), ("净利润", "8", "13")]
        ):
            for column, cell in enumerate(row):
                pages.text(60 + 150 * column, 220 + 16 * number, cell, 9)
        pages.paragraph(60, 300, NEWS, em=40)
        reading = read_pages(read_bytes, pages)
        assert [text for text, p in zip(paragraphs(reading), reading.passages, strict=True) if p.row] == [
            "指标\t2024A\t2025E",
            "营业收入\t120\t150",
            "净利润\t8\t13",
        ]
        assert POLICY in paragraphs(reading)
        assert NEWS in paragraphs(reading)

    def test_cells_broken_over_lines_are_joined_between_rules(self, read_bytes):
        pages = Pages()
        rows = [
            ("时间", ["政策"]),
            ("2025年8月", ["《关于支持智能算力发展的若", "干措施》明确每年安排五亿元", "训力券"]),
            ("2025年9月", ["《模型券管理办法》规定了申", "领的条件"]),
        ]
        top = 100.0
        pages.rule(60, 500, top - 12)
        for when, lines in rows:
            pages.text(70, top, when, 9)
            for line in lines:
                pages.text(200, top, line, 9)
                top += 14
            pages.rule(60, 500, top - 8)
            top += 6
        reading = read_pages(read_bytes, pages)
        assert "2025年8月\t《关于支持智能算力发展的若干措施》明确每年安排五亿元训力券" in paragraphs(reading)
        assert "2025年9月\t《模型券管理办法》规定了申领的条件" in paragraphs(reading)


class TestLeftOut:
    def test_turned_labels_and_strips_of_single_characters(self, read_bytes):
        pages = Pages()
        pages.paragraph(60, 100, POLICY, em=40)
        pages.turned(200, 400, "有色金属")
        for number, char in enumerate("证券研究报告"):
            pages.text(20, 200 + 14 * number, char)
        reading = read_pages(read_bytes, pages)
        assert paragraphs(reading) == [POLICY]
        assert {dropped.reason for dropped in reading.dropped} == {"slanted label", "vertical strip"}

    def test_a_figure_of_a_table_at_the_foot_is_no_page_number(self, read_bytes):
        pages = Pages()
        for number, row in enumerate([("市盈率", "575", "175"), ("市净率", "23", "20")]):
            for column, cell in enumerate(row):
                pages.text(60 + 100 * column, 780 + 14 * number, cell, 9)
        assert "市盈率\t575\t175" in paragraphs(read_pages(read_bytes, pages))

    def test_everything_is_either_read_or_listed(self, read_bytes):
        pages = Pages()
        pages.right(WIDTH - 40, 40, "某某证券")
        pages.paragraph(60, 100, POLICY, em=40)
        pages.text(60, 400, "10%")
        pages.text(290, 820, "1")
        data = pages.bytes()
        layer = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
        reading = read_bytes("report.pdf", data)
        seen = reading.text + "".join(dropped.text for dropped in reading.dropped)
        assert sorted(c for c in layer if not c.isspace()) == sorted(c for c in seen if not c.isspace())


def test_origins_lead_to_the_character_of_the_page(read_bytes):
    pages = Pages()
    pages.paragraph(60, 100, POLICY, em=40)
    pages.next()
    pages.paragraph(60, 100, "另一页 DeepSeek V3 的消息。", em=40)
    data = pages.bytes()
    reading = read_bytes("report.pdf", data)
    document = pypdfium2.PdfDocument(data)
    for start, source, length, page in reading.origins:
        text = document[page - 1].get_textpage()
        for at in range(length):
            char = reading.text[start + at]
            assert char in " \n\t" or text.get_text_range(source + at, 1) == char


class TestWhatCannotBeRead:
    def test_an_encrypted_file(self, read_bytes):
        pages = Pages()
        pages.text(60, 100, POLICY[:30])
        with pytest.raises(ReadError, match="password"):
            read_bytes("secret.pdf", pages.bytes(password="s"))

    def test_a_truncated_file(self, read_bytes):
        pages = Pages()
        pages.paragraph(60, 100, POLICY, em=40)
        with pytest.raises(ReadError):
            read_bytes("half.pdf", pages.bytes()[:300])

    def test_a_scan_without_text_layer(self, read_bytes):
        pages = Pages()
        pages.rule(10, 500, 100)
        with pytest.raises(ReadError, match="text layer"):
            read_bytes("scan.pdf", pages.bytes())

    def test_pages_without_text_are_warned_of(self, read_bytes):
        pages = Pages()
        pages.paragraph(60, 100, POLICY, em=40)
        pages.next()
        pages.rule(10, 500, 100)
        assert "1 of 2 pages have no text layer" in read_pages(read_bytes, pages).warnings

    def test_more_pages_than_anyone_writes(self, read_bytes, monkeypatch):
        monkeypatch.setattr(pdf_read, "MOST_PAGES", 3)
        pages = Pages()
        for _ in range(5):
            pages.paragraph(60, 100, POLICY, em=40)
            pages.next()
        assert "6 pages: only the first 3 were read" in read_pages(read_bytes, pages).warnings

    def test_a_name_that_says_pdf_is_not_enough(self, read_bytes):
        with pytest.raises(ReadError, match="broken PDF"):
            read_bytes("report.pdf", b"this is no PDF at all")
