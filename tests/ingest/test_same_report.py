"""One report in six formats: the same events, the same themes."""

from __future__ import annotations

import re

import pytest

from ingest import writing
from tagger.pipeline import Tagger

FORMATS = {
    "gb.txt": lambda text: text.encode("gb18030"),
    "wide.txt": lambda text: text.encode("utf-16"),
    "report.docx": writing.as_docx,
    "report.html": writing.as_html,
    "report.md": writing.as_markdown,
    "report.pdf": writing.as_two_columns,
}


def key(text: str) -> str:
    return re.sub(r"\s", "", text)


def events(document):
    return [
        (e.title, e.status, e.region, e.date, [(i.name, i.amount_cny) for i in e.instruments])
        for e in document.events
    ]


def themes(document):
    """Theme by paragraph, of those of the body: blanks are the one thing in which formats may differ."""
    return {
        key(document.text[p.start : p.end]): (p.theme, p.section)
        for p in document.paragraphs
        if p.section != "masthead"
    }


@pytest.fixture(scope="module")
def original(tagger: Tagger, samples):
    return tagger.tag_file(samples / "weekly-2025-08-30.txt")


@pytest.mark.parametrize("name", FORMATS)
def test_another_format_tells_the_same(tagger: Tagger, samples, original, name, tmp_path):
    # A PDF has page breaks of its own; the others keep the paragraph that one of them once cut in two.
    text = (
        original.text
        if name.endswith(".pdf")
        else (samples / "weekly-2025-08-30.txt").read_text(encoding="utf-8")
    )
    path = tmp_path / name
    path.write_bytes(FORMATS[name](text))
    document = tagger.tag_file(path)
    assert events(document) == events(original)
    assert themes(document) == themes(original)
    assert document.meta == original.meta


def test_the_sample_has_something_to_compare(original):
    assert len(original.events) >= 3
    assert {p.theme for p in original.paragraphs} >= {"policy", "risk", "other"}
