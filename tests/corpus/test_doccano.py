"""doccano's JSONL by the rules of doccano's importer, and what its exporter gives back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.making import hard_document, read_all, write
from tagger.corpus.errors import CorpusError
from tagger.corpus.levels import cut


def imported(path: Path) -> list[dict[str, Any]]:
    """What doccano 1.8 makes of a JSONL file: its importer's rules, restated (its package wants a Django of its own).

    A line is an object; ``text`` must be there; a span is [start, end, label] with whole numbers of at least zero,
    start before end, and a label that is not empty; a category is a text that is not empty; other columns are meta.
    """
    examples = []
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        text, spans, cats = row.pop("text"), row.pop("label"), row.pop("cats")
        assert isinstance(text, str)
        for start, end, label in spans:
            assert type(start) is type(end) is int
            assert 0 <= start < end
            assert label
        assert all(isinstance(cat, str) and cat for cat in cats)
        examples.append({"text": text, "spans": spans, "cats": cats, "meta": row})
    return examples


def given_back(example: dict[str, Any], number: int) -> dict[str, Any]:
    """What doccano 1.8 exports: a number of its own, spans by their start, comments, meta as columns."""
    return {
        "id": number, "text": example["text"], "label": sorted(example["spans"]), "cats": sorted(example["cats"]), "Comments": [],
        **example["meta"],
    }  # fmt: skip


def in_a_browser(text: str, start: int, end: int) -> str:
    """What JavaScript's ``text.slice(start, end)`` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_a_browser_shows_the_right_characters(tmp_path: Path) -> None:
    document = hard_document()
    write("doccano", tmp_path, [document])
    (example,) = imported(tmp_path / "train.jsonl")
    assert [in_a_browser(example["text"], s, e) for s, e, _ in example["spans"]] == [
        m.text for m in document.mentions
    ]


def test_what_doccano_gives_back_is_the_record(tmp_path: Path) -> None:
    pieces = list(cut(hard_document(), "paragraph"))
    write("doccano", tmp_path, pieces)
    path = tmp_path / "project.jsonl"
    lines = [
        json.dumps(given_back(e, n), ensure_ascii=False)
        for n, e in enumerate(imported(tmp_path / "train.jsonl"), 1)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    back, told = read_all("doccano", path)
    assert back == pieces
    assert not told


def test_edits_count(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write("doccano", tmp_path, list(cut(hard_document(), "paragraph"))[1:])
    row = json.loads((tmp_path / "train.jsonl").read_text())
    row["label"] = [[5, 7, "company"]]
    row["cats"] = ["compute"]
    path.write_text(json.dumps(row))
    (document,), _ = read_all("doccano", path)
    assert [(m.kind, m.text) for m in document.mentions] == [("company", "出货")]
    assert document.paragraphs[0].themes == ["compute"]


def test_projects_of_other_sorts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    entities = [{"id": 1, "label": "region", "start_offset": 2, "end_offset": 4}]
    rows = [
        {
            "id": 7,
            "text": "😀深圳",
            "entities": entities,
            "relations": [{"id": 1, "from_id": 1, "to_id": 1, "type": "x"}],
            "Comments": ["?"],
        },
        {"id": 8, "text": "深圳", "label": ["policy", "risk"]},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    (first, second), told = read_all("doccano", path)
    assert [(m.text, m.start) for m in first.mentions] == [("深圳", 1)]
    assert second.paragraphs[0].themes == ["policy", "risk"]
    assert (first.id, second.id) == ("7", "8")
    assert ["1 relations" in told[0], "comments" in told[1], len(told)] == [True, True, 2]


def test_an_offset_within_a_character_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "😀深圳", "label": [[1, 4, "region"]]}))
    (document,), told = read_all("doccano", path)
    assert not document.mentions
    assert "region 1–4: not at characters of the text" in told[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[1]", ":1: not a JSON object"),
        ("{", ":1: not JSON"),
        ('{"label": []}', 'no "text"'),
        ('{"text": "a", "label": [[0]]}', "not a span"),
    ],
)
def test_a_line_that_is_no_example_is_an_error_with_its_place(line: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line)
    with pytest.raises(CorpusError, match=why):
        read_all("doccano", path)
