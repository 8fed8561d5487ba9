"""Record → format → record is the identity on everything the format can hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.making import BREAKS, documents, hard_document, read_all, write
from tagger.corpus.labels import outermost
from tagger.corpus.levels import LEVELS, cut
from tagger.corpus.select import masked
from tagger.schema import Document


def held(form: str, document: Document) -> Document:
    """What a format can hold of a document, as its module says."""
    if form.startswith("conll"):
        return replace(document, mentions=outermost(document.mentions))
    if form == "brat":
        return replace(
            document,
            mentions=[m for m in document.mentions if m.text[0] not in BREAKS and m.text[-1] not in BREAKS],
        )
    return document


FORMATS = ["jsonl", "spacy", "conll", "conll-bioes", "brat", "doccano", "label-studio"]


@pytest.mark.parametrize("form", FORMATS)
def test_identity(form: str) -> None:
    if form == "spacy":
        pytest.importorskip("spacy")

    @settings(max_examples=40, deadline=None)
    @given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda d: d.id))
    def check(records: list[Document]) -> None:
        assume(not form.startswith("conll") or any(d.text for d in records))
        with tempfile.TemporaryDirectory() as folder:
            written = write(form, Path(folder), records)
            back, told = read_all(form.partition("-bioes")[0], written.folder)
            expected = [held(form, d) for d in records if d.text or not form.startswith("conll")]
            assert back == expected
            assert not told
            gone = sum(
                len(d.mentions) - len(held(form, d).mentions)
                for d in records
                if d.text or not form.startswith("conll")
            )
            assert sum(number for what, number in written.lost.items() if what.startswith("mentions")) == gone

    check()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("level", LEVELS)
def test_identity_at_every_level(form: str, level: str, tmp_path: Path) -> None:
    if form == "spacy":
        pytest.importorskip("spacy")
    pieces = list(cut(hard_document(), level))
    back, told = read_all(form.partition("-bioes")[0], write(form, tmp_path, pieces).folder)
    assert back == [held(form, piece) for piece in pieces]
    assert not told


@pytest.mark.parametrize("form", FORMATS)
def test_spans_alone_survive_without_what_travels_along(form: str, tmp_path: Path) -> None:
    """What is masked is gone; what is marked is told by the annotations themselves, not by a file beside them."""
    if form == "spacy":
        pytest.importorskip("spacy")
    document = masked(hard_document())
    written = write(form, tmp_path, [document])
    if form.startswith("conll"):
        (tmp_path / "train.records.jsonl").unlink()
    elif form == "brat":
        next(tmp_path.rglob("records.jsonl")).unlink()
    back, _ = read_all(form.partition("-bioes")[0], written.folder)
    assert back[0].text == document.text
    assert [(m.start, m.end, m.kind) for m in back[0].mentions] == [
        (m.start, m.end, m.kind) for m in held(form, document).mentions
    ]
