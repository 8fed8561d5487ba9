"""Documents to write and read: one by hand, and any that hypothesis can think of."""

from __future__ import annotations

import string
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tagger.corpus.formats import Plan, read, writer_of
from tagger.corpus.labels import in_order
from tagger.schema import (
    KINDS,
    SECTIONS,
    STATUSES,
    THEMES,
    Document,
    Event,
    Instrument,
    Mention,
    Meta,
    Paragraph,
    Target,
    Value,
)

BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

# 𠮷 and 😀 are one code point and two UTF-16 units; é here is two code points.
HARD_TEXT = "𠮷县😀印发《算力券\r\n管理办法》，每年最高5 亿元。\n智能体e\u0301出货\t过万。"


def mention(text: str, covered: str, kind: str, nth: int = 0, **more: object) -> Mention:
    """The mention of the nth place where a text has these characters."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(covered, start + 1)
    return Mention(
        start, start + len(covered), covered, kind, canonical=more.pop("canonical", covered), **more
    )


def hard_document(name: str = "hard") -> Document:
    """Two paragraphs with everything that goes wrong: wide characters, line breaks within a mention, nesting, overlap."""
    text = HARD_TEXT
    cut = text.index("\n智")
    mentions = [
        mention(text, "𠮷县", "region", entry="regions/𠮷县", by="lexicon"),
        mention(text, "算力券\r\n管理办法", "policy", canonical="算力券管理办法", by="title"),
        mention(text, "算力券", "instrument", entry="instruments/算力券"),
        mention(text, "券\r\n管理", "compute", by="form"),
        mention(
            text,
            "5 亿元",
            "amount",
            canonical="5亿元",
            by="grammar",
            value=Value(low="500000000", high="500000000", currency="CNY", qualifier="max"),
        ),
        mention(text, "智能体e\u0301", "model"),
    ]
    event = Event(
        "算力券管理办法", status="issued", issuers=["𠮷县人民政府"], region="𠮷县", level="district",
        instruments=[Instrument("算力券", 500_000_000, "max", "year")], targets=[Target("规模", ">", 1.5, unit="EFLOPS")],
        evidence=[(0, cut - 1)],
    )  # fmt: skip
    return Document(
        id=name,
        text=text,
        source="reports/hard.txt",
        origins=[(0, 0, len(text), 1)],
        meta=Meta(
            title="计算机行业周报第3期",
            publisher="甲证券",
            published="2026-03-20",
            extra={"url": "https://example.org/1"},
        ),
        paragraphs=[
            Paragraph(
                0, cut, "industry_news", 1, "policy", ["policy", "compute"], {"policy": 0.9, "other": 0.1}
            ),
            Paragraph(
                cut + 1,
                len(text),
                "body",
                1,
                "model_news",
                ["model_news"],
                {"model_news": 0.5},
                uncertain=True,
            ),
        ],
        mentions=in_order(mentions),
        events=[event],
        warnings=["一处存疑"],
    )


_letters = st.text("政策算力券𠮷😀e\u0301🇨🇳a \t，。！\r\u3000\u2028\\", max_size=14)
_names = st.text(string.ascii_letters + "甲乙丙-_.#/ 𠮷", min_size=1, max_size=12)
_themes = st.one_of(
    st.just(["other"]), st.lists(st.sampled_from(THEMES[:-1]), min_size=1, max_size=3, unique=True)
)
_values = st.one_of(
    st.none(),
    st.builds(
        Value,
        low=st.just("120"),
        high=st.none(),
        currency=st.just("CNY"),
        qualifier=st.sampled_from(["max", "about"]),
    ),
    st.builds(
        Value,
        start=st.just("2026-03-01"),
        end=st.just("2026-03-31"),
        precision=st.just("month"),
        basis=st.just("text"),
    ),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any record: paragraphs one a line, mentions nested and overlapping as they like."""
    parts = draw(st.lists(_letters, min_size=1, max_size=4))
    text = "\n".join(parts)
    paragraphs, at = [], 0
    for part in parts:
        themes = draw(_themes)
        scores = {theme: draw(st.floats(0, 1)) for theme in themes}
        paragraphs.append(
            Paragraph(
                at,
                at + len(part),
                draw(st.sampled_from(SECTIONS)),
                None,
                themes[0],
                themes,
                scores,
                draw(st.booleans()),
            )
        )
        at += len(part) + 1
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda s: s[0] < s[1])
    keys = draw(st.lists(st.tuples(spans, st.sampled_from(KINDS)), max_size=6, unique=True)) if text else []
    mentions = [
        Mention(
            a,
            b,
            text[a:b],
            kind,
            draw(_names),
            draw(st.none() | _names),
            draw(st.sampled_from(["lexicon", "form"])),
            draw(_values),
        )
        for (a, b), kind in keys
    ]
    events = []
    if text:
        for evidence in draw(st.lists(st.lists(spans, min_size=1, max_size=2), max_size=2)):
            events.append(
                Event(
                    draw(_names),
                    status=draw(st.sampled_from(STATUSES)),
                    region=draw(st.none() | _names),
                    evidence=evidence,
                )
            )
    meta = Meta(
        title=draw(st.none() | _names),
        published="2026-03-20",
        extra=draw(st.dictionaries(_names, st.integers(0, 9), max_size=2)),
    )
    return Document(
        draw(_names), text, meta=meta, paragraphs=paragraphs, mentions=in_order(mentions), events=events
    )


PLAN = Plan()


@dataclass
class Written:
    """A corpus on disk, and what its writer could not hold."""

    folder: Path
    lost: dict[str, int]


def write(
    form: str, folder: Path, documents: list[Document], plan: Plan = PLAN, split: str = "train"
) -> Written:
    """Write documents straight through a format's writer."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = writer_of(form)(folder, plan)
    for document in documents:
        writer.add(document, split)
    writer.close()
    return Written(folder, dict(+writer.lost))


def read_all(form: str, path: Path) -> tuple[list[Document], list[str]]:
    """The records read back, and what was reported."""
    told: list[str] = []
    return list(read(form, path, told.append)), told
