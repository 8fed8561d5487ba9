"""What the user names, as things to tag."""

from __future__ import annotations

import gzip
from pathlib import Path

from tagger.inputs import Fault, Item, count_of, items_of


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
        (i.where.rsplit(":", 1)[1], i.data["text"])
        for i in items_of([str(path)])
        if isinstance(i, Item) and i.data
    ] == [("2", "甲"), ("4", "乙")]
    assert count_of([str(path)]) == 2


def test_compressed_lines_and_texts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress('{"text": "甲"}\n'.encode()))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress("乙".encode("gb18030")))
    lines, text = items_of([str(tmp_path)])
    assert isinstance(lines, Item)
    assert lines.data == {"text": "甲"}
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
