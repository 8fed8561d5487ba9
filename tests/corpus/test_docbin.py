"""spaCy's DocBin, read by spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.making import hard_document, read_all, write
from tagger.corpus.errors import CorpusError
from tagger.corpus.formats import Plan
from tagger.corpus.labels import outermost

spacy = pytest.importorskip("spacy")


def test_spacy_reads_entities_spans_and_categories_at_the_right_characters(tmp_path: Path) -> None:
    document = hard_document()
    write("spacy", tmp_path, [document])
    (doc,) = (
        spacy.tokens.DocBin().from_disk(tmp_path / "train" / "00000.spacy").get_docs(spacy.blank("zh").vocab)
    )
    assert doc.text == document.text
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [
        (m.start, m.end, m.kind) for m in outermost(document.mentions)
    ]
    assert [(s.start_char, s.end_char, s.label_, s.text) for s in doc.spans["mentions"]] == [
        (m.start, m.end, m.kind, m.text) for m in document.mentions
    ]
    assert doc.spans["mentions"][0].kb_id_ == "regions/𠮷县"
    assert doc.cats == {"model_news": 1.0, "policy": 1.0, "compute": 1.0, "risk": 0.0, "other": 0.0}


def test_spacy_s_own_reader_takes_a_split_as_it_is(tmp_path: Path) -> None:
    from spacy.training import Corpus

    write("spacy", tmp_path, [hard_document(f"d{n}") for n in range(5)], Plan(shard=2))
    assert len(list((tmp_path / "train").glob("*.spacy"))) == 3
    examples = list(Corpus(tmp_path / "train")(spacy.blank("zh")))
    assert len(examples) == 5
    # spaCy's own tokens for Chinese are the characters too: entities fall on them.
    assert [e.text for e in examples[0].get_aligned_spans_y2x(examples[0].reference.ents)] == [
        e.text for e in examples[0].reference.ents
    ]


def test_entities_alone_are_read(tmp_path: Path) -> None:
    nlp = spacy.blank("zh")
    doc = nlp.make_doc("深圳发放训力券")
    doc.ents = [doc.char_span(4, 7, label="instrument")]
    spacy.tokens.DocBin(docs=[doc]).to_disk(tmp_path / "by-hand.spacy")
    (document,), told = read_all("spacy", tmp_path)
    assert [(m.text, m.kind) for m in document.mentions] == [("训力券", "instrument")]
    assert not told


def test_what_is_no_docbin_is_an_error_naming_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.spacy").write_bytes(b"not a DocBin")
    with pytest.raises(CorpusError, match=r"x\.spacy: not a DocBin"):
        read_all("spacy", tmp_path)
    with pytest.raises(CorpusError, match=r"no \.spacy file"):
        read_all("spacy", tmp_path / "none")
