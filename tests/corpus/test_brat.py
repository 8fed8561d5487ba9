"""brat standoff: read by bratly, and read back after an annotator was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.making import hard_document, mention, read_all, write
from tagger.corpus.errors import CorpusError
from tagger.schema import Document, Event, Paragraph

TEXT = "深圳印发训力券办法，每年五亿元。"


def exported(tmp_path: Path, document: Document) -> tuple[Path, Path]:
    write("brat", tmp_path, [document])
    (text,) = tmp_path.rglob("*.txt")
    return text, text.with_suffix(".ann")


def simple() -> Document:
    mentions = [
        mention(TEXT, "深圳", "region"),
        mention(TEXT, "训力券办法", "policy"),
        mention(TEXT, "训力券", "instrument"),
    ]
    event = Event("训力券办法", status="issued", region="深圳", level="municipal", evidence=[(0, len(TEXT))])
    return Document(
        "a b/c",
        TEXT,
        paragraphs=[Paragraph(0, len(TEXT), theme="policy", themes=["policy"])],
        mentions=mentions,
        events=[event],
    )


def test_bratly_reads_the_spans_at_the_right_characters(tmp_path: Path) -> None:
    io = pytest.importorskip("bratly.io")
    document = hard_document()
    text, ann = exported(tmp_path, document)
    parsed = io.read_and_load_ann_file(str(ann), renumerotize=False, sorting=False)
    source = text.read_bytes().decode()
    assert source == document.text
    kinds = {m.kind for m in document.mentions}
    found = []
    for entity in parsed.annotations:
        if type(entity).__name__ == "EntityAnnotation":
            pieces = [source[f.start : f.end] for f in entity.fragments]
            assert entity.content == " ".join(pieces).replace("\t", " ")
            if entity.label in kinds:
                found.append((entity.fragments[0].start, entity.fragments[-1].end, entity.label))
    assert sorted(found) == sorted((m.start, m.end, m.kind) for m in document.mentions)


def test_bratly_reads_events_with_their_attributes_and_relations(tmp_path: Path) -> None:
    io = pytest.importorskip("bratly.io")
    _, ann = exported(tmp_path, simple())
    parsed = io.read_and_load_ann_file(str(ann), renumerotize=False, sorting=False).annotations
    by_sort = {}
    for annotation in parsed:
        by_sort.setdefault(type(annotation).__name__, []).append(annotation)
    assert {(a.label, a.component.label, tuple(map(str, a.values or ()))) for a in by_sort["AttributeAnnotation"]} == {
        ("status", "event", ("issued",)), ("level", "event", ("municipal",)), ("theme", "paragraph", ("policy",)),
    }  # fmt: skip
    assert {r.label for r in by_sort["RelationAnnotation"]} == {"acts_on", "in_force_in"}


def test_the_configuration_names_every_label_in_use(tmp_path: Path) -> None:
    _, ann = exported(tmp_path, simple())
    conf = (tmp_path / "annotation.conf").read_text()
    assert [line for line in conf.splitlines() if line.startswith("[")] == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]
    for line in ann.read_text().splitlines():
        assert line.split("\t")[1].split()[0] in conf


def test_what_the_annotator_changed_counts(tmp_path: Path) -> None:
    _, ann = exported(tmp_path, simple())
    lines = (
        ann.read_text()
        .replace("region 0 2\t深圳", "issuer 0 2\t深圳")
        .replace("\tstatus T5 issued", "\tstatus T5 draft")
    )
    lines = (
        lines.replace("\ttheme T4 policy", "\ttheme T4 compute")
        + "T9\tamount 12 15\t五亿元\nA9\talso_risk T4\n"
    )
    ann.write_text(lines)
    (document,), told = read_all("brat", tmp_path)
    assert [(m.text, m.kind) for m in document.mentions] == [
        ("深圳", "issuer"), ("训力券办法", "policy"), ("训力券", "instrument"), ("五亿元", "amount"),
    ]  # fmt: skip
    assert document.events[0].status == "draft"
    assert document.paragraphs[0].themes == ["compute", "risk"]
    assert not told


def test_an_event_that_was_unmarked_is_gone_and_a_new_one_comes_from_its_relations(tmp_path: Path) -> None:
    _, ann = exported(tmp_path, simple())
    kept = [line for line in ann.read_text().splitlines() if line[0] == "T" and "\tevent " not in line]
    new = [
        "T9\tevent 0 9\t深圳印发训力券办法",
        "A1\tstatus T9 planned",
        "R1\tacts_on Arg1:T9 Arg2:T2",
        "R2\tin_force_in Arg1:T9 Arg2:T1",
    ]
    ann.write_text("\n".join(kept + new) + "\n")
    (document,), _ = read_all("brat", tmp_path)
    (event,) = document.events
    assert (event.title, event.status, event.region, event.evidence) == (
        "训力券办法",
        "planned",
        "深圳",
        [(0, 9)],
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("T9\tregion 0 99\t深圳", "outside the text"),
        ("T9\tregion 0 2\t广州", "the text there is not '广州'"),
        ("T9\tregion 0 1;3 4\t深 发", "in 2 pieces"),
        ("#1\tAnnotatorNotes T1\t存疑", "no place for it"),
        ("A9\tstatus T77 draft", "T77, which is not there"),
        ("T9\tcity 0 2\t深圳", "not a kind"),
    ],
)
def test_what_cannot_be_kept_is_told(line: str, why: str, tmp_path: Path) -> None:
    _, ann = exported(tmp_path, simple())
    ann.write_text(ann.read_text() + line + "\n")
    (document,), told = read_all("brat", tmp_path)
    assert document.mentions == simple().mentions
    assert len(told) == 1
    assert why in told[0]


def test_a_line_without_offsets_is_an_error_with_its_place(tmp_path: Path) -> None:
    _, ann = exported(tmp_path, simple())
    ann.write_text("T1\tregion zero two\t深圳\n")
    with pytest.raises(CorpusError, match=r"\.ann:1: T1 has no offsets"):
        read_all("brat", tmp_path)


def test_a_thousand_texts_a_folder(tmp_path: Path) -> None:
    write("brat", tmp_path, [Document(f"d{n}", "券") for n in range(1001)])
    assert sorted(p.name for p in (tmp_path / "train").iterdir()) == ["0000", "0001"]
    assert [d.id for d in read_all("brat", tmp_path)[0]] == [f"d{n}" for n in range(1001)]
