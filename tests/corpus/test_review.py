"""Which paragraphs are worth a person's time."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.making import mention, read_all
from tagger.corpus.errors import CorpusError
from tagger.corpus.review import rare_kinds, reasons_for, review, rule_theme
from tagger.schema import Document, Paragraph, encode


def text(
    name: str, words: str, theme: str = "other", section: str = "body", uncertain: bool = False, **kinds: str
) -> Document:
    mentions = [mention(words, covered, kind) for covered, kind in kinds.items()]
    paragraph = Paragraph(
        0, len(words), section, None, theme, [theme], {theme: 0.55, "policy": 0.4}, uncertain
    )
    return Document(name, words, paragraphs=[paragraph], mentions=mentions)


def test_mentions_and_section_speak_for_a_theme() -> None:
    assert rule_theme(text("a", "深圳发券出台办法", 券="instrument", 办法="policy")) == "policy"
    assert rule_theme(text("a", "发券", 券="instrument")) is None
    assert (
        rule_theme(
            text("a", "办法，券，A100，H100", 办法="policy", 券="instrument", A100="compute", H100="compute")
        )
        is None
    )
    assert rule_theme(text("a", "不及预期", section="risk")) == "risk"


def test_reasons() -> None:
    rare = frozenset({"doc_number"})
    need, reasons = reasons_for(
        text("a", "国发1号办法", uncertain=True, 国发1号="doc_number", 办法="policy"), rare
    )
    assert reasons == ["uncertain", "rule and model disagree: policy or other", "rare kinds: doc_number"]
    assert need == pytest.approx(2 - 0.55 + 1 + 0.4 + 0.5)
    assert reasons_for(text("b", "无事"), rare) == (0, [])


def test_rare_is_what_makes_up_little_of_all() -> None:
    assert rare_kinds(Counter(date=990, doc_number=10)) == {"doc_number"}


@pytest.mark.parametrize("form", ["doccano", "label-studio"])
def test_the_neediest_come_first_each_once_and_come_back_as_records(form: str, tmp_path: Path) -> None:
    documents = [
        text("calm", "一切如常"),
        text("unsure", "算力紧张", uncertain=True),
        text("both", "印发办法并发券", uncertain=True, 办法="policy", 券="instrument"),
        text("again", "印发办法并发券", uncertain=True, 办法="policy", 券="instrument"),
        text("head", "算力券", section="masthead", uncertain=True),
    ]
    source = tmp_path / "tagged.jsonl"
    source.write_bytes(b"".join(encode(d) + b"\n" for d in documents))
    done = review([source], form, tmp_path / "tasks", limit=5)
    assert done.chosen == 2
    back, told = read_all(form, tmp_path / "tasks")
    assert [d.id for d in back] == ["both#p0", "unsure#p0"]
    assert back[0].meta.extra["review"] == ["uncertain", "rule and model disagree: policy or other"]
    assert not told
    assert review([source], form, tmp_path / "few", limit=1).chosen == 1


def test_the_guesses_are_marked_beforehand(tmp_path: Path) -> None:
    source = tmp_path / "tagged.jsonl"
    source.write_bytes(encode(text("a", "印发办法", uncertain=True, 办法="policy")) + b"\n")
    review([source], "label-studio", tmp_path / "tasks")
    (task,) = json.loads((tmp_path / "tasks" / "review.json").read_text())
    assert task["predictions"][0]["result"][0]["value"] == {
        "start": 2,
        "end": 4,
        "text": "办法",
        "labels": ["policy"],
    }


def test_nothing_to_look_at_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "tagged.jsonl"
    source.write_bytes(encode(text("a", "无事")) + b"\n")
    with pytest.raises(CorpusError, match="no paragraph needs a look"):
        review([source], "doccano", tmp_path / "tasks")
    with pytest.raises(CorpusError, match="review is for doccano or label-studio"):
        review([source], "conll", tmp_path / "tasks")
    assert not (tmp_path / "tasks").exists()
