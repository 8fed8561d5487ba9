"""The corridor as a whole, on texts of every kind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger import tokenizers
from tagger.pipeline import Tagger, stable_id
from tagger.schema import Document, decode, encode

TEXT = (
    "12月18日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》，每年发放最高5亿元“训力券”。"
)
PIECES = st.sampled_from(
    [
        *"深圳市发布《》“”。，；\n\r\x0c\t 　年月日亿元%-—（）",
        "𠮷",
        "😀",
        "\x00",
        "\u2028",
        "2025年",
        "训力券",
        "Qwen2.5-72B",
        "3亿5千万元",
        "\r\n",
    ]
)


def check(document: Document) -> None:
    """Spans are what they say, in order and apart; the way back to the source is whole."""
    end = 0
    for mention in document.mentions:
        assert document.text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end
    for event in document.events:
        assert all(0 <= a < b <= len(document.text) for a, b in event.evidence)
    assert decode(encode(document)) == document


def test_a_sentence_through_all_rooms(tagger: Tagger) -> None:
    document = tagger.tag(TEXT, published=date(2024, 12, 31))
    check(document)
    event = document.events[0]
    assert (event.title, event.date, event.region) == (
        "深圳市打造人工智能先锋城市的若干措施",
        "2024-12-18",
        "深圳市",
    )
    assert event.instruments[0].amount_cny == 500_000_000
    assert document.paragraphs[0].theme == "policy"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_tagged_with_true_spans(tagger: Tagger, text: str) -> None:
    document = tagger.tag(text, published="2025-01-06")
    check(document)
    for text_start, source_start, length, _ in document.origins:
        run = document.text[text_start : text_start + length]
        source = text[source_start : source_start + length]
        assert len(run) == len(source)
        # What joins paragraphs or lines maps to the place behind the first; everything else is itself.
        assert all(a == b or a in "\n " for a, b in zip(run, source, strict=True))


def test_the_same_text_has_the_same_record(tagger: Tagger) -> None:
    assert encode(tagger.tag(TEXT)) == encode(tagger.tag(TEXT))
    assert tagger.tag(TEXT).id == stable_id(TEXT)


def test_one_tagger_serves_several_threads(tagger: Tagger, samples: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted(samples.glob("*.txt"))]
    want = [encode(tagger.tag(text)) for text in texts]
    got: list[list[bytes]] = []
    threads = [
        threading.Thread(target=lambda: got.append([encode(tagger.tag(text)) for text in texts]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [want] * 4


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_calendar_are_none(tagger: Tagger, day: str) -> None:
    text = "前日、昨日、次日、明日、上上周一、下周、上月、下月、去年、明年、一季度、本周印发。"
    check(tagger.tag(text, published=day))


@pytest.mark.parametrize(
    ("cut", "problem"), [(str.split, "do not cover"), (lambda text: [text, "。"], "longer")]
)
def test_a_tokenizer_that_loses_or_adds_characters_is_told(
    tagger: Tagger, monkeypatch: pytest.MonkeyPatch, cut: Callable[[str], list[str]], problem: str
) -> None:
    monkeypatch.setattr(tagger, "tokenizer", tokenizers.make(SimpleNamespace(name="foreign", cut=cut)))
    with pytest.raises(ValueError, match=problem):
        tagger.tag("IT services of 武汉大学 in 2025")


def test_objects_keep_what_they_hold(tagger: Tagger) -> None:
    document = tagger.tag_object(
        {"id": 7, "text": TEXT, "published": "2024-12-31", "publisher": "甲证券", "desk": "TMT"},
        source="a.jsonl:1",
    )
    assert (document.id, document.source) == ("7", "a.jsonl:1")
    assert (document.meta.published, document.meta.publisher) == ("2024-12-31", "甲证券")
    assert document.meta.extra == {"desk": "TMT"}


def test_many_texts_and_objects(tagger: Tagger) -> None:
    documents = list(tagger.tag_many([TEXT, {"id": "x", "text": TEXT}]))
    assert [d.id for d in documents] == [stable_id(TEXT), "x"]


@pytest.mark.parametrize("item", [{}, {"text": None}, {"text": 3}])
def test_an_object_without_text_is_refused(tagger: Tagger, item: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="text"):
        tagger.tag_object(item)


@pytest.mark.parametrize("day", ["2024-13-01", "yesterday", "20", 5])
def test_a_day_that_is_none_is_refused(tagger: Tagger, day: object) -> None:
    with pytest.raises(ValueError, match="ISO day"):
        tagger.tag(TEXT, published=day)  # type: ignore[arg-type]
