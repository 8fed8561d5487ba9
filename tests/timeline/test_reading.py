"""Claims read off tagged files, line by line."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tagger.schema import Document, Event, Meta, Paragraph, encode
from tagger.timeline import TaggedError, claims_in

TEXT = "第一段。\n近日，合肥市印发量子办法，每年安排资金。\n末段。"
AT = TEXT.index("近日")


def record(name="r", evidence=((AT + 3, AT + 12),), **fields):
    stop = TEXT.index("\n末段")
    event = Event("量子办法", region="合肥市", evidence=list(evidence))
    paragraphs = [Paragraph(0, 4), Paragraph(AT, stop, page=3, theme="policy", themes=["policy", "compute"])]
    return Document(
        name,
        TEXT,
        paragraphs=paragraphs,
        events=[event],
        meta=Meta(published="2025-03-03", publisher="甲证券"),
        **fields,
    )


def test_evidence_stands_in_its_paragraph_with_its_page(tmp_path):
    (tmp_path / "t.jsonl").write_bytes(encode(record()) + b"\n")
    (claim,) = claims_in([tmp_path / "t.jsonl"])
    (evidence,) = claim.evidence
    assert evidence.paragraph == "近日，合肥市印发量子办法，每年安排资金。"
    assert (
        evidence.paragraph[
            evidence.start - evidence.paragraph_start : evidence.end - evidence.paragraph_start
        ]
        == "合肥市印发量子办法"
    )
    assert evidence.page == 3
    assert claim.themes == ("policy", "compute")
    assert (claim.report.published, claim.report.publisher) == ("2025-03-03", "甲证券")


def test_a_very_long_paragraph_is_cut_around_the_evidence(tmp_path):
    text = "前" * 5000 + "量子办法出台" + "后" * 5000
    document = Document(
        "r", text, paragraphs=[Paragraph(0, len(text))], events=[Event("量子办法", evidence=[(5000, 5006)])]
    )
    (tmp_path / "t.jsonl").write_bytes(encode(document))
    ((evidence,),) = [claim.evidence for claim in claims_in([tmp_path / "t.jsonl"])]
    begin = evidence.start - evidence.paragraph_start
    assert evidence.paragraph[begin : begin + 6] == "量子办法出台"
    assert len(evidence.paragraph) <= 600


def test_documents_without_events_leave_nothing(tmp_path):
    (tmp_path / "t.jsonl").write_bytes(encode(Document("r", "没有政策。")) + b"\n\n")
    assert list(claims_in([tmp_path / "t.jsonl"])) == []


def test_several_files_and_standard_input(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_bytes(encode(record("a")))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(encode(record("b")))))
    assert [claim.report.id for claim in claims_in([tmp_path / "a.jsonl", Path("-")])] == ["a", "b"]


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"text": "no id"}', b"\xff\xfe", b'{"id": 5, "text": ""}'])
def test_a_line_that_is_no_record_is_named(tmp_path, line):
    path = tmp_path / "t.jsonl"
    path.write_bytes(encode(record()) + b"\n" + line + b"\n")
    with pytest.raises(TaggedError, match=r"t\.jsonl:2: not a tagged record"):
        list(claims_in([path]))


def test_a_file_is_read_as_it_is_asked_for(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes(encode(record("a")) + b"\n" + b"broken\n")
    assert next(iter(claims_in([path]))).report.id == "a"


def test_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(claims_in([tmp_path / "none.jsonl"]))


def test_what_the_lexicon_filled_in_is_known_as_such(tmp_path):
    document = record()
    (event,) = document.events
    event.doc_number, event.date, event.date_from = "合政〔2025〕3号", "2025-03-01", "lexicon"
    (tmp_path / "t.jsonl").write_bytes(encode(document))
    (claim,) = claims_in([tmp_path / "t.jsonl"])
    assert claim.supplied == {"date", "doc_number"}


@pytest.mark.parametrize("written", ["合政〔2025〕3号", "合政[2025] 3 号", "合政（2025）3号"])
def test_a_document_number_that_the_text_tells_is_its_own(tmp_path, written):
    event = Event("量子办法", doc_number="合政〔2025〕3号", date_from="text")
    (tmp_path / "t.jsonl").write_bytes(encode(Document("r", f"量子办法（{written}）出台。", events=[event])))
    (claim,) = claims_in([tmp_path / "t.jsonl"])
    assert claim.supplied == set()
