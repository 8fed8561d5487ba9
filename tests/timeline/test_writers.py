"""Every format, read back by a program of its own to the values that went in."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime

import msgspec
import pytest

from tagger.schema import Target
from tagger.timeline import FORMATS, TimelineEvent, WriterError, write
from tagger.timeline.days import exact_day
from timeline.telling import money, told

NASTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def events(merge):
    aim = Target("量子企业", "between", 100, 120.5, 40, "家", "2027-12-31")
    return merge(
        told(
            "a",
            "合肥市量子办法（征求意见稿）",
            "2025-03-05",
            region="合肥市",
            status="draft",
            issuers=["合肥市财政局"],
        ),
        told(
            "b",
            "合肥市量子办法",
            "2025-06-12",
            region="合肥市",
            doc_number="合政〔2025〕3号",
            effective="2025-07-01",
            issuers=["合肥市人民政府", "合肥市财政局"],
            instruments=[
                money("量子券", 500_000_000, "year", qualifier="max"),
                money("量子券", 1_234_567.5, None, "recipient"),
            ],
            targets=[aim],
            words="6月12日，合肥市量子办法出台。\n每年最高5亿元。",
        ),
        told("c", "合肥市量子办法", "2025-06-21", published="2025-06-30", region="合肥市"),
        told("d", f"{NASTY}行动方案", "2024", published="2024-05-01", issuers=["=HYPERLINK(1)"]),
        told("e", "量子法", None, published="2024-05-01"),
        told("f", "坏日子条例", "2024-02-31", published="2024-05-01"),
    )


@pytest.fixture
def written(events, tmp_path):
    def run(suffix):
        path = tmp_path / f"timeline{suffix}"
        write(events, path)
        return path

    return run


def test_json_is_the_record(events, written):
    assert msgspec.json.decode(written(".json").read_bytes(), type=list[TimelineEvent]) == events


def test_json_lines_are_the_record(events, written):
    lines = written(".jsonl").read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=TimelineEvent) for line in lines] == events


def test_the_record_has_the_names_that_others_read(written):
    final = next(e for e in json.loads(written(".json").read_text("utf-8")) if e["doc_number"])
    assert final["documents"][0].keys() >= {"id", "published", "publisher", "source", "evidence"}
    assert [side.keys() for side in final["conflicts"]["date"]] == [{"value", "documents"}] * 2
    assert final["targets"][0]["from"] == 40


def test_csv(events, written):
    with written(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [event.id for event in events]
    final = next(row for row in rows if row["doc_number"])
    assert (final["date"], final["amount_cny_max"], final["documents"]) == ("2025-06-12", "500000000", "b；c")
    assert "2025-06-21" in final["conflicts"]


def test_a_cell_of_csv_is_never_a_formula(written):
    with written(".csv").open(encoding="utf-8-sig", newline="") as file:
        assert all(not cell.startswith("=") for row in csv.reader(file) for cell in row)


class TestExcel:
    @pytest.fixture
    def book(self, written):
        openpyxl = pytest.importorskip("openpyxl")
        pytest.importorskip("xlsxwriter")
        return openpyxl.load_workbook(written(".xlsx"))

    @staticmethod
    def rows(sheet):
        head, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def test_a_sheet_each_with_filters_and_a_fixed_head(self, book):
        assert book.sheetnames == ["events", "instruments", "targets", "sources"]
        for sheet in book:
            assert sheet.auto_filter.ref == sheet.dimensions
            assert sheet.freeze_panes == "A2"

    def test_dates_are_dates_and_coarse_ones_stay_words(self, book, events):
        rows = {row["编号"]: row for row in self.rows(book["events"])}
        for event in events:
            found = rows[event.id]["日期"]
            assert found == (datetime.fromisoformat(event.date) if exact_day(event.date) else event.date)
        assert {row["施行"] for row in rows.values()} == {None, datetime(2025, 7, 1)}

    def test_amounts_and_aims_are_numbers(self, book):
        assert [
            (row["资金工具"], row["金额（元）"], row["口径"]) for row in self.rows(book["instruments"])
        ] == [
            ("量子券", 500_000_000, "总额"),
            ("量子券", 1_234_567.5, "单个主体"),
        ]
        (aim,) = self.rows(book["targets"])
        assert (aim["数值"], aim["上限"], aim["起点"], aim["期限"]) == (
            100,
            120.5,
            40,
            datetime(2027, 12, 31),
        )

    def test_sources_quote_the_evidence(self, book, events):
        rows = self.rows(book["sources"])
        assert len(rows) == sum(len(report.evidence) for event in events for report in event.documents)
        assert {row["原文"] for row in rows if row["研报"] == "b"} == {"合肥市量子办法"}

    def test_words_that_look_like_formulas_stay_words(self, book):
        cell = next(cell for row in book["events"] for cell in row if cell.value == "=HYPERLINK(1)")
        assert cell.data_type == "s" or cell.data_type == "inlineStr"


class TestCalendar:
    @pytest.fixture
    def entries(self, written):
        icalendar = pytest.importorskip("icalendar")
        return list(icalendar.Calendar.from_ical(written(".ics").read_bytes()).walk("VEVENT"))

    def test_acts_known_to_the_day_and_their_coming_into_force(self, entries):
        found = sorted((entry.decoded("dtstart"), str(entry["summary"])) for entry in entries)
        assert found == [
            (date(2025, 3, 5), "征求意见：合肥市量子办法（征求意见稿）"),
            (date(2025, 6, 12), "发布：合肥市量子办法"),
            (date(2025, 7, 1), "施行：合肥市量子办法"),
        ]

    def test_an_entry_lasts_its_day_and_has_an_id_of_its_own(self, entries):
        assert all((entry.decoded("dtend") - entry.decoded("dtstart")).days == 1 for entry in entries)
        assert len({str(entry["uid"]) for entry in entries}) == len(entries)

    def test_the_text_says_what_and_who(self, entries):
        text = next(str(entry["description"]) for entry in entries if "发布" in entry["summary"])
        assert "量子券 每年最高5亿元" in text
        assert "2025-06-21" in text


class TestParquet:
    @pytest.fixture
    def table(self, written):
        pytest.importorskip("pyarrow")
        from pyarrow import parquet

        return parquet.read_table(written(".parquet"))

    def test_rows_are_events(self, table, events):
        for row, event in zip(table.to_pylist(), events, strict=True):
            plain = msgspec.to_builtins(event)
            for name in (
                "id",
                "title",
                "status",
                "region",
                "date",
                "issuers",
                "instruments",
                "targets",
                "documents",
                "links",
                "aliases",
            ):
                assert row[name] == plain[name], name

    def test_the_day_is_a_date(self, table, events):
        wanted = [exact_day(event.date) for event in events]
        assert table["day"].to_pylist() == wanted

    def test_conflicts_and_speakers_are_maps(self, table, events):
        row = next(row for row, event in zip(table.to_pylist(), events, strict=True) if event.conflicts)
        ((field, sides),) = row["conflicts"]
        assert field == "date"
        assert [json.loads(side["value"]) for side in sides] == ["2025-06-12", "2025-06-21"]
        assert dict(row["said_by"])["doc_number"] == ["b"]

    def test_polars_reads_it_too(self, written, events):
        polars = pytest.importorskip("polars")
        assert polars.read_parquet(written(".parquet"))["title"].to_list() == [
            event.title for event in events
        ]


def test_markdown_shows_titles_as_they_are_and_every_source(events, written):
    text = written(".md").read_text("utf-8")
    assert NASTY not in text
    assert r"\<script\>" in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 2024 年",
        "## 2025 年",
        "## 日期未明",
    ]
    assert "定稿为：《合肥市量子办法》" in text
    for event in events:
        for report in event.documents:
            assert report.source in text


@pytest.mark.parametrize("suffix", FORMATS)
def test_two_writes_are_the_same(events, tmp_path, suffix):
    write(events, tmp_path / f"a{suffix}")
    write(events, tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_timeline_is_a_file_too(tmp_path, suffix):
    write([], tmp_path / f"empty{suffix}")
    assert (tmp_path / f"empty{suffix}").exists()


def test_an_unknown_ending_is_refused(events, tmp_path):
    with pytest.raises(WriterError, match=r"no format for this ending"):
        write(events, tmp_path / "timeline.doc")
    assert not list(tmp_path.iterdir())


def test_a_missing_package_is_named_with_its_extra(events, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(WriterError, match=r"yanbao-tagger\[excel\]"):
        write(events, tmp_path / "timeline.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named(events, tmp_path):
    with pytest.raises(WriterError, match=r"no_folder/timeline\.json: "):
        write(events, tmp_path / "no_folder" / "timeline.json")


def test_a_write_that_fails_leaves_the_old_file(events, tmp_path, monkeypatch):
    from tagger.timeline.writers import json_lines

    path = tmp_path / "timeline.jsonl"
    path.write_text("old")

    def fail(_events, file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json_lines, "write", fail)
    with pytest.raises(WriterError, match=r"timeline\.jsonl: No space left on device"):
        write(events, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["timeline.jsonl"]
