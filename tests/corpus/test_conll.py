"""CoNLL columns: read by seqeval, and read back from other hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.making import HARD_TEXT, hard_document, read_all, write
from tagger.corpus.errors import CorpusError
from tagger.corpus.labels import outermost


def rows(path: Path) -> list[list[str]]:
    """Columns as any reader takes them: lines split at blanks."""
    blocks: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        blocks[-1].append(line) if line else blocks.append([])
    return [block for block in blocks if block]


@pytest.mark.parametrize(("form", "scheme"), [("conll", "IOB2"), ("conll-bioes", "IOBES")])
def test_seqeval_finds_the_spans_at_the_right_characters(form: str, scheme: str, tmp_path: Path) -> None:
    schemes = pytest.importorskip("seqeval.scheme")
    document = hard_document()
    write(form, tmp_path, [document])
    (block,) = rows(tmp_path / "train.conll")
    assert all(len(line.split()) == 2 for line in block)
    found = schemes.Entities([[line.split()[1] for line in block]], getattr(schemes, scheme)).entities[0]
    expected = [(m.start, m.end, m.kind) for m in outermost(document.mentions)]
    assert [(e.start, e.end, e.tag) for e in found] == expected
    assert len(block) == len(HARD_TEXT)


def test_seqeval_scores_tags_against_themselves_as_perfect(tmp_path: Path) -> None:
    metrics = pytest.importorskip("seqeval.metrics")
    write("conll", tmp_path, [hard_document()])
    tags = [[line.split()[1] for line in block] for block in rows(tmp_path / "train.conll")]
    assert (
        metrics.f1_score(tags, tags, mode="strict", scheme=pytest.importorskip("seqeval.scheme").IOB2) == 1.0
    )


def test_what_cannot_be_told_is_counted(tmp_path: Path) -> None:
    empty = hard_document()
    empty.text, empty.mentions, empty.paragraphs = "", [], []
    written = write("conll", tmp_path, [hard_document(), empty])
    assert written.lost == {"mentions that overlap a longer one": 2, "empty texts": 1}


def test_columns_from_elsewhere_are_read(tmp_path: Path) -> None:
    path = tmp_path / "other.conll"
    path.write_text(
        "深\tX\tB-region\r\n圳\tX\tE-region\r\n\r\n\r\nA100\tX\tS-compute\n卡\tX\tO\n", encoding="utf-8"
    )
    (first, second), told = read_all("conll", path)
    assert [(m.text, m.start) for m in first.mentions] == [("深圳", 0)]
    assert [(m.text, m.end) for m in second.mentions] == [("A100", 4)]
    assert second.id == "other-2"
    assert not told


def test_a_tag_that_continues_nothing_begins_a_mention_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.conll"
    path.write_text("深\tI-region\n圳\tI-region\n券\tI-instrument\n", encoding="utf-8")
    (document,), told = read_all("conll", path)
    assert [m.text for m in document.mentions] == ["深圳", "券"]
    assert len(told) == 2
    assert "continues nothing" in told[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("深 B-region\n", ":1: not a character"),
        ("深\tQ-region\n", "not a tag of BIO"),
        ("深\tB\n", "not a tag"),
    ],
)
def test_what_is_no_column_is_an_error_with_its_line(line: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.conll"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=why):
        read_all("conll", path)
