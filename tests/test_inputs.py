"""What the user names, as things to tag."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import random
import sys
from pathlib import Path

import pytest

from tagger.inputs import Fault, Item, count_of, items_of, tagged
from tagger.pipeline import Tagger
from tagger.schema import Document


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden.txt", "d.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    assert [Path(i.where).name for i in items_of([str(tmp_path)])] == ["a.md", "b.txt", "c.html"]
    assert count_of([str(tmp_path)]) == 3


def test_lines_are_numbered_as_editors_do_and_blank_ones_pass(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('\n{"text": "甲"}\n\n{"text": "乙"}\n', "utf-8")
    assert [
        (i.where.rsplit(":", 1)[1], json.loads(i.line)["text"])
        for i in items_of([str(path)])
        if isinstance(i, Item) and i.line
    ] == [("2", "甲"), ("4", "乙")]
    assert count_of([str(path)]) == 2


def test_compressed_lines_and_texts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress('{"text": "甲"}\n'.encode()))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress("乙".encode("gb18030")))
    lines, text = items_of([str(tmp_path)])
    assert isinstance(lines, Item)
    assert lines.line == '{"text": "甲"}\n'.encode()
    assert isinstance(text, Item)
    assert text.text == "乙"
    assert count_of([str(tmp_path)]) is None


def test_a_broken_archive_is_a_fault_that_names_it(tmp_path: Path) -> None:
    whole = gzip.compress(b'{"text": "x"}\n' * 5000)
    for name, data in (
        ("a.jsonl.gz", whole[: len(whole) // 2]),
        ("b.txt.gz", b"no archive"),
        ("c.jsonl.zst", b"none"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        last = list(items_of([str(path)]))[-1]
        assert isinstance(last, Fault)
        assert last.where == str(path)


def test_what_is_missing_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    first, second = items_of([str(tmp_path / "none"), str(tmp_path / "a.txt")])
    assert str(first).endswith("none: no such file or folder")
    assert isinstance(second, Item)


def test_a_mark_of_byte_order_is_no_part_of_the_first_line(
    tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = codecs.BOM_UTF8 + '{"text": "甲"}\n'.encode()
    (tmp_path / "a.jsonl").write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    for name in (str(tmp_path / "a.jsonl"), "-"):
        (item,) = items_of([name])
        document = tagged(tagger, item)
        assert isinstance(document, Document)
        assert document.text == "甲"


@pytest.mark.parametrize(
    "line", ["[1]", "{", '{"id": 1}', '{"text": null}', '{"text": "a", "published": "x"}']
)
def test_a_line_that_is_no_report_is_a_fault_with_its_place(line: str, tagger: Tagger) -> None:
    fault = tagged(tagger, Item("a.jsonl:7", line=line.encode()))
    assert isinstance(fault, Fault)
    assert fault.where == "a.jsonl:7"


def test_the_day_given_holds_where_a_line_says_none(tagger: Tagger) -> None:
    for line, day in (
        ('{"text": "甲"}', "2024-12-31"),
        ('{"text": "甲", "published": null}', "2024-12-31"),
        ('{"text": "甲", "published": "2023-01-02"}', "2023-01-02"),
    ):
        document = tagged(tagger, Item("a:1", line=line.encode()), "2024-12-31")
        assert isinstance(document, Document)
        assert document.meta.published == day


class Arriving(io.BytesIO):
    """A stream that gives pieces of any size."""

    def read1(self, size: int | None = -1) -> bytes:
        assert size
        return super().read1(random.Random(self.tell()).randint(1, min(size, 30)))


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_lines_arrive_as_they_stand_however_the_stream_is_cut(
    end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"text": "字" * n}).encode() for n in range(40)]
    data = (b"\r\n" if end else b"\n").join(lines) + end
    stdin = type("Stdin", (), {"buffer": Arriving(data)})
    monkeypatch.setattr(sys, "stdin", stdin)
    items = [item for item in items_of(["-"]) if isinstance(item, Item)]
    assert [(item.line or b"").rstrip() for item in items] == lines
    assert [item.where for item in items] == [f"-:{n}" for n in range(1, 41)]
